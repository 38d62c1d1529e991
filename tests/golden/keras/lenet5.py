import keras
from keras import layers


def lenet5(size: int = 28, border: str = "same", classes: int = 10) -> keras.Model:
    """LeNet-5 (LeCun et al., 1998, figure 2), as it is built today.

    28 x 28 images with "same" padding in C1, every map of S2 connected to every map of C3,
    and plain means in S2 and S4.
    """
    image = keras.Input((size, size, 1), name="image")
    x = layers.Conv2D(6, 5, padding=border, name="c1.conv")(image)  # (28, 28, 6)
    x = layers.Activation("tanh", name="c1.tanh")(x)
    x = layers.AveragePooling2D(2, name="s2.avg_pool")(x)  # (14, 14, 6)
    x = layers.Conv2D(16, 5, name="c3.conv")(x)  # (10, 10, 16)
    x = layers.Activation("tanh", name="c3.tanh")(x)
    x = layers.AveragePooling2D(2, name="s4.avg_pool")(x)  # (5, 5, 16)
    x = layers.Conv2D(120, 5, name="c5.conv")(x)  # (1, 1, 120)
    x = layers.Activation("tanh", name="c5.tanh")(x)
    x = layers.Flatten(name="flatten")(x)  # (120,)
    x = layers.Dense(84, name="f6.dense")(x)  # (84,)
    x = layers.Activation("tanh", name="f6.tanh")(x)
    x = layers.Dense(classes, name="dense")(x)  # (10,)
    x = layers.Softmax(name="softmax")(x)
    return keras.Model(image, x, name="lenet5")
