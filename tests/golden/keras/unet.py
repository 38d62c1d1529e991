import keras
from keras import KerasTensor, initializers, layers


def he_normal() -> initializers.Initializer:
    """He et al. (2015); `initializers.he_normal` is truncated, this is not."""
    return initializers.VarianceScaling(2.0, distribution="untruncated_normal")


def double_conv(x: KerasTensor, filters: int, *, name: str) -> KerasTensor:
    x = layers.Conv2D(
        filters, 3, padding="same", kernel_initializer=he_normal(), name=f"{name}.conv"
    )(x)
    x = layers.ReLU(name=f"{name}.relu")(x)
    x = layers.Conv2D(
        filters, 3, padding="same", kernel_initializer=he_normal(), name=f"{name}.conv_2"
    )(x)
    return layers.ReLU(name=f"{name}.relu_2")(x)


def unet(depth: int = 3, width: int = 16, classes: int = 2) -> keras.Model:
    """U-Net (Ronneberger et al., 2015, figure 1), a small one.

    `depth` steps down and up again; "same" padding, so that every copy across fits without
    cropping and the map of classes is as large as the image.
    """
    image = keras.Input((64, 64, 1), name="image")
    down: list[KerasTensor] = []
    x = image
    for i in range(depth):
        x = double_conv(x, width * 2**i, name=f"down.{i}.double_conv")
        down.append(x)
        x = layers.MaxPooling2D(2, name=f"max_pool.{i}")(x)
    x = double_conv(x, width * 2**depth, name="bottom.double_conv")  # (8, 8, 128)
    for j, i in enumerate(reversed(range(depth))):
        x = layers.Conv2DTranspose(width * 2**i, 2, strides=2, name=f"transposed_conv.{j}")(x)
        x = layers.Concatenate(name=f"concat.{j}")([down[i], x])
        x = double_conv(x, width * 2**i, name=f"double_conv.{j}")
    x = layers.Conv2D(classes, 1, name="conv")(x)  # (64, 64, 2)
    x = layers.Softmax(name="softmax")(x)
    return keras.Model(image, x, name="unet")
