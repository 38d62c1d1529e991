import keras
from keras import KerasTensor, layers


def dilated(
    x: KerasTensor, filters: int, kernel: int, stride: int = 1, dilation: int = 1, *, name: str
) -> KerasTensor:
    x = layers.ZeroPadding2D(dilation * (kernel - 1) // 2, name=f"{name}.conv_pad")(x)
    x = layers.Conv2D(filters, kernel, strides=stride, dilation_rate=dilation, name=f"{name}.conv")(
        x
    )
    return layers.Activation("tanh", name=f"{name}.tanh")(x)


def kernels() -> keras.Model:
    image = keras.Input((19, 21, 2), name="image")
    x = dilated(image, 4, 3, name="dilated")  # (19, 21, 4)
    x = dilated(x, 4, 3, stride=2, name="dilated_2")  # (10, 11, 4)
    x = dilated(x, 4, 2, name="dilated_3")  # (9, 10, 4)
    x = dilated(x, 3, 5, dilation=2, name="dilated_4")  # (9, 10, 3)
    return keras.Model(image, x, name="kernels")
