from collections.abc import Callable
from functools import partial

import keras
from keras import KerasTensor, layers

tanh = partial(layers.Activation, "tanh")


def step(
    x: KerasTensor,
    filters: int,
    stride: int,
    act: Callable[..., layers.Layer] = layers.ReLU,
    *,
    name: str,
) -> KerasTensor:
    x = layers.Conv2D(filters, 3, strides=stride, name=f"{name}.conv")(x)
    return act(name=f"{name}.act")(x)


def rounds(k: int = 2) -> keras.Model:
    image = keras.Input((40, 40, 3), name="image")
    x = image
    for i in range(k):
        x = layers.Conv2D(4, 3, name=f"conv.{i}")(x)
    for i in range(2):
        x = layers.ReLU(name=f"relu.{i}")(x)
        for j in range(2):
            x = layers.Conv2D(4, 1, name=f"conv_2.{i}.{j}")(x)
            for n in range(2):
                x = layers.Activation("tanh", name=f"tanh.{i}.{j}.{n}")(x)
    for i in range(2):
        x = step(x, 4 + i, stride=1 if i == 0 else 2, name=f"step.{i}")
    branches: list[KerasTensor] = []
    for i, rate in enumerate((1, 2)):
        branch = x
        for j in range(rate):
            branch = layers.Conv2D(3, 3, padding="same", name=f"branch.{i}.conv.{j}")(branch)
        branches.append(branch)
    branch_2 = x
    for i in range(2):
        branch_2 = layers.ReLU(max_value=6, name=f"branch_2.relu6.{i}")(branch_2)
    branches.append(branch_2)
    x = layers.Concatenate(name="concat")(branches)  # (16, 16, 11)
    x = step(x, 4, 2, name="step_2")  # (7, 7, 4)
    x = step(x, filters=4, stride=1, act=tanh, name="step_3")  # (5, 5, 4)
    for i, width in enumerate((3, 4)):
        for j in range(2):
            x = layers.Conv2D(width + i, 1, name=f"conv_3.{i}.{j}")(x)
    return keras.Model(image, x, name="rounds")
