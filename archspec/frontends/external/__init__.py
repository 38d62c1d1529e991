"""The external form: the same typed tree as JSON, for programs that write specs."""
