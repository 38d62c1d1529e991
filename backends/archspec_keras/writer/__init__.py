"""Writes a plan as a Keras module: one function for each block, one for the network."""
