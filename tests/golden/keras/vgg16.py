from collections.abc import Sequence
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


def vgg16(
    kernels: Sequence[Sequence[int]] = ((3, 3), (3, 3), (3, 3, 3), (3, 3, 3), (3, 3, 3)),
    lrn: bool = False,
    classes: int = 1000,
) -> keras.Model:
    """Very deep convolutional networks (Simonyan and Zisserman, 2014, table 1).

    Five stages of convolutions, each closed by max pooling. `kernels` is a column of the
    table: the window sizes of each stage. With `lrn` the first stage is normalised too.
    """
    image = keras.Input((224, 224, 3), name="image")
    x = image
    for i, (sizes, filters) in enumerate(zip(kernels, (64, 128, 256, 512, 512), strict=True)):
        for j, size in enumerate(sizes):
            x = layers.Conv2D(filters, size, padding="same", name=f"stage.{i}.conv.{j}")(x)
            x = layers.ReLU(name=f"stage.{i}.relu.{j}")(x)
        if lrn and i == 0:
            x = LocalResponseNormalization(
                size=5, alpha=1e-4, beta=0.75, bias=2.0, name=f"stage.{i}.local_response_norm"
            )(x)
        x = layers.MaxPooling2D(2, name=f"stage.{i}.max_pool")(x)
    x = layers.Flatten(name="flatten")(x)  # (25088,)
    for i in range(2):
        x = layers.Dense(4096, name=f"dense.{i}")(x)
        x = layers.ReLU(name=f"relu.{i}")(x)
        x = layers.Dropout(0.5, name=f"dropout.{i}")(x)
    x = layers.Dense(classes, name="dense_2")(x)  # (1000,)
    x = layers.Softmax(name="softmax")(x)
    return keras.Model(image, x, name="vgg16")
