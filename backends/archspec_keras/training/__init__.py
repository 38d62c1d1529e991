"""Training with Keras 3: the script, and its steps one by one."""

from archspec_keras.training.trainer import Trainer

__all__ = ["Trainer"]
