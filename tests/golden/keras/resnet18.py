from collections.abc import Callable, Sequence

import keras
from keras import KerasTensor, initializers, layers


def conv_bn(
    x: KerasTensor,
    filters: int,
    kernel: int,
    stride: int = 1,
    act: Callable[..., layers.Layer] = layers.ReLU,
    *,
    name: str,
) -> KerasTensor:
    if stride > 1 and kernel > 1:
        x = layers.ZeroPadding2D(kernel // 2, name=f"{name}.conv_pad")(x)
    x = layers.Conv2D(
        filters,
        kernel,
        strides=stride,
        padding="same" if stride == 1 else "valid",
        use_bias=False,
        kernel_initializer=initializers.VarianceScaling(2.0, distribution="untruncated_normal"),
        name=f"{name}.conv",
    )(x)
    x = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}.batch_norm")(x)
    return act(name=f"{name}.act")(x)


def basic(inputs: KerasTensor, filters: int, stride: int = 1, *, name: str) -> KerasTensor:
    """Two 3 x 3 convolutions and a shortcut (figure 5, left)."""
    main = conv_bn(inputs, filters, 3, stride=stride, name=f"{name}.main.conv_bn")
    main = conv_bn(main, filters, 3, act=layers.Identity, name=f"{name}.main.conv_bn_2")
    if stride == 1 and inputs.shape[-1] == filters:
        shortcut = inputs
    else:
        shortcut = conv_bn(
            inputs, filters, 1, stride=stride, act=layers.Identity, name=f"{name}.shortcut.conv_bn"
        )
    x = layers.Add(name=f"{name}.add")([main, shortcut])
    return layers.ReLU(name=f"{name}.relu")(x)


def resnet18(depths: Sequence[int] = (2, 2, 2, 2), classes: int = 1000) -> keras.Model:
    """Deep residual learning (He et al., 2015), as torchvision builds it.

    The stride stands on the 3 x 3 convolution of a bottleneck.
    """
    image = keras.Input((224, 224, 3), name="image")
    x = conv_bn(image, 64, 7, stride=2, name="stem.conv_bn")  # (112, 112, 64)
    x = layers.ZeroPadding2D(1, name="stem.max_pool_pad")(x)
    x = layers.MaxPooling2D(3, strides=2, name="stem.max_pool")(x)  # (56, 56, 64)
    for i, depth in enumerate(depths):
        x = basic(x, 64 * 2**i, stride=1 if i == 0 else 2, name=f"stage.{i}.unit.basic")
        for j in range(depth - 1):
            x = basic(x, 64 * 2**i, name=f"stage.{i}.unit_2.{j}.basic")
    x = layers.GlobalAveragePooling2D(name="head.global_avg_pool")(x)  # (512,)
    x = layers.Dense(classes, name="head.dense")(x)  # (1000,)
    x = layers.Softmax(name="head.softmax")(x)
    return keras.Model(image, x, name="resnet18")
