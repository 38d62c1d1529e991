"""Makes float64 real where TensorFlow has only float32 inside.

Keras calls these five public functions of TensorFlow. Their float64 forms do not exist
(pooling of volumes), interpolate with float32 weights (resizing), or use constants that were
rounded to float32 (gelu, leaky_relu). While a float64 model runs they are replaced by equal ones
that are written in float64 operations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch


@contextmanager
def exact_tensorflow() -> Iterator[None]:
    """TensorFlow with exact float64 functions."""
    import tensorflow as tf

    with ExitStack() as stack:
        for module, name, replacement in (
            (tf.nn, "max_pool", _pool),
            (tf.nn, "avg_pool", _pool),
            (tf.nn, "gelu", _gelu),
            (tf.nn, "leaky_relu", _leaky_relu),
            (tf.image, "resize", _resize),
        ):
            original = getattr(module, name)
            stack.enter_context(patch.object(module, name, replacement(original)))
        yield


def _pool(original: Callable[..., Any]) -> Callable[..., Any]:
    def pool(
        x: Any, ksize: Any, strides: Any, padding: str, data_format: str | None = None, **more: Any
    ) -> Any:
        import tensorflow as tf

        if x.dtype != tf.float64 or len(x.shape) != 5 or data_format == "NCDHW":
            return original(x, ksize, strides, padding, data_format, **more)
        size, step = _three(ksize), _three(strides)
        # The window of a volume is a product: first over each slice, then along the depth.
        shape = tf.shape(x)
        slices = tf.reshape(x, tf.concat([[shape[0] * shape[1]], shape[2:]], 0))
        flat = original(slices, size[1:], step[1:], padding, "NHWC")
        inner = tf.shape(flat)
        columns = tf.reshape(flat, [shape[0], shape[1], inner[1] * inner[2], inner[3]])
        deep = original(columns, (size[0], 1), (step[0], 1), padding, "NHWC")
        return tf.reshape(deep, [shape[0], tf.shape(deep)[1], inner[1], inner[2], inner[3]])

    return pool


def _three(sizes: Any) -> tuple[int, int, int]:
    found = tuple(sizes) if isinstance(sizes, Sequence) else (sizes,) * 3
    a, b, c = found[1:4] if len(found) == 5 else found
    return a, b, c


def _gelu(original: Callable[..., Any]) -> Callable[..., Any]:
    def gelu(x: Any, approximate: bool = False, name: str | None = None) -> Any:
        import numpy as np
        import tensorflow as tf

        if x.dtype != tf.float64:
            return original(x, approximate=approximate, name=name)
        if not approximate:
            return 0.5 * x * (1.0 + tf.math.erf(x / np.float64(2) ** 0.5))
        root = (np.float64(2) / np.pi) ** 0.5
        return 0.5 * x * (1.0 + tf.math.tanh(root * (x + np.float64(0.044715) * x * x * x)))

    return gelu


def _leaky_relu(original: Callable[..., Any]) -> Callable[..., Any]:
    def leaky_relu(x: Any, alpha: float = 0.2, name: str | None = None) -> Any:
        import numpy as np
        import tensorflow as tf

        if x.dtype != tf.float64:
            return original(x, alpha=alpha, name=name)
        return tf.where(x > 0, x, np.float64(alpha) * x)

    return leaky_relu


def _resize(original: Callable[..., Any]) -> Callable[..., Any]:
    def resize(images: Any, size: Any, method: str = "bilinear", **more: Any) -> Any:
        import tensorflow as tf

        if images.dtype != tf.float64 or method != "bilinear" or more.get("antialias"):
            return original(images, size, method=method, **more)
        rows = _mixing(int(images.shape[1]), int(size[0]))
        columns = _mixing(int(images.shape[2]), int(size[1]))
        return tf.einsum("ah,nhwc,bw->nabc", rows, images, columns)

    return resize


def _mixing(old: int, new: int) -> Any:
    """Row i: the shares that the old cells have in new cell i."""
    import numpy as np

    at = np.clip((np.arange(new) + 0.5) * old / new - 0.5, 0, old - 1)
    low = np.floor(at).astype(int)
    found = np.zeros((new, old))
    rows = np.arange(new)
    np.add.at(found, (rows, low), 1 - (at - low))
    np.add.at(found, (rows, np.minimum(low + 1, old - 1)), at - low)
    return found
