from collections.abc import Sequence

import keras
from keras import layers


def vgg16(depths: Sequence[int] = (2, 2, 3, 3, 3), classes: int = 1000) -> keras.Model:
    """Very deep convolutional networks (Simonyan and Zisserman, 2014, table 1).

    Five stages of 3 x 3 convolutions, each closed by max pooling. `depths` says how many
    convolutions each stage has: configurations A, B, D and E.
    """
    image = keras.Input((224, 224, 3), name="image")
    x = image
    for i, (depth, filters) in enumerate(zip(depths, (64, 128, 256, 512, 512))):
        for j in range(depth):
            x = layers.Conv2D(filters, 3, padding="same", name=f"stage.{i}.conv.{j}")(x)
            x = layers.ReLU(name=f"stage.{i}.relu.{j}")(x)
        x = layers.MaxPooling2D(2, name=f"stage.{i}.max_pool")(x)
    x = layers.Flatten(name="flatten")(x)  # (25088)
    for k in range(2):
        x = layers.Dense(4096, name=f"dense.{k}")(x)
        x = layers.ReLU(name=f"relu.{k}")(x)
        x = layers.Dropout(0.5, name=f"dropout.{k}")(x)
    x = layers.Dense(classes, name="dense_2")(x)  # (1000)
    x = layers.Softmax(name="softmax")(x)
    return keras.Model(image, x, name="vgg16")
