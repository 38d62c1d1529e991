"""Changes of every sample."""
