from collections.abc import Sequence

import keras
from keras import KerasTensor, layers


def separate(
    x: KerasTensor, filters: int, kernel: int | Sequence[int], padding: str = "same", *, name: str
) -> KerasTensor:
    x = layers.Conv2D(filters, kernel, padding=padding, name=f"{name}.conv")(x)
    return layers.ReLU(name=f"{name}.relu")(x)


def separate_2(x: KerasTensor, filters: int, kernel: int, *, name: str) -> KerasTensor:
    x = layers.Conv2D(filters, kernel, padding="same", name=f"{name}.conv")(x)
    return layers.ReLU(name=f"{name}.relu")(x)


def separate_3(
    x: KerasTensor, filters: int, kernel: int, padding: int, *, name: str
) -> KerasTensor:
    x = layers.ZeroPadding2D(padding, name=f"{name}.conv_pad")(x)
    x = layers.Conv2D(filters, kernel, name=f"{name}.conv")(x)
    return layers.ReLU(name=f"{name}.relu")(x)


def separate_4(x: KerasTensor, filters: int, kernel: int, *, name: str) -> KerasTensor:
    x = layers.ZeroPadding2D(((0, 1), (1, 1)), name=f"{name}.conv_pad")(x)
    x = layers.Conv2D(filters, kernel, name=f"{name}.conv")(x)
    return layers.ReLU(name=f"{name}.relu")(x)


def paddings() -> keras.Model:
    image = keras.Input((17, 15, 3), name="image")
    x = separate(image, 4, (1, 7), name="separate")  # (17, 15, 4)
    x = separate(x, 4, (7, 1), name="separate_2")
    x = separate(x, 6, 3, padding="valid", name="separate_3")  # (15, 13, 6)
    x = separate_2(x, 6, 3, name="separate_4")
    x = separate_3(x, 5, 3, padding=1, name="separate_5")  # (15, 13, 5)
    x = separate_4(x, 5, 3, name="separate_6")  # (14, 13, 5)
    branches: list[KerasTensor] = []
    for i, rate in enumerate((1, 2, 3)):
        branch = layers.Conv2D(2, 3, padding="same", dilation_rate=rate, name=f"branch.{i}.conv")(x)
        branches.append(branch)
    branch_2 = layers.GlobalAveragePooling2D(keepdims=True, name="branch_2.global_avg_pool")(x)
    branch_2 = layers.UpSampling2D((14, 13), interpolation="bilinear", name="branch_2.resize")(
        branch_2
    )
    branches.append(branch_2)
    pool = layers.MaxPooling2D(3, strides=1, padding="same", name="pool.max_pool")(x)
    branches.append(pool)
    x = layers.Concatenate(name="concat")(branches)  # (14, 13, 16)
    return keras.Model(image, x, name="paddings")
