from collections.abc import Sequence

import keras
from keras import KerasTensor, initializers, layers


def separable_bn(
    x: KerasTensor,
    filters: int,
    kernel: int = 3,
    stride: int = 1,
    multiplier: int = 1,
    *,
    name: str,
) -> KerasTensor:
    if stride > 1:
        x = layers.ZeroPadding2D(kernel // 2, name=f"{name}.separable_conv_pad")(x)
    x = layers.SeparableConv2D(
        filters,
        kernel,
        strides=stride,
        padding="same" if stride == 1 else "valid",
        depth_multiplier=multiplier,
        depthwise_initializer=initializers.VarianceScaling(
            (x.shape[-1] + multiplier) / (1 + x.shape[-1] * multiplier),
            "fan_avg",
            distribution="uniform",
        ),
        name=f"{name}.separable_conv",
    )(x)
    return layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}.batch_norm")(x)


def separable_bn_2(
    x: KerasTensor,
    filters: int,
    kernel: int | Sequence[int] = 3,
    stride: int = 1,
    multiplier: int = 1,
    *,
    name: str,
) -> KerasTensor:
    x = layers.ZeroPadding2D((0, 1), name=f"{name}.separable_conv_pad")(x)
    x = layers.SeparableConv2D(
        filters,
        kernel,
        strides=stride,
        depth_multiplier=multiplier,
        depthwise_initializer=initializers.VarianceScaling(
            (x.shape[-1] + multiplier) / (1 + x.shape[-1] * multiplier),
            "fan_avg",
            distribution="uniform",
        ),
        name=f"{name}.separable_conv",
    )(x)
    return layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}.batch_norm")(x)


def separable_conv_2(
    x: KerasTensor, filters: int, kernel: int, stride: int | Sequence[int] = 1, *, name: str
) -> KerasTensor:
    x = layers.Conv2D(
        x.shape[-1],
        kernel,
        strides=stride,
        groups=x.shape[-1],
        use_bias=False,
        name=f"{name}.depthwise_conv",
    )(x)
    return layers.Conv2D(filters, 1, name=f"{name}.conv")(x)


def separables() -> keras.Model:
    image = keras.Input((15, 13, 3), name="image")
    sound = keras.Input((20, 2), name="sound")
    shared_input = keras.Input((8, 7, 4))
    shared_output = layers.SeparableConv2D(
        4, 3, padding="same", use_bias=False, name="shared.separable_conv"
    )(shared_input)
    shared = keras.Model(shared_input, shared_output, name="shared")
    x = separable_bn(image, 4, name="separable_bn")  # (15, 13, 4)
    x = separable_bn(x, 6, stride=2, name="separable_bn_2")  # (8, 7, 6)
    x = separable_bn(x, 4, kernel=5, name="separable_bn_3")  # (8, 7, 4)
    x = separable_bn_2(x, 4, kernel=(1, 3), multiplier=2, name="separable_bn_4")
    seen = shared(x)
    seen = layers.ReLU(name="seen.relu")(seen)
    seen = shared(seen)
    seen = separable_conv_2(seen, 3, 3, stride=(1, 2), name="seen.separable_conv")  # (6, 3, 3)
    x = layers.SeparableConv1D(
        4,
        3,
        dilation_rate=2,
        depth_multiplier=2,
        depthwise_initializer=initializers.VarianceScaling(
            (sound.shape[-1] + 2) / (1 + sound.shape[-1] * 2), "fan_avg", distribution="uniform"
        ),
        name="heard.separable_conv",
    )(sound)
    return keras.Model([image, sound], {"seen": seen, "heard": x}, name="separables")
