"""What `train` sections mean: from the tree to checked recipes."""
