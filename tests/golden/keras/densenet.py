from collections.abc import Sequence

import keras
from keras import KerasTensor, layers


def dense_layer(x: KerasTensor, growth: int, bottleneck: int = 4, *, name: str) -> KerasTensor:
    new = layers.BatchNormalization(epsilon=0.001, momentum=0.99, name=f"{name}.new.batch_norm")(x)
    new = layers.ReLU(name=f"{name}.new.relu")(new)
    new = layers.Conv2D(bottleneck * growth, 1, use_bias=False, name=f"{name}.new.conv")(new)
    new = layers.BatchNormalization(epsilon=0.001, momentum=0.99, name=f"{name}.new.batch_norm_2")(
        new
    )
    new = layers.ReLU(name=f"{name}.new.relu_2")(new)
    new = layers.Conv2D(growth, 3, padding="same", use_bias=False, name=f"{name}.new.conv_2")(new)
    return layers.Concatenate(name=f"{name}.concat")([x, new])


def transition(inputs: KerasTensor, *, name: str) -> KerasTensor:
    x = layers.BatchNormalization(epsilon=0.001, momentum=0.99, name=f"{name}.batch_norm")(inputs)
    x = layers.ReLU(name=f"{name}.relu")(x)
    x = layers.Conv2D(inputs.shape[-1] // 2, 1, use_bias=False, name=f"{name}.conv")(x)
    return layers.AveragePooling2D(2, name=f"{name}.avg_pool")(x)


def densenet(growth: int = 4, depths: Sequence[int] = (2, 3, 2), width: int = 8) -> keras.Model:
    image = keras.Input((32, 36, 3), name="image")
    x = layers.ZeroPadding2D(3, name="stem.conv_pad")(image)
    x = layers.Conv2D(width, 7, strides=2, use_bias=False, name="stem.conv")(x)  # (16, 18, 8)
    x = layers.BatchNormalization(epsilon=0.001, momentum=0.99, name="stem.batch_norm")(x)
    x = layers.ReLU(name="stem.relu")(x)
    x = layers.ZeroPadding2D(1, name="stem.max_pool_pad")(x)
    x = layers.MaxPooling2D(3, strides=2, name="stem.max_pool")(x)  # (8, 9, 8)
    for i, depth in enumerate(depths):
        for j in range(depth):
            x = dense_layer(x, growth, name=f"stage.{i}.dense_layer.{j}")
        if i < len(depths) - 1:
            x = transition(x, name=f"stage.{i}.transition")
    x = layers.BatchNormalization(epsilon=0.001, momentum=0.99, name="batch_norm")(x)  # (2, 2, 18)
    x = layers.ReLU(name="relu")(x)
    x = layers.GlobalAveragePooling2D(name="global_avg_pool")(x)  # (18,)
    x = layers.Dense(10, name="dense")(x)  # (10,)
    return keras.Model(image, x, name="densenet")
