"""Runs generated code, and Keras in one precision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType

from archspec.lowering.backend import Generated
from archspec_keras.engines.engine import running


@contextmanager
def precision(dtype: str) -> Iterator[None]:
    """Keras computing in `dtype` throughout."""
    import keras

    before = keras.config.floatx(), keras.config.dtype_policy()
    with ExitStack() as stack:
        if dtype == "float64":
            stack.enter_context(running().exact())
        keras.config.set_floatx(dtype)
        keras.config.set_dtype_policy(dtype)
        try:
            yield
        finally:
            keras.config.set_floatx(before[0])
            keras.config.set_dtype_policy(before[1])


def execute(generated: Generated) -> ModuleType:
    """The generated module, run as it was written."""
    module = ModuleType(generated.module)
    source = generated.files[f"{generated.module}.py"]
    exec(compile(source, f"{generated.module}.py", "exec"), module.__dict__)
    return module
