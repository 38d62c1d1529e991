import keras
from keras import KerasTensor, layers, ops


def up(inputs: KerasTensor, skip: KerasTensor, filters: int, *, name: str) -> KerasTensor:
    factor = skip.shape[1] // inputs.shape[1]
    if factor > 1:
        x = layers.Conv2DTranspose(filters, factor, strides=factor, name=f"{name}.transposed_conv")(
            inputs
        )
    else:
        x = inputs
    fused = layers.Conv2D(filters, 1, name=f"{name}.fused.conv")(x)
    return layers.Concatenate(name=f"{name}.concat")([skip, fused])


def skips(soften: bool = True) -> keras.Model:
    image = keras.Input((16, 16, 2), name="image")
    a = layers.Conv2D(4, 3, padding="same", name="a.conv")(image)  # (16, 16, 4)
    b = layers.MaxPooling2D(2, name="b.max_pool")(a)  # (8, 8, 4)
    b = layers.Conv2D(6, 3, padding="same", name="b.conv")(b)  # (8, 8, 6)
    x = up(b, a, 4, name="up")  # (16, 16, 8)
    x = up(x, image, 2, name="again.up")  # (16, 16, 4)
    soft = layers.Softmax(name="soft.softmax")(x) if soften else x
    x = layers.Add(name="add")([x, soft])
    x = layers.Cropping2D(1, name="crop")(x)  # (14, 14, 4)
    x = ops.pad(x, [[0, 0], [2, 2], [2, 2], [0, 0]], constant_values=0.5)  # (18, 18, 4)
    x = layers.ZeroPadding2D(((1, 1), (0, 2)), name="pad_2")(x)  # (20, 20, 4)
    x = layers.Flatten(name="flatten")(x)  # (1600,)
    x = layers.Dense(3, name="dense")(x)  # (3,)
    x = layers.LayerNormalization(epsilon=1e-5, name="layer_norm")(x)
    return keras.Model(image, x, name="skips")
