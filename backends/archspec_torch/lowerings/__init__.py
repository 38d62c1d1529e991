"""How each op is written in PyTorch: a module for each family of ops."""
