import keras
from keras import KerasTensor, layers, ops


def separable_bn(x: KerasTensor, filters: int, *, name: str) -> KerasTensor:
    x = layers.SeparableConv2D(
        filters, 3, padding="same", use_bias=False, name=f"{name}.separable_conv"
    )(x)
    return layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}.batch_norm")(x)


def downsample(
    x: KerasTensor, first: int, second: int, activate: bool = True, *, name: str
) -> KerasTensor:
    """Two separable convolutions at half the resolution, beside a strided projection."""
    main = layers.ReLU(name=f"{name}.main.relu")(x) if activate else x
    main = separable_bn(main, first, name=f"{name}.main.separable_bn")
    main = layers.ReLU(name=f"{name}.main.relu_2")(main)
    main = separable_bn(main, second, name=f"{name}.main.separable_bn_2")
    main = ops.pad(main, [[0, 0], [1, 1], [1, 1], [0, 0]], constant_values=float("-inf"))
    main = layers.MaxPooling2D(3, strides=2, name=f"{name}.main.max_pool")(main)
    shortcut = layers.Conv2D(second, 1, strides=2, use_bias=False, name=f"{name}.shortcut.conv")(x)
    shortcut = layers.BatchNormalization(
        epsilon=1e-5, momentum=0.9, name=f"{name}.shortcut.batch_norm"
    )(shortcut)
    return layers.Add(name=f"{name}.add")([main, shortcut])


def middle(inputs: KerasTensor, filters: int, *, name: str) -> KerasTensor:
    """Three separable convolutions beside the value itself."""
    main = inputs
    for i in range(3):
        main = layers.ReLU(name=f"{name}.main.relu.{i}")(main)
        main = separable_bn(main, filters, name=f"{name}.main.separable_bn.{i}")
    return layers.Add(name=f"{name}.add")([inputs, main])


def xception(classes: int = 1000) -> keras.Model:
    """Xception (Chollet, 2017, figure 5).

    Every convolution is batch-normalised, which the figure leaves out; the dropout is that of
    section 4.3. Strided windows are padded by half on both sides.
    """
    image = keras.Input((299, 299, 3), name="image")
    x = layers.Conv2D(32, 3, strides=2, use_bias=False, name="entry_flow.conv")(image)
    x = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name="entry_flow.batch_norm")(x)
    x = layers.ReLU(name="entry_flow.relu")(x)  # (149, 149, 32)
    x = layers.Conv2D(64, 3, use_bias=False, name="entry_flow.conv_2")(x)  # (147, 147, 64)
    x = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name="entry_flow.batch_norm_2")(x)
    x = layers.ReLU(name="entry_flow.relu_2")(x)
    x = downsample(x, 128, 128, activate=False, name="entry_flow.downsample")  # (74, 74, 128)
    x = downsample(x, 256, 256, name="entry_flow.downsample_2")  # (37, 37, 256)
    x = downsample(x, 728, 728, name="entry_flow.downsample_3")  # (19, 19, 728)
    for i in range(8):
        x = middle(x, 728, name=f"middle_flow.middle.{i}")
    x = downsample(x, 728, 1024, name="exit_flow.downsample")  # (10, 10, 1024)
    x = separable_bn(x, 1536, name="exit_flow.separable_bn")  # (10, 10, 1536)
    x = layers.ReLU(name="exit_flow.relu")(x)
    x = separable_bn(x, 2048, name="exit_flow.separable_bn_2")  # (10, 10, 2048)
    x = layers.ReLU(name="exit_flow.relu_2")(x)
    x = layers.GlobalAveragePooling2D(name="global_avg_pool")(x)  # (2048,)
    x = layers.Dropout(0.5, name="dropout")(x)
    x = layers.Dense(classes, name="dense")(x)  # (1000,)
    x = layers.Softmax(name="softmax")(x)
    return keras.Model(image, x, name="xception")
