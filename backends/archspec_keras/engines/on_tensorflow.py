"""Keras on TensorFlow: gradients from a tape, changes in the variables themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from archspec_keras.engines.engine import Array, Call
from archspec_keras.exact import exact_tensorflow


class OnTensorFlow:
    """Runs without a graph, layer by layer."""

    def exact(self) -> AbstractContextManager[object]:
        """Functions that TensorFlow has in float32 only are replaced."""
        return exact_tensorflow()

    def given(self, array: Array, dtype: str) -> Any:
        """A tensor."""
        import tensorflow as tf

        return tf.constant(array, dtype)

    def array(self, value: Any) -> Array:
        """The numbers of a tensor or a variable of TensorFlow."""
        found: Array = value.numpy()
        return found

    def run(
        self,
        call: Call,
        given: Sequence[Any],
        variables: Sequence[Any],
        changing: Sequence[Any],
        cotangents: Mapping[str, Any],
    ) -> tuple[dict[str, Any], list[Any]]:
        """Forward, and backward where there are cotangents."""
        import tensorflow as tf

        with tf.GradientTape() as tape:
            tape.watch(given)
            outputs = call(given)
            total = sum(
                tf.reduce_sum(outputs[name] * cotangent) for name, cotangent in cotangents.items()
            )
        if not cotangents:
            return outputs, []
        found = tape.gradient(
            total,
            [*given, *(one.value for one in variables)],
            unconnected_gradients=tf.UnconnectedGradients.ZERO,
        )
        # Those of rows that were looked up come without the others.
        return outputs, [tf.convert_to_tensor(one) for one in found]
