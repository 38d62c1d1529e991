"""Training with Keras 3: the script, and its steps one by one."""
