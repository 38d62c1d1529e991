from collections.abc import Sequence
from typing import Any

import keras
from keras import KerasTensor, layers, ops


@keras.saving.register_keras_serializable(package="model")
class ApproximateGELU(layers.Layer):
    """GELU by its tanh approximation."""

    def call(self, x: KerasTensor) -> KerasTensor:
        return ops.gelu(x, approximate=True)


@keras.saving.register_keras_serializable(package="model")
class LocalResponseNormalization(layers.Layer):
    """x / (bias + alpha * s) ** beta, s the sum of squares over `size` channels around."""

    def __init__(self, size: int, alpha: float, beta: float, bias: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.bias = bias

    def call(self, x: KerasTensor) -> KerasTensor:
        channels, half = x.shape[-1], self.size // 2
        around = [[0, 0]] * (len(x.shape) - 1) + [[half, half]]
        squares = ops.pad(ops.square(x), around)
        total = sum(squares[..., i : i + channels] for i in range(self.size))
        return x / (self.bias + self.alpha * total) ** self.beta

    def compute_output_shape(self, input_shape: Sequence[int | None]) -> Sequence[int | None]:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        config = {"size": self.size, "alpha": self.alpha, "beta": self.beta, "bias": self.bias}
        return {**super().get_config(), **config}


def residual(x: KerasTensor, *, name: str) -> KerasTensor:
    branch_2 = layers.Conv2D(4, 3, padding="same", name=f"{name}.branch_2.body.conv")(x)
    branch_2 = layers.ReLU(name=f"{name}.branch_2.body.relu")(branch_2)
    return layers.Add(name=f"{name}.add")([x, branch_2])


def residual_2(x: KerasTensor, *, name: str) -> KerasTensor:
    branch_2 = layers.LayerNormalization(epsilon=1e-5, name=f"{name}.branch_2.body.layer_norm")(x)
    branch_2 = layers.Conv2D(8, 1, name=f"{name}.branch_2.body.conv")(branch_2)
    branch_2 = ApproximateGELU(name=f"{name}.branch_2.body.gelu")(branch_2)
    branch_2 = layers.Conv2D(4, 1, name=f"{name}.branch_2.body.conv_2")(branch_2)
    return layers.Add(name=f"{name}.add")([x, branch_2])


def bodies() -> keras.Model:
    image = keras.Input((8, 8, 4), name="image")
    x = residual(image, name="residual")  # (8, 8, 4)
    for i in range(2):
        x = residual_2(x, name=f"residual_2.{i}")
    skip: list[KerasTensor] = []
    for i in range(2):
        x = layers.Conv2D(4, 3, padding="same", name=f"skip.{i}.conv")(x)
        skip.append(x)
        x = layers.LeakyReLU(negative_slope=0.1, name=f"leaky_relu.{i}")(x)
    tail = layers.Activation("tanh", name="tail.tanh")(x)
    x = layers.Add(name="add")([skip[0], tail])
    x = LocalResponseNormalization(
        size=3, alpha=1e-4, beta=0.75, bias=1.0, name="final.local_response_norm"
    )(x)
    return keras.Model(image, {"skip_0": skip[0], "final": x}, name="bodies")
