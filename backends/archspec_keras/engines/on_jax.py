"""Keras on JAX: a function of all variables, which is compiled, and so are its gradients."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from archspec_keras.engines.engine import Array, Call


@contextmanager
def _float64_kept() -> Iterator[None]:
    """Keras on JAX with float64 as what float64 becomes; it has no setting for it, but a table."""
    from keras.src.backend.common.dtypes import BIT64_TO_BIT32_DTYPE as narrowed

    usual = narrowed["float64"]
    narrowed["float64"] = "float64"
    try:
        yield
    finally:
        narrowed["float64"] = usual


class OnJax:
    """Runs as Keras trains on JAX: nothing changes but what the function returns."""

    @contextmanager
    def exact(self) -> Iterator[None]:
        """JAX has float64 where it is told so, and Keras on JAX takes float32 for it."""
        import jax

        with jax.enable_x64(True), _float64_kept():
            yield

    def given(self, array: Array, dtype: str) -> Any:
        """An array of JAX."""
        import jax.numpy as jnp

        return jnp.asarray(array, dtype)

    def array(self, value: Any) -> Array:
        """The numbers of an array of JAX."""
        import numpy as np

        return np.asarray(value)

    def run(
        self,
        call: Call,
        given: Sequence[Any],
        variables: Sequence[Any],
        changing: Sequence[Any],
        cotangents: Mapping[str, Any],
    ) -> tuple[dict[str, Any], list[Any]]:
        """Forward, and backward where there are cotangents."""
        import jax
        import jax.numpy as jnp
        import keras

        def total(inputs: Any, values: Any, others: Any) -> Any:
            known = [*zip(variables, values, strict=True), *zip(changing, others, strict=True)]
            with keras.StatelessScope(state_mapping=known) as scope:
                outputs = call(inputs)
            after = [scope.get_current_value(one) for one in changing]
            parts = [jnp.sum(outputs[name] * one) for name, one in cotangents.items()]
            return sum(parts), (outputs, after)

        values, others = ([one.value for one in some] for some in (variables, changing))
        gradients: list[Any] = []
        if cotangents:
            taken = jax.jit(jax.value_and_grad(total, argnums=(0, 1), has_aux=True))
            (_, (outputs, after)), found = taken(list(given), values, others)
            gradients = [*found[0], *found[1]]
        else:
            _, (outputs, after) = jax.jit(total)(list(given), values, others)
        for variable, value in zip(changing, after, strict=True):
            variable.assign(value)
        return outputs, gradients
