from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import keras
from keras import KerasTensor, layers, ops


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


spatial_dropout = partial(layers.SpatialDropout1D, 0.1)
elu = partial(layers.ELU, alpha=0.3)
leaky_relu = partial(layers.LeakyReLU, negative_slope=0.2)
leaky_relu_2 = partial(layers.LeakyReLU, negative_slope=0.1)
local_response_norm = partial(LocalResponseNormalization, size=3, alpha=1e-4, beta=0.75, bias=1.0)
tanh = partial(layers.Activation, "tanh")
elu_2 = partial(layers.ELU, alpha=0.7)


def avg_pool(name: str) -> keras.Sequential:
    return keras.Sequential(
        [layers.ZeroPadding1D(1), layers.AveragePooling1D(3, strides=1)], name=name
    )


def filtered(
    x: KerasTensor, filters: int, act: Callable[..., layers.Layer] = spatial_dropout, *, name: str
) -> KerasTensor:
    x = layers.Conv1D(filters, 3, padding="same", name=f"{name}.conv")(x)
    return act(name=f"{name}.act")(x)


def filtered_2(x: KerasTensor, filters: int, *, name: str) -> KerasTensor:
    x = layers.Conv1D(filters, 3, padding="same", name=f"{name}.conv")(x)
    x = layers.ReLU(name=f"{name}.act.relu")(x)
    return layers.Activation("tanh", name=f"{name}.act.tanh")(x)


def shaped(
    x: KerasTensor,
    filters: int,
    act: Callable[..., layers.Layer] = elu,
    last: Callable[..., layers.Layer] = leaky_relu,
    *,
    name: str,
) -> KerasTensor:
    x = layers.Conv1D(filters, 1, name=f"{name}.conv")(x)
    x = act(name=f"{name}.act")(x)
    return last(name=f"{name}.last")(x)


def layers_as_arguments() -> keras.Model:
    signal = keras.Input((9, 3), name="signal")
    x = filtered(signal, 4, name="filtered")  # (9, 4)
    x = filtered(x, 4, act=layers.ReLU, name="filtered_2")
    x = filtered(x, 4, act=leaky_relu_2, name="filtered_3")
    x = filtered(x, 4, act=avg_pool, name="filtered_4")
    x = filtered(x, 4, act=local_response_norm, name="filtered_5")
    x = filtered(x, 4, act=layers.Identity, name="filtered_6")
    x = filtered_2(x, 4, name="filtered_7")
    x = shaped(x, 3, act=tanh, last=layers.ReLU, name="shaped")  # (9, 3)
    x = shaped(x, 3, act=layers.ReLU, last=elu_2, name="shaped_2")
    return keras.Model(signal, x, name="layers_as_arguments")
