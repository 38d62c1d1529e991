"""Float64 for the numbers that optimizers, schedules and regularizers are made with.

Keras' optimizers cast them (`ops.cast(self.momentum, …)`), and TensorFlow makes float32 of a
number of Python before it casts it; a momentum of 0.9 is then 2e-8 off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch


@contextmanager
def exact_numbers(dtype: str) -> Iterator[None]:
    """TensorFlow with numbers of Python taken as they are, for float64."""
    import keras

    if dtype != "float64" or keras.backend.backend() != "tensorflow":
        yield
        return
    import tensorflow as tf

    with ExitStack() as stack:
        stack.enter_context(patch.object(tf, "cast", _cast(tf.cast)))
        converted = _convert(tf.convert_to_tensor)
        stack.enter_context(patch.object(tf, "convert_to_tensor", converted))
        yield


def _cast(original: Callable[..., Any]) -> Callable[..., Any]:
    def cast(x: Any, dtype: Any, name: str | None = None) -> Any:
        import numpy as np

        return original(np.float64(x) if type(x) is float else x, dtype, name=name)

    return cast


def _convert(original: Callable[..., Any]) -> Callable[..., Any]:
    def convert(value: Any, dtype: Any = None, **more: Any) -> Any:
        import numpy as np

        exact = type(value) is float and dtype is None
        return original(np.float64(value) if exact else value, dtype=dtype, **more)

    return convert
