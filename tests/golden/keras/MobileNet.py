import keras
from keras import KerasTensor, layers


def depthwise_separable(x: KerasTensor, filters: int, stride: int = 1, *, name: str) -> KerasTensor:
    """A depthwise and a 1 x 1 convolution; where strided, padded at the lower right only."""
    if stride > 1:
        x = layers.ZeroPadding2D(((0, 1), (0, 1)), name=f"{name}.pad")(x)
    x = layers.DepthwiseConv2D(
        3,
        strides=stride,
        padding="same" if stride == 1 else "valid",
        use_bias=False,
        name=f"{name}.depthwise_conv",
    )(x)
    x = layers.BatchNormalization(epsilon=0.001, momentum=0.99, name=f"{name}.batch_norm")(x)
    x = layers.ReLU(max_value=6, name=f"{name}.relu6")(x)
    x = layers.Conv2D(filters, 1, use_bias=False, name=f"{name}.conv")(x)
    x = layers.BatchNormalization(epsilon=0.001, momentum=0.99, name=f"{name}.batch_norm_2")(x)
    return layers.ReLU(max_value=6, name=f"{name}.relu6_2")(x)


def MobileNet(alpha: float = 1.0, classes: int = 1000) -> keras.Model:
    """MobileNet (Howard et al., 2017, table 1), as keras.applications builds it.

    `alpha` is the paper's width multiplier.
    """
    image = keras.Input((224, 224, 3), name="image")
    x = layers.Conv2D(int(32 * alpha), 3, strides=2, padding="same", use_bias=False, name="conv")(
        image
    )
    x = layers.BatchNormalization(epsilon=0.001, momentum=0.99, name="batch_norm")(x)
    x = layers.ReLU(max_value=6, name="relu6")(x)  # (112, 112, 32)
    x = depthwise_separable(x, int(64 * alpha), name="depthwise_separable")  # (112, 112, 64)
    for i, (filters, depth) in enumerate(((128, 2), (256, 2), (512, 6), (1024, 2))):
        x = depthwise_separable(
            x, int(filters * alpha), stride=2, name=f"depthwise_separable_2.{i}"
        )
        for j in range(depth - 1):
            x = depthwise_separable(x, int(filters * alpha), name=f"depthwise_separable_3.{i}.{j}")
    x = layers.GlobalAveragePooling2D(keepdims=True, name="global_avg_pool")(x)  # (1, 1, 1024)
    x = layers.Dropout(0.001, name="dropout")(x)
    x = layers.Conv2D(classes, 1, name="predictions.conv")(x)  # (1, 1, 1000)
    x = layers.Reshape((classes,), name="predictions.reshape")(x)  # (1000,)
    x = layers.Softmax(name="predictions.softmax")(x)
    return keras.Model(image, x, name="MobileNet")
