from collections.abc import Sequence
from typing import Any

import keras
from keras import KerasTensor, layers, ops


@keras.saving.register_keras_serializable(package="model")
class UncountedAveragePooling2D(layers.Layer):
    """The mean of the real cells in each window of a padded value."""

    def __init__(self, pool_size: Any, strides: Any, around: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.settings = {"pool_size": pool_size, "strides": strides, "around": around}
        self.pad = layers.ZeroPadding2D(around)
        self.pool = layers.AveragePooling2D(pool_size, strides)

    def build(self, input_shape: Sequence[int | None]) -> None:
        self.pad.build(input_shape)
        self.pool.build(self.pad.compute_output_shape(input_shape))

    def call(self, x: KerasTensor) -> KerasTensor:
        return self.pool(self.pad(x)) / self.pool(self.pad(ops.ones_like(x)))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), **self.settings}


def pools(x: KerasTensor, size: int, stride: int, *, name: str) -> KerasTensor:
    branch = x
    if stride > 1:
        branch = ops.pad(
            branch,
            [[0, 0], [size // 2, size // 2], [size // 2, size // 2], [0, 0]],
            constant_values=float("-inf"),
        )
    branch = layers.MaxPooling2D(
        size,
        strides=stride,
        padding="same" if stride == 1 else "valid",
        name=f"{name}.branch.max_pool",
    )(branch)
    branch_2 = layers.ZeroPadding2D(size // 2, name=f"{name}.branch_2.avg_pool_pad")(x)
    branch_2 = layers.AveragePooling2D(size, strides=stride, name=f"{name}.branch_2.avg_pool")(
        branch_2
    )
    branch_3 = UncountedAveragePooling2D(
        size, strides=stride, around=size // 2, name=f"{name}.branch_3.avg_pool"
    )(x)
    return layers.Average(name=f"{name}.average")([branch, branch_2, branch_3])


def pooling() -> keras.Model:
    image = keras.Input((19, 21, 2), name="image")
    x = layers.Conv2D(3, 3, name="conv")(image)  # (17, 19, 3)
    x = pools(x, 3, 1, name="pools")
    x = pools(x, 3, 2, name="pools_2")  # (9, 10, 3)
    x = pools(x, 5, 2, name="pools_3")  # (5, 5, 3)
    x = layers.MaxPooling2D(3, strides=2, padding="same", name="max_pool")(x)  # (3, 3, 3)
    x = layers.ZeroPadding2D(((0, 1), (0, 1)), name="avg_pool_pad")(x)
    x = layers.AveragePooling2D(2, strides=1, name="avg_pool")(x)
    return keras.Model(image, x, name="pooling")
