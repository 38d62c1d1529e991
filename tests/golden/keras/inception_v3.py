from collections.abc import Sequence

import keras
from keras import KerasTensor, layers


def conv_bn(
    x: KerasTensor,
    filters: int,
    kernel: int | Sequence[int],
    stride: int = 1,
    padding: str = "same",
    *,
    name: str,
) -> KerasTensor:
    """A convolution without a bias, batch normalisation and a rectifier."""
    x = layers.Conv2D(
        filters, kernel, strides=stride, padding=padding, use_bias=False, name=f"{name}.conv"
    )(x)
    x = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}.batch_norm")(x)
    return layers.ReLU(name=f"{name}.relu")(x)


def pool_conv(x: KerasTensor, filters: int, *, name: str) -> KerasTensor:
    """The mean of a 3 x 3 window, and a convolution over its channels."""
    x = layers.AveragePooling2D(3, strides=1, padding="same", name=f"{name}.avg_pool")(x)
    return conv_bn(x, filters, 1, name=f"{name}.conv_bn")


def inception_a(x: KerasTensor, pool: int, *, name: str) -> KerasTensor:
    """35 x 35: two 3 x 3 windows see as much as one of 5 x 5 (figure 5)."""
    branch1x1 = conv_bn(x, 64, 1, name=f"{name}.branch1x1.conv_bn")
    branch5x5 = conv_bn(x, 48, 1, name=f"{name}.branch5x5.conv_bn")
    branch5x5 = conv_bn(branch5x5, 64, 5, name=f"{name}.branch5x5.conv_bn_2")
    branch3x3dbl = conv_bn(x, 64, 1, name=f"{name}.branch3x3dbl.conv_bn")
    branch3x3dbl = conv_bn(branch3x3dbl, 96, 3, name=f"{name}.branch3x3dbl.conv_bn_2")
    branch3x3dbl = conv_bn(branch3x3dbl, 96, 3, name=f"{name}.branch3x3dbl.conv_bn_3")
    branch_pool = pool_conv(x, pool, name=f"{name}.branch_pool.pool_conv")
    return layers.Concatenate(name=f"{name}.concat")(
        [branch1x1, branch5x5, branch3x3dbl, branch_pool]
    )


def reduction_a(
    x: KerasTensor, squeeze: int, first: int, second: int, single: int, *, name: str
) -> KerasTensor:
    """From 35 x 35 to 17 x 17 (Inception-v4, figure 7).

    The first three widths are those of the double 3 x 3, and the last that of the single one:
    k, l, m and n of table 1.
    """
    branch = layers.MaxPooling2D(3, strides=2, name=f"{name}.branch.max_pool")(x)
    branch_2 = conv_bn(x, single, 3, stride=2, padding="valid", name=f"{name}.branch_2.conv_bn")
    branch_3 = conv_bn(x, squeeze, 1, name=f"{name}.branch_3.conv_bn")
    branch_3 = conv_bn(branch_3, first, 3, name=f"{name}.branch_3.conv_bn_2")
    branch_3 = conv_bn(
        branch_3, second, 3, stride=2, padding="valid", name=f"{name}.branch_3.conv_bn_3"
    )
    return layers.Concatenate(name=f"{name}.concat")([branch, branch_2, branch_3])


def inception_b(x: KerasTensor, width: int, *, name: str) -> KerasTensor:
    """17 x 17: 1 x 7 and 7 x 1 windows see as much as one of 7 x 7 (figure 6)."""
    branch1x1 = conv_bn(x, 192, 1, name=f"{name}.branch1x1.conv_bn")
    branch7x7 = conv_bn(x, width, 1, name=f"{name}.branch7x7.conv_bn")
    branch7x7 = conv_bn(branch7x7, width, (1, 7), name=f"{name}.branch7x7.conv_bn_2")
    branch7x7 = conv_bn(branch7x7, 192, (7, 1), name=f"{name}.branch7x7.conv_bn_3")
    branch7x7dbl = conv_bn(x, width, 1, name=f"{name}.branch7x7dbl.conv_bn")
    branch7x7dbl = conv_bn(branch7x7dbl, width, (7, 1), name=f"{name}.branch7x7dbl.conv_bn_2")
    branch7x7dbl = conv_bn(branch7x7dbl, width, (1, 7), name=f"{name}.branch7x7dbl.conv_bn_3")
    branch7x7dbl = conv_bn(branch7x7dbl, width, (7, 1), name=f"{name}.branch7x7dbl.conv_bn_4")
    branch7x7dbl = conv_bn(branch7x7dbl, 192, (1, 7), name=f"{name}.branch7x7dbl.conv_bn_5")
    branch_pool = pool_conv(x, 192, name=f"{name}.branch_pool.pool_conv")
    return layers.Concatenate(name=f"{name}.concat")(
        [branch1x1, branch7x7, branch7x7dbl, branch_pool]
    )


def reduction_b(x: KerasTensor, *, name: str) -> KerasTensor:
    """From 17 x 17 to 8 x 8, without a bottleneck (figure 10)."""
    branch3x3 = conv_bn(x, 192, 1, name=f"{name}.branch3x3.conv_bn")
    branch3x3 = conv_bn(
        branch3x3, 320, 3, stride=2, padding="valid", name=f"{name}.branch3x3.conv_bn_2"
    )
    branch7x7x3 = conv_bn(x, 192, 1, name=f"{name}.branch7x7x3.conv_bn")
    branch7x7x3 = conv_bn(branch7x7x3, 192, (1, 7), name=f"{name}.branch7x7x3.conv_bn_2")
    branch7x7x3 = conv_bn(branch7x7x3, 192, (7, 1), name=f"{name}.branch7x7x3.conv_bn_3")
    branch7x7x3 = conv_bn(
        branch7x7x3, 192, 3, stride=2, padding="valid", name=f"{name}.branch7x7x3.conv_bn_4"
    )
    branch_pool = layers.MaxPooling2D(3, strides=2, name=f"{name}.branch_pool.max_pool")(x)
    return layers.Concatenate(name=f"{name}.concat")([branch3x3, branch7x7x3, branch_pool])


def fork(x: KerasTensor, filters: int, *, name: str) -> KerasTensor:
    """1 x 3 and 3 x 1 side by side."""
    branch = conv_bn(x, filters, (1, 3), name=f"{name}.branch.conv_bn")
    branch_2 = conv_bn(x, filters, (3, 1), name=f"{name}.branch_2.conv_bn")
    return layers.Concatenate(name=f"{name}.concat")([branch, branch_2])


def inception_c(x: KerasTensor, *, name: str) -> KerasTensor:
    """8 x 8: wide, for many features at few places (figure 7)."""
    branch1x1 = conv_bn(x, 320, 1, name=f"{name}.branch1x1.conv_bn")
    branch3x3 = conv_bn(x, 384, 1, name=f"{name}.branch3x3.conv_bn")
    branch3x3 = fork(branch3x3, 384, name=f"{name}.branch3x3.fork")
    branch3x3dbl = conv_bn(x, 448, 1, name=f"{name}.branch3x3dbl.conv_bn")
    branch3x3dbl = conv_bn(branch3x3dbl, 384, 3, name=f"{name}.branch3x3dbl.conv_bn_2")
    branch3x3dbl = fork(branch3x3dbl, 384, name=f"{name}.branch3x3dbl.fork")
    branch_pool = pool_conv(x, 192, name=f"{name}.branch_pool.pool_conv")
    return layers.Concatenate(name=f"{name}.concat")(
        [branch1x1, branch3x3, branch3x3dbl, branch_pool]
    )


def auxiliary_head(x: KerasTensor, classes: int, *, name: str) -> KerasTensor:
    """A classifier on the last 17 x 17 value, batch-normalised (figure 8); training only."""
    x = layers.AveragePooling2D(5, strides=3, name=f"{name}.avg_pool")(x)
    x = conv_bn(x, 128, 1, name=f"{name}.conv_bn")
    x = conv_bn(x, 768, 5, padding="valid", name=f"{name}.conv_bn_2")
    x = layers.Flatten(name=f"{name}.flatten")(x)
    x = layers.Dense(classes, name=f"{name}.dense")(x)
    return layers.Softmax(name=f"{name}.softmax")(x)


def inception_v3(classes: int = 1000, *, training_outputs: bool = False) -> keras.Model:
    """Inception-v3 (Szegedy et al., 2015, table 1), with the widths of the released network.

    Table 1 has a strided 3 x 3 convolution where the released network has its second pooling.
    """
    image = keras.Input((299, 299, 3), name="image")
    x = conv_bn(image, 32, 3, stride=2, padding="valid", name="conv_bn")  # (149, 149, 32)
    x = conv_bn(x, 32, 3, padding="valid", name="conv_bn_2")  # (147, 147, 32)
    x = conv_bn(x, 64, 3, name="conv_bn_3")  # (147, 147, 64)
    x = layers.MaxPooling2D(3, strides=2, name="max_pool")(x)  # (73, 73, 64)
    x = conv_bn(x, 80, 1, name="conv_bn_4")  # (73, 73, 80)
    x = conv_bn(x, 192, 3, padding="valid", name="conv_bn_5")  # (71, 71, 192)
    x = layers.MaxPooling2D(3, strides=2, name="max_pool_2")(x)  # (35, 35, 192)
    x = inception_a(x, 32, name="mixed_5b.inception_a")  # (35, 35, 256)
    x = inception_a(x, 64, name="mixed_5c.inception_a")  # (35, 35, 288)
    x = inception_a(x, 64, name="mixed_5d.inception_a")
    x = reduction_a(x, 64, 96, 96, 384, name="mixed_6a.reduction_a")  # (17, 17, 768)
    x = inception_b(x, 128, name="mixed_6b.inception_b")
    x = inception_b(x, 160, name="mixed_6c.inception_b")
    x = inception_b(x, 160, name="mixed_6d.inception_b")
    mixed_6e = inception_b(x, 192, name="mixed_6e.inception_b")
    x = reduction_b(mixed_6e, name="mixed_7a.reduction_b")  # (8, 8, 1280)
    x = inception_c(x, name="mixed_7b.inception_c")  # (8, 8, 2048)
    x = inception_c(x, name="mixed_7c.inception_c")
    result = layers.GlobalAveragePooling2D(name="result.global_avg_pool")(x)  # (2048,)
    result = layers.Dropout(0.2, name="result.dropout")(result)
    result = layers.Dense(classes, name="result.dense")(result)  # (1000,)
    result = layers.Softmax(name="result.softmax")(result)
    if training_outputs:
        auxiliary_1 = auxiliary_head(mixed_6e, classes, name="auxiliary_1.auxiliary_head")
        return keras.Model(
            image, {"result": result, "auxiliary_1": auxiliary_1}, name="inception_v3"
        )
    return keras.Model(image, result, name="inception_v3")
