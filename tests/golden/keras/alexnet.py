import keras
from keras import layers


def alexnet(classes: int = 1000) -> keras.Model:
    """AlexNet (Krizhevsky et al., 2012), in the form that is taught.

    One column instead of two, 227 x 227 images so that C1 fits, and batch normalisation after
    each convolutional stage in place of local response normalisation.
    """
    image = keras.Input((227, 227, 3), name="image")
    x = layers.Conv2D(96, 11, strides=4, name="c1.conv")(image)  # (55, 55, 96)
    x = layers.ReLU(name="c1.relu")(x)
    x = layers.MaxPooling2D(3, strides=2, name="max_pool")(x)  # (27, 27, 96)
    x = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name="batch_norm")(x)
    x = layers.Conv2D(256, 5, padding="same", name="c2.conv")(x)  # (27, 27, 256)
    x = layers.ReLU(name="c2.relu")(x)
    x = layers.MaxPooling2D(3, strides=2, name="max_pool_2")(x)  # (13, 13, 256)
    x = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name="batch_norm_2")(x)
    x = layers.Conv2D(384, 3, padding="same", name="c3.conv")(x)  # (13, 13, 384)
    x = layers.ReLU(name="c3.relu")(x)
    x = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name="c3.batch_norm")(x)
    x = layers.Conv2D(384, 3, padding="same", name="c4.conv")(x)
    x = layers.ReLU(name="c4.relu")(x)
    x = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name="c4.batch_norm")(x)
    x = layers.Conv2D(256, 3, padding="same", name="c5.conv")(x)  # (13, 13, 256)
    x = layers.ReLU(name="c5.relu")(x)
    x = layers.MaxPooling2D(3, strides=2, name="max_pool_3")(x)  # (6, 6, 256)
    x = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name="batch_norm_3")(x)
    x = layers.Flatten(name="flatten")(x)  # (9216,)
    x = layers.Dense(4096, name="f6.dense")(x)  # (4096,)
    x = layers.ReLU(name="f6.relu")(x)
    x = layers.Dropout(0.5, name="f6.dropout")(x)
    x = layers.Dense(4096, name="f7.dense")(x)
    x = layers.ReLU(name="f7.relu")(x)
    x = layers.Dropout(0.5, name="f7.dropout")(x)
    x = layers.Dense(classes, name="f8.dense")(x)  # (1000,)
    x = layers.Softmax(name="f8.softmax")(x)
    return keras.Model(image, x, name="alexnet")
