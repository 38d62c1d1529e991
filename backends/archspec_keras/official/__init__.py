"""What is known of the pretrained models of keras.applications."""
