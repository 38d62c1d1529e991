import keras
from keras import layers


def siamese(features: int = 32) -> keras.Model:
    """Are two drawings the same sign?

    Both go through one encoder, whose weights they share, and what it makes of them is
    compared (after Bromley et al., 1993, Signature verification using a "siamese" time delay
    neural network).
    """
    left = keras.Input((28, 28, 1), name="left")
    right = keras.Input((28, 28, 1), name="right")
    encoder = keras.Sequential(
        [
            layers.Conv2D(8, 5, name="encoder.conv"),
            layers.ReLU(name="encoder.relu"),
            layers.MaxPooling2D(2, name="encoder.max_pool"),
            layers.Conv2D(16, 5, name="encoder.conv_2"),
            layers.ReLU(name="encoder.relu_2"),
            layers.MaxPooling2D(2, name="encoder.max_pool_2"),
            layers.Flatten(name="encoder.flatten"),
            layers.Dense(features, name="encoder.dense"),
            layers.Activation("tanh", name="encoder.tanh"),
        ],
        name="encoder",
    )
    left_code = encoder(left)  # (32,)
    right_code = encoder(right)
    x = layers.Multiply(name="multiply")([left_code, right_code])
    x = layers.Dense(1, name="dense")(x)  # (1,)
    x = layers.Activation("sigmoid", name="sigmoid")(x)
    return keras.Model([left, right], x, name="siamese")
