from collections.abc import Callable
from functools import partial

import keras
from keras import KerasTensor, initializers, layers

relu6 = partial(layers.ReLU, max_value=6)
hard_swish = partial(layers.Activation, "hard_silu")


def make_divisible(v: float, d: int = 8) -> int:
    """The multiple of `d` that is nearest to `v`, at least `d`."""
    return max(d, int(v + d / 2) // d * d)


def conv_bn(
    x: KerasTensor,
    filters: int,
    kernel: int,
    stride: int = 1,
    groups: int = 1,
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
        groups=groups,
        use_bias=False,
        name=f"{name}.conv",
    )(x)
    x = layers.BatchNormalization(epsilon=0.001, momentum=0.99, name=f"{name}.batch_norm")(x)
    return act(name=f"{name}.act")(x)


def squeeze_excite(inputs: KerasTensor, squeeze: int, *, name: str) -> KerasTensor:
    branch_2 = layers.GlobalAveragePooling2D(
        keepdims=True, name=f"{name}.branch_2.global_avg_pool"
    )(inputs)
    branch_2 = layers.Conv2D(squeeze, 1, name=f"{name}.branch_2.conv")(branch_2)
    branch_2 = layers.ReLU(name=f"{name}.branch_2.relu")(branch_2)
    branch_2 = layers.Conv2D(inputs.shape[-1], 1, name=f"{name}.branch_2.conv_2")(branch_2)
    branch_2 = layers.Activation("hard_sigmoid", name=f"{name}.branch_2.hard_sigmoid")(branch_2)
    return layers.Multiply(name=f"{name}.multiply")([inputs, branch_2])


def inverted(
    inputs: KerasTensor,
    filters: int,
    stride: int = 1,
    expand: int = 6,
    se: bool = False,
    act: Callable[..., layers.Layer] = relu6,
    *,
    name: str,
) -> KerasTensor:
    """Expand, depthwise, project; "quotes", a \\ and \"\"\" in a comment do no harm."""
    hidden = make_divisible(inputs.shape[-1] * expand)
    if expand != 1:
        main = layers.Conv2D(hidden, 1, use_bias=False, name=f"{name}.main.conv")(inputs)
        main = layers.BatchNormalization(
            epsilon=0.001, momentum=0.99, name=f"{name}.main.batch_norm"
        )(main)
        main = act(name=f"{name}.main.act")(main)
    else:
        main = inputs
    if stride > 1:
        main = layers.ZeroPadding2D(1, name=f"{name}.main.depthwise_conv_pad")(main)
    main = layers.DepthwiseConv2D(
        3,
        strides=stride,
        padding="same" if stride == 1 else "valid",
        use_bias=False,
        depthwise_initializer=initializers.VarianceScaling(
            2.0 * main.shape[-1], distribution="untruncated_normal"
        ),
        name=f"{name}.main.depthwise_conv",
    )(main)
    main = layers.BatchNormalization(
        epsilon=0.001, momentum=0.99, name=f"{name}.main.batch_norm_2"
    )(main)
    main = act(name=f"{name}.main.act_2")(main)
    if se:
        main = squeeze_excite(main, hidden // 4, name=f"{name}.main.squeeze_excite")
    main = layers.Conv2D(filters, 1, use_bias=False, name=f"{name}.main.conv_2")(main)
    main = layers.BatchNormalization(
        epsilon=0.001, momentum=0.99, name=f"{name}.main.batch_norm_3"
    )(main)
    if stride == 1 and inputs.shape[-1] == filters:
        return layers.Add(name=f"{name}.add")([main, inputs])
    return main


def mobile(classes: int = 10) -> keras.Model:
    image = keras.Input((33, 30, 3), name="image")
    x = conv_bn(image, 8, 3, stride=2, act=relu6, name="stem.conv_bn")  # (17, 15, 8)
    for i, (filters, stride) in enumerate(((8, 1), (12, 2), (12, 1))):
        x = inverted(x, filters, stride=stride, expand=2, name=f"inverted.{i}")
    x = inverted(x, 16, stride=2, se=True, act=hard_swish, name="inverted_2")  # (5, 4, 16)
    x = inverted(x, 16, expand=1, name="inverted_3")
    x = conv_bn(x, 32, 1, name="conv_bn")  # (5, 4, 32)
    x = layers.GlobalAveragePooling2D(name="global_avg_pool")(x)  # (32,)
    x = layers.Dropout(0.2, name="dropout")(x)
    x = layers.Dense(classes, name="dense")(x)  # (10,)
    return keras.Model(image, x, name="mobile")
