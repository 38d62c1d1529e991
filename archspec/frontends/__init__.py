"""Ways to read a spec; each makes the same typed tree."""
