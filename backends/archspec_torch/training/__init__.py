"""Training in PyTorch: a script with Lightning, and its steps one by one."""
