"""What is asked of an engine of Keras, and which one is used."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

ENGINES = ("tensorflow", "jax")
"""What networks are run on here; the first one where nothing is said."""

Call = Callable[[Sequence[Any]], dict[str, Any]]
"""Outputs by name, made from the inputs."""


class Engine(Protocol):
    """Takes gradients, and knows what its arrays are."""

    def exact(self) -> AbstractContextManager[object]:
        """Float64 throughout, for as long as it is entered."""
        ...

    def given(self, array: Array, dtype: str) -> Any:
        """An array as an input."""
        ...

    def array(self, value: Any) -> Array:
        """What a variable holds or a network computes, in NumPy."""
        ...

    def run(
        self,
        call: Call,
        given: Sequence[Any],
        variables: Sequence[Any],
        changing: Sequence[Any],
        cotangents: Mapping[str, Any],
    ) -> tuple[dict[str, Any], list[Any]]:
        """The outputs, and the gradients of their sum, weighed by the cotangents.

        Gradients are those of the inputs and then of the `variables`, none without cotangents.
        What running changes is written into the variables that are `changing`.
        """
        ...


def use(engine: str | None) -> None:
    """Let Keras run on an engine, if it is not running; `ImportError` where it runs on another."""
    wanted = engine or ENGINES[0]
    if engine is not None and "keras" not in sys.modules:
        os.environ["KERAS_BACKEND"] = engine
    import keras

    if keras.backend.backend() != wanted:
        raise ImportError(f"Keras was told to run on {keras.backend.backend()}, not on {wanted}")


def running() -> Engine:
    """The engine that Keras runs on."""
    import keras

    if keras.backend.backend() == "jax":
        from archspec_keras.engines.on_jax import OnJax

        return OnJax()
    from archspec_keras.engines.on_tensorflow import OnTensorFlow

    return OnTensorFlow()
