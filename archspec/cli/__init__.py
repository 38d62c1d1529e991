"""The command line: a file per command; nobody imports these."""
