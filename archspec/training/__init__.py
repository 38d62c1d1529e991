"""What a recipe needs besides the network: logits, data, runs."""
