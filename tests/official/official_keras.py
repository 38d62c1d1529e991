"""Makes an official Keras model with numbers of its own; writes its weights and its outputs.

python official_keras.py keras/MODEL FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
from rows import find
from values import Array, Draw, image, sized


def main(spec: str, folder: Path) -> None:
    row = find(spec)
    make = getattr(keras.applications, row.model)
    # Automatic names then do not start at their first number.
    keras.layers.Conv2D(1, 1)
    keras.layers.BatchNormalization()
    model = make(weights=None)
    x = image(row.size)
    fill(model, x)
    # The pretrained files have this form too; it is read without Keras.
    model.save(folder / "official.h5")
    results = {"input": x, "float32": np.asarray(model(x))}
    results["parameters"] = np.array(sum(int(np.prod(w.shape)) for w in model.trainable_weights))
    keras.config.set_floatx("float64")
    keras.config.set_dtype_policy("float64")
    wide = make(weights=None)
    wide.set_weights(model.get_weights())
    results["float64"] = np.asarray(wide(x.astype("f8")))
    np.savez(folder / "official.npz", **results)


def fill(model: Any, x: Array) -> None:
    draw = Draw()
    norms = [one for one in model.layers if isinstance(one, keras.layers.BatchNormalization)]
    for variable in model.weights:
        variable.assign(start(draw, variable))
    for norm in norms:
        norm.momentum = 0.0
    model(x, training=True)
    for norm in norms:
        if norm.gamma is not None:
            norm.gamma.assign(draw.scale(norm.gamma.shape))
        mean, variance = (np.asarray(one) for one in (norm.moving_mean, norm.moving_variance))
        mean, variance = draw.moved(mean, variance)
        norm.moving_mean.assign(mean)
        norm.moving_variance.assign(variance)
    shrink(model, x)


def start(draw: Draw, variable: Any) -> Array:
    shape = tuple(variable.shape)
    if "kernel" in variable.name:
        depthwise = "depthwise" in variable.path or "conv_dw" in variable.path
        return draw.kernel(shape, int(np.prod(shape[:2] if depthwise else shape[:-1])))
    if variable.name in ("bias", "beta"):
        return draw.offset(shape)
    return np.zeros(shape, "f4") if variable.name == "moving_mean" else np.ones(shape, "f4")


def shrink(model: Any, x: Array) -> None:
    """Makes the logits small enough for probabilities that differ and are not 0 or 1."""
    last = [one for one in model.layers if one.weights][-1]
    soft = [one for one in model.layers if getattr(one, "activation", None) is softmax()]
    for one in soft:
        one.activation = keras.activations.linear
    by = sized(np.asarray(model(x)))
    for one in soft:
        one.activation = softmax()
    last.kernel.assign(np.asarray(last.kernel) / by)


def softmax() -> Any:
    return keras.activations.softmax


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
