import keras
from keras import layers


def volume() -> keras.Model:
    scan = keras.Input((9, 8, 10, 2), name="scan")
    x = layers.ZeroPadding3D(1, name="stem.conv_pad")(scan)
    x = layers.Conv3D(4, 3, strides=2, name="stem.conv")(x)  # (5, 4, 5, 4)
    x = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name="stem.batch_norm")(x)
    x = layers.ELU(alpha=0.5, name="stem.elu")(x)
    x = layers.Conv3D(x.shape[-1], 3, padding="same", groups=x.shape[-1], name="depthwise_conv")(x)
    x = layers.MaxPooling3D(2, strides=1, name="max_pool")(x)  # (4, 3, 4, 4)
    x = layers.AveragePooling3D(2, padding="same", name="avg_pool")(x)  # (2, 2, 2, 4)
    x = layers.UpSampling3D(2, name="resize")(x)  # (4, 4, 4, 4)
    x = layers.Conv3DTranspose(3, 2, strides=2, name="transposed_conv")(x)  # (8, 8, 8, 3)
    x = layers.GlobalAveragePooling3D(name="global_avg_pool")(x)  # (3,)
    x = layers.Dense(2, name="dense")(x)  # (2,)
    return keras.Model(scan, x, name="volume")
