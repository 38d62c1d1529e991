"""The `.arch` language: text to tree and back."""
