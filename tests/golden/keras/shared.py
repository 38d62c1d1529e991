import keras
from keras import KerasTensor, layers


def encode(x: KerasTensor, filters: int, *, name: str) -> KerasTensor:
    x = layers.Conv2D(filters, 3, padding="same", name=f"{name}.conv")(x)
    x = layers.BatchNormalization(
        epsilon=1e-5, momentum=0.9, scale=False, name=f"{name}.batch_norm"
    )(x)
    return layers.ReLU(name=f"{name}.relu")(x)


def shared(width: int = 4) -> keras.Model:
    image = keras.Input((8, 8, 3), name="image")
    head_input = keras.Input((None, None, 3))
    head_output = encode(head_input, width, name="head.encode")
    head_output = layers.Conv2D(3, 1, name="head.conv")(head_output)
    head = keras.Model(head_input, head_output, name="head")
    scorer = layers.Conv2D(1, 1, name="scorer.conv")
    x = image
    for _ in range(3):
        x = head(x)
    a = head(x)  # (8, 8, 3)
    b = layers.MaxPooling2D(2, name="b.max_pool")(a)  # (4, 4, 3)
    b = head(b)
    sa = scorer(a)  # (8, 8, 1)
    sb = scorer(b)  # (4, 4, 1)
    sb = layers.UpSampling2D(2, name="sb.resize")(sb)  # (8, 8, 1)
    x = layers.Average(name="average")([sa, sb])
    return keras.Model(image, x, name="shared")
