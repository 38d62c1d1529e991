import keras
from keras import KerasTensor, layers


def layers_(x: KerasTensor, *, name: str) -> KerasTensor:
    return layers.Conv2D(3, 1, name=f"{name}.conv")(x)


def outputs_(inputs: KerasTensor, *, name: str) -> KerasTensor:
    return layers.Conv2D(inputs.shape[-1], 1, name=f"{name}.conv")(inputs)


def names(name_: int = 3, list_: int = 1) -> keras.Model:
    class_ = keras.Input((5, 5, 1), name="class")
    x_ = keras.Input((5, 5, 3), name="x")
    keras_ = layers_(class_, name="keras.layers")  # (5, 5, 3)
    keras_ = layers.Conv2D(name_, 1, name="keras.conv")(keras_)
    ops_ = layers.Add(name="ops.add")([x_, keras_])
    x = ops_
    for i, range_ in enumerate((1, 2)):
        x = layers.Conv2D(list_ + range_, 1, name=f"conv.{i}")(x)
    x = outputs_(x, name="outputs")
    y_ = layers.Conv2D(3, 1, name="y.conv")(x)
    self = layers.ReLU(max_value=6, name="y.self.relu6")(y_)
    y_ = layers.Maximum(name="y.maximum")([y_, self])
    x = layers.Multiply(name="multiply")([y_, ops_])
    return keras.Model([class_, x_], x, name="names")
