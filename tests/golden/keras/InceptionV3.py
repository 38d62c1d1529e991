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
    x = layers.Conv2D(
        filters, kernel, strides=stride, padding=padding, use_bias=False, name=f"{name}.conv"
    )(x)
    x = layers.BatchNormalization(
        epsilon=0.001, momentum=0.99, scale=False, name=f"{name}.batch_norm"
    )(x)
    return layers.ReLU(name=f"{name}.relu")(x)


def pool_branch(x: KerasTensor, filters: int, *, name: str) -> KerasTensor:
    x = layers.AveragePooling2D(3, strides=1, padding="same", name=f"{name}.avg_pool")(x)
    return conv_bn(x, filters, 1, name=f"{name}.conv_bn")


def inception_a(x: KerasTensor, pool: int, *, name: str) -> KerasTensor:
    """35 x 35: a 5 x 5 window, and one made of two 3 x 3."""
    branch1x1 = conv_bn(x, 64, 1, name=f"{name}.branch1x1.conv_bn")
    branch5x5 = conv_bn(x, 48, 1, name=f"{name}.branch5x5.conv_bn")
    branch5x5 = conv_bn(branch5x5, 64, 5, name=f"{name}.branch5x5.conv_bn_2")
    branch3x3dbl = conv_bn(x, 64, 1, name=f"{name}.branch3x3dbl.conv_bn")
    branch3x3dbl = conv_bn(branch3x3dbl, 96, 3, name=f"{name}.branch3x3dbl.conv_bn_2")
    branch3x3dbl = conv_bn(branch3x3dbl, 96, 3, name=f"{name}.branch3x3dbl.conv_bn_3")
    branch_pool = pool_branch(x, pool, name=f"{name}.branch_pool.pool_branch")
    return layers.Concatenate(name=f"{name}.concat")(
        [branch1x1, branch5x5, branch3x3dbl, branch_pool]
    )


def reduction_a(x: KerasTensor, *, name: str) -> KerasTensor:
    """From 35 x 35 to 17 x 17."""
    branch3x3 = conv_bn(x, 384, 3, stride=2, padding="valid", name=f"{name}.branch3x3.conv_bn")
    branch3x3dbl = conv_bn(x, 64, 1, name=f"{name}.branch3x3dbl.conv_bn")
    branch3x3dbl = conv_bn(branch3x3dbl, 96, 3, name=f"{name}.branch3x3dbl.conv_bn_2")
    branch3x3dbl = conv_bn(
        branch3x3dbl, 96, 3, stride=2, padding="valid", name=f"{name}.branch3x3dbl.conv_bn_3"
    )
    branch_pool = layers.MaxPooling2D(3, strides=2, name=f"{name}.branch_pool.max_pool")(x)
    return layers.Concatenate(name=f"{name}.concat")([branch3x3, branch3x3dbl, branch_pool])


def inception_b(x: KerasTensor, width: int, *, name: str) -> KerasTensor:
    """17 x 17: 7 x 7 windows made of 1 x 7 and 7 x 1, over `width` channels."""
    branch1x1 = conv_bn(x, 192, 1, name=f"{name}.branch1x1.conv_bn")
    branch7x7 = conv_bn(x, width, 1, name=f"{name}.branch7x7.conv_bn")
    branch7x7 = conv_bn(branch7x7, width, (1, 7), name=f"{name}.branch7x7.conv_bn_2")
    branch7x7 = conv_bn(branch7x7, 192, (7, 1), name=f"{name}.branch7x7.conv_bn_3")
    branch7x7dbl = conv_bn(x, width, 1, name=f"{name}.branch7x7dbl.conv_bn")
    branch7x7dbl = conv_bn(branch7x7dbl, width, (7, 1), name=f"{name}.branch7x7dbl.conv_bn_2")
    branch7x7dbl = conv_bn(branch7x7dbl, width, (1, 7), name=f"{name}.branch7x7dbl.conv_bn_3")
    branch7x7dbl = conv_bn(branch7x7dbl, width, (7, 1), name=f"{name}.branch7x7dbl.conv_bn_4")
    branch7x7dbl = conv_bn(branch7x7dbl, 192, (1, 7), name=f"{name}.branch7x7dbl.conv_bn_5")
    branch_pool = pool_branch(x, 192, name=f"{name}.branch_pool.pool_branch")
    return layers.Concatenate(name=f"{name}.concat")(
        [branch1x1, branch7x7, branch7x7dbl, branch_pool]
    )


def reduction_b(x: KerasTensor, *, name: str) -> KerasTensor:
    """From 17 x 17 to 8 x 8."""
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
    branch = conv_bn(x, filters, (1, 3), name=f"{name}.branch.conv_bn")
    branch_2 = conv_bn(x, filters, (3, 1), name=f"{name}.branch_2.conv_bn")
    return layers.Concatenate(name=f"{name}.concat")([branch, branch_2])


def inception_c(x: KerasTensor, *, name: str) -> KerasTensor:
    """8 x 8: 1 x 3 and 3 x 1 windows side by side."""
    branch1x1 = conv_bn(x, 320, 1, name=f"{name}.branch1x1.conv_bn")
    branch3x3 = conv_bn(x, 384, 1, name=f"{name}.branch3x3.conv_bn")
    branch3x3 = fork(branch3x3, 384, name=f"{name}.branch3x3.fork")
    branch3x3dbl = conv_bn(x, 448, 1, name=f"{name}.branch3x3dbl.conv_bn")
    branch3x3dbl = conv_bn(branch3x3dbl, 384, 3, name=f"{name}.branch3x3dbl.conv_bn_2")
    branch3x3dbl = fork(branch3x3dbl, 384, name=f"{name}.branch3x3dbl.fork")
    branch_pool = pool_branch(x, 192, name=f"{name}.branch_pool.pool_branch")
    return layers.Concatenate(name=f"{name}.concat")(
        [branch1x1, branch3x3, branch3x3dbl, branch_pool]
    )


def InceptionV3(classes: int = 1000) -> keras.Model:
    """Inception-v3 (Szegedy et al., 2015), as keras.applications builds it.

    Batch normalisation has no learned factor, and there is no auxiliary head.
    """
    image = keras.Input((299, 299, 3), name="image")
    x = conv_bn(image, 32, 3, stride=2, padding="valid", name="conv_bn")  # (149, 149, 32)
    x = conv_bn(x, 32, 3, padding="valid", name="conv_bn_2")  # (147, 147, 32)
    x = conv_bn(x, 64, 3, name="conv_bn_3")  # (147, 147, 64)
    x = layers.MaxPooling2D(3, strides=2, name="max_pool")(x)  # (73, 73, 64)
    x = conv_bn(x, 80, 1, name="conv_bn_4")  # (73, 73, 80)
    x = conv_bn(x, 192, 3, padding="valid", name="conv_bn_5")  # (71, 71, 192)
    x = layers.MaxPooling2D(3, strides=2, name="max_pool_2")(x)  # (35, 35, 192)
    x = inception_a(x, 32, name="mixed0.inception_a")  # (35, 35, 256)
    x = inception_a(x, 64, name="mixed1.inception_a")  # (35, 35, 288)
    x = inception_a(x, 64, name="mixed2.inception_a")
    x = reduction_a(x, name="mixed3.reduction_a")  # (17, 17, 768)
    x = inception_b(x, 128, name="mixed4.inception_b")
    x = inception_b(x, 160, name="mixed5.inception_b")
    x = inception_b(x, 160, name="mixed6.inception_b")
    x = inception_b(x, 192, name="mixed7.inception_b")
    x = reduction_b(x, name="mixed8.reduction_b")  # (8, 8, 1280)
    x = inception_c(x, name="mixed9.inception_c")  # (8, 8, 2048)
    x = inception_c(x, name="mixed10.inception_c")
    x = layers.GlobalAveragePooling2D(name="global_avg_pool")(x)  # (2048,)
    x = layers.Dense(classes, name="predictions.dense")(x)  # (1000,)
    x = layers.Softmax(name="predictions.softmax")(x)
    return keras.Model(image, x, name="InceptionV3")
