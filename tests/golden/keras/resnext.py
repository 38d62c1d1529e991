from collections.abc import Callable

import keras
from keras import KerasTensor, layers


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


def resnext() -> keras.Model:
    image = keras.Input((31, 29, 3), name="image")
    x = conv_bn(image, 8, 3, stride=2, name="conv_bn")  # (16, 15, 8)
    for i in range(3):
        filters = 8 * 2**i
        stride = 1 if i == 0 else 2
        branch = conv_bn(x, filters, 1, name=f"unit.{i}.branch.conv_bn")
        branch = conv_bn(
            branch, filters, 3, stride=stride, groups=4, name=f"unit.{i}.branch.conv_bn_2"
        )
        branch = conv_bn(
            branch, 2 * filters, 1, act=layers.Identity, name=f"unit.{i}.branch.conv_bn_3"
        )
        branch_2 = conv_bn(
            x, 2 * filters, 1, stride=stride, act=layers.Identity, name=f"unit.{i}.branch_2.conv_bn"
        )
        x = layers.Add(name=f"unit.{i}.add")([branch, branch_2])
        x = layers.ReLU(name=f"unit.{i}.relu")(x)
    x = squeeze_excite(x, 4, name="squeeze_excite")  # (4, 4, 64)
    x = layers.GlobalMaxPooling2D(name="global_max_pool")(x)  # (64,)
    x = layers.Dense(3, name="dense")(x)  # (3,)
    x = layers.Softmax(name="softmax")(x)
    return keras.Model(image, x, name="resnext")
