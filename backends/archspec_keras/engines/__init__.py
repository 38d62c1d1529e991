"""What TensorFlow and JAX do differently when they run the same code of Keras."""
