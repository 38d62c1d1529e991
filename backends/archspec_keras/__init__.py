"""The Keras 3 back end: writes functional models and runs them."""

from __future__ import annotations

from archspec_keras.backend import Backend

__all__ = ["Backend"]
