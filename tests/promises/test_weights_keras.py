"""Keras' own files become weights of a spec, and the other way round, bit for bit."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

import archspec
from archspec.weights import perturbed
from archspec.weights.importing import Imported

keras = pytest.importorskip("keras")

# Keras 3.15 saves variables in a way that NumPy 2 is going to refuse.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

SPEC = """
network net(classes: int = 5) {
  input image[9, 8, 3]
  stem: conv(8, 3, bias=false) -> batch_norm(scale=false) -> relu
  add {
    | identity
    | separable_conv(8, 3, padding=same) -> dropout(0.1)
  }
  middle: depthwise_conv(3, multiplier=2) -> batch_norm(offset=false)
  twin: add { first: conv(4, 1) | second: conv(4, 1) }
  head: flatten -> dense(classes)
}
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "net.arch"
    path.write_text(SPEC)
    return path


def same(found: Imported | None, expected: dict[str, Any]) -> None:
    assert found is not None
    assert set(found.weights) == set(expected)
    for name, array in expected.items():
        np.testing.assert_array_equal(found.weights[name], array, name)


@pytest.mark.parametrize("ending", ["weights.h5", "keras"])
def test_keras_and_back(ending: str, spec: Path, tmp_path: Path) -> None:
    compilation = archspec.load(spec)
    graph = compilation.graph()
    assert graph is not None
    weights = perturbed(graph, dtype="float32")
    path = tmp_path / f"model.{ending}"
    assert compilation.export_weights(weights, "keras", path), compilation.diagnostics
    model = compilation.build("keras")
    assert model is not None
    if ending == "keras":
        native = keras.models.load_model(path)
    else:
        native = model.native
        native.load_weights(path)
    model.load(weights)
    image = np.random.default_rng(0).normal(size=(2, 9, 8, 3)).astype("f4")
    (output,) = model.run({"image": image}).outputs.values()
    np.testing.assert_array_equal(native(image), output)
    same(compilation.import_weights(path), weights)
    assert not compilation.diagnostics
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(["net.arch", path.name])


def by_hand(names: bool) -> Any:
    """The same network as somebody writes it in Keras, with other names of layers."""
    layers = keras.layers

    def named(name: str) -> dict[str, str]:
        return {"name": name} if names else {}

    x = image = keras.Input((9, 8, 3))
    x = layers.Conv2D(8, 3, use_bias=False, **named("z"))(x)
    x = layers.BatchNormalization(scale=False, **named("y"))(x)
    x = layers.ReLU()(x)
    y = layers.SeparableConv2D(8, 3, padding="same", **named("x"))(x)
    x = layers.Add()([x, layers.Dropout(0.1)(y)])
    x = layers.DepthwiseConv2D(3, depth_multiplier=2, **named("w"))(x)
    x = layers.BatchNormalization(center=False, **named("v"))(x)
    left = layers.Conv2D(4, 1, **named("b"))(x)
    right = layers.Conv2D(4, 1, **named("a"))(x)
    x = layers.Add()([right, left])
    return keras.Model(image, layers.Dense(5, **named("u"))(layers.Flatten()(x)))


def expected(model: Any) -> dict[str, Any]:
    """What the weights are in the spec."""
    layers = [one for one in model.layers if one.weights]
    kinds = {kind: [one for one in layers if type(one).__name__ == kind] for kind in KINDS}
    convs = sorted(kinds["Conv2D"], key=lambda one: model.layers.index(one))
    first = convs[0]
    left, right = sorted(convs[1:], key=lambda one: one.created)
    places = {
        "stem.conv": (first, "kernel"),
        "stem.batch_norm": (kinds["BatchNormalization"][0], "offset mean variance"),
        "middle.depthwise_conv": (kinds["DepthwiseConv2D"][0], "kernel bias"),
        "middle.batch_norm": (kinds["BatchNormalization"][1], "scale mean variance"),
        "twin.first.conv": (left, "kernel bias"),
        "twin.second.conv": (right, "kernel bias"),
        "head.dense": (kinds["Dense"][0], "kernel bias"),
    }
    found = {
        f"{place}.{role}": np.asarray(weight)
        for place, (layer, roles) in places.items()
        for role, weight in zip(roles.split(), layer.weights, strict=True)
    }
    depthwise, pointwise, bias = map(np.asarray, kinds["SeparableConv2D"][0].weights)
    found["branch_2.separable_conv.depthwise_conv.kernel"] = depthwise
    found["branch_2.separable_conv.conv.kernel"], found["branch_2.separable_conv.conv.bias"] = (
        pointwise,
        bias,
    )
    return found


OPTIMIZER, STATES = "variables of an optimizer", "states of random numbers"
KINDS = ("Conv2D", "SeparableConv2D", "DepthwiseConv2D", "BatchNormalization", "Dense")


def filled(model: Any) -> Any:
    random = np.random.default_rng(0)
    for weight in model.weights:
        weight.assign(random.uniform(0.5, 1.5, weight.shape))
    convs = [one for one in model.layers if type(one).__name__ == "Conv2D"]
    for one in convs:
        # Layers with automatic names are numbered as they were made; `b` was made before `a`.
        digits = "".join(filter(str.isdecimal, one.name.replace("conv2d", "")))
        one.created = int(digits or 0) if one.name.startswith("conv2d") else -ord(one.name)
    return model


def save(model: Any, path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if path.name.endswith(".weights.h5"):
            model.save_weights(path)
        else:
            model.save(path)


@pytest.mark.parametrize("ending", ["weights.h5", "keras", "h5"])
def test_automatic_names_are_matched_by_kind_and_number(
    ending: str, spec: Path, tmp_path: Path
) -> None:
    """Also where Keras' graph has the branches in another order than they were made."""
    model = filled(by_hand(names=False))
    model.compile("adam", "mse")
    model.fit(np.zeros((2, 9, 8, 3)), np.zeros((2, 5)), verbose=0)
    path = tmp_path / f"trained.{ending}"
    save(model, path)
    if ending == "weights.h5":
        # Some versions of Keras write the states of random layers.
        with h5py.File(path, "a") as file:
            file["layers/dropout/seed_generator/vars/0"] = np.zeros(2, "u4")
    compilation = archspec.load(spec)
    found = compilation.import_weights(path)
    assert not compilation.diagnostics
    same(found, expected(model))
    assert found is not None
    assert found.match.how == "order"
    known = {"weights.h5": {STATES, OPTIMIZER}, "keras": {OPTIMIZER}, "h5": set()}
    assert set(found.left_out) == known[ending]


def test_names_of_unknown_order_are_not_guessed(spec: Path, tmp_path: Path) -> None:
    """Two equal layers side by side could be either; all others are told by their shapes."""
    save(filled(by_hand(names=True)), tmp_path / "model.keras")
    compilation = archspec.load(spec)
    found = compilation.import_weights(tmp_path / "model.keras")
    (one,) = compilation.diagnostics
    assert one.code == "weights-mismatch"
    assert "4 tensors of the file, 4 weights of the network" in one.message
    assert found is not None
    assert {tensor.layer for tensor in found.match.extra} == {"a", "b"}
