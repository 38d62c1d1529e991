"""The layer types of the language: one frozen record each."""
