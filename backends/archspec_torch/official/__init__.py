"""What is known of the libraries that have pretrained PyTorch models."""
