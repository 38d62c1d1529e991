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


def inception(
    x: KerasTensor, c1: int, r3: int, c3: int, r5: int, c5: int, proj: int, *, name: str
) -> KerasTensor:
    """Four views of one value side by side (figure 2b).

    1 x 1 convolutions reduce the channels before the large windows: `r3` and `r5` are the
    columns "#3 x 3 reduce" and "#5 x 5 reduce" of table 1.
    """
    branch = layers.Conv2D(c1, 1, name=f"{name}.branch.conv")(x)
    branch = layers.ReLU(name=f"{name}.branch.relu")(branch)
    branch_2 = layers.Conv2D(r3, 1, name=f"{name}.branch_2.conv")(x)
    branch_2 = layers.ReLU(name=f"{name}.branch_2.relu")(branch_2)
    branch_2 = layers.Conv2D(c3, 3, padding="same", name=f"{name}.branch_2.conv_2")(branch_2)
    branch_2 = layers.ReLU(name=f"{name}.branch_2.relu_2")(branch_2)
    branch_3 = layers.Conv2D(r5, 1, name=f"{name}.branch_3.conv")(x)
    branch_3 = layers.ReLU(name=f"{name}.branch_3.relu")(branch_3)
    branch_3 = layers.Conv2D(c5, 5, padding="same", name=f"{name}.branch_3.conv_2")(branch_3)
    branch_3 = layers.ReLU(name=f"{name}.branch_3.relu_2")(branch_3)
    branch_4 = layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}.branch_4.max_pool")(
        x
    )
    branch_4 = layers.Conv2D(proj, 1, name=f"{name}.branch_4.conv")(branch_4)
    branch_4 = layers.ReLU(name=f"{name}.branch_4.relu")(branch_4)
    return layers.Concatenate(name=f"{name}.concat")([branch, branch_2, branch_3, branch_4])


def auxiliary_head(x: KerasTensor, classes: int, *, name: str) -> KerasTensor:
    """A classifier on a middle layer (section 5).

    It helps training and is left out afterwards.
    """
    x = layers.AveragePooling2D(5, strides=3, name=f"{name}.avg_pool")(x)
    x = layers.Conv2D(128, 1, name=f"{name}.conv")(x)
    x = layers.ReLU(name=f"{name}.relu")(x)
    x = layers.Flatten(name=f"{name}.flatten")(x)
    x = layers.Dense(1024, name=f"{name}.dense")(x)
    x = layers.ReLU(name=f"{name}.relu_2")(x)
    x = layers.Dropout(0.7, name=f"{name}.dropout")(x)
    x = layers.Dense(classes, name=f"{name}.dense_2")(x)
    return layers.Softmax(name=f"{name}.softmax")(x)


def googlenet(classes: int = 1000, *, training_outputs: bool = False) -> keras.Model:
    """Going deeper with convolutions (Szegedy et al., 2014, table 1 and figure 3).

    Strided windows are padded by half on both sides.
    """
    image = keras.Input((224, 224, 3), name="image")
    x = layers.ZeroPadding2D(3, name="conv_pad")(image)
    x = layers.Conv2D(64, 7, strides=2, name="conv")(x)  # (112, 112, 64)
    x = layers.ReLU(name="relu")(x)
    x = layers.ZeroPadding2D(1, name="max_pool_pad")(x)
    x = layers.MaxPooling2D(3, strides=2, name="max_pool")(x)  # (56, 56, 64)
    x = LocalResponseNormalization(
        size=5, alpha=1e-4, beta=0.75, bias=2.0, name="local_response_norm"
    )(x)
    x = layers.Conv2D(64, 1, name="conv_2")(x)
    x = layers.ReLU(name="relu_2")(x)
    x = layers.Conv2D(192, 3, padding="same", name="conv_3")(x)  # (56, 56, 192)
    x = layers.ReLU(name="relu_3")(x)
    x = LocalResponseNormalization(
        size=5, alpha=1e-4, beta=0.75, bias=2.0, name="local_response_norm_2"
    )(x)
    x = layers.ZeroPadding2D(1, name="max_pool_2_pad")(x)
    x = layers.MaxPooling2D(3, strides=2, name="max_pool_2")(x)  # (28, 28, 192)
    x = inception(x, 64, 96, 128, 16, 32, 32, name="inception_3a.inception")  # (28, 28, 256)
    x = inception(x, 128, 128, 192, 32, 96, 64, name="inception_3b.inception")  # (28, 28, 480)
    x = layers.ZeroPadding2D(1, name="max_pool_3_pad")(x)
    x = layers.MaxPooling2D(3, strides=2, name="max_pool_3")(x)  # (14, 14, 480)
    inception_4a = inception(x, 192, 96, 208, 16, 48, 64, name="inception_4a.inception")
    x = inception(inception_4a, 160, 112, 224, 24, 64, 64, name="inception_4b.inception")
    x = inception(x, 128, 128, 256, 24, 64, 64, name="inception_4c.inception")  # (14, 14, 512)
    inception_4d = inception(x, 112, 144, 288, 32, 64, 64, name="inception_4d.inception")
    x = inception(inception_4d, 256, 160, 320, 32, 128, 128, name="inception_4e.inception")
    x = layers.ZeroPadding2D(1, name="max_pool_4_pad")(x)
    x = layers.MaxPooling2D(3, strides=2, name="max_pool_4")(x)  # (7, 7, 832)
    x = inception(x, 256, 160, 320, 32, 128, 128, name="inception_5a.inception")
    x = inception(x, 384, 192, 384, 48, 128, 128, name="inception_5b.inception")  # (7, 7, 1024)
    result = layers.GlobalAveragePooling2D(name="result.global_avg_pool")(x)  # (1024,)
    result = layers.Dropout(0.4, name="result.dropout")(result)
    result = layers.Dense(classes, name="result.dense")(result)  # (1000,)
    result = layers.Softmax(name="result.softmax")(result)
    if training_outputs:
        auxiliary_1 = auxiliary_head(inception_4a, classes, name="auxiliary_1.auxiliary_head")
        auxiliary_2 = auxiliary_head(inception_4d, classes, name="auxiliary_2.auxiliary_head")
        return keras.Model(
            image,
            {"result": result, "auxiliary_1": auxiliary_1, "auxiliary_2": auxiliary_2},
            name="googlenet",
        )
    return keras.Model(image, result, name="googlenet")
