import keras
from keras import KerasTensor, layers, ops


@keras.saving.register_keras_serializable(package="model")
class PlanarMaxPooling3D(layers.MaxPooling3D):
    """Max pooling of volumes, of each plane first and then along the depth.

    It computes what its base class does. But of equal cells in a window, which overlapping
    windows before it make, one alone gets the gradient; TensorFlow's own pooling of volumes
    gives it to each of them on a CPU.
    """

    def call(self, inputs: KerasTensor) -> KerasTensor:
        size, strides = self.pool_size, self.strides
        volumes, planes, *area, channels = ops.shape(inputs)
        x = ops.reshape(inputs, (volumes * planes, *area, channels))
        x = ops.max_pool(x, size[1:], strides[1:], self.padding, "channels_last")
        _, *area, _ = ops.shape(x)
        x = ops.reshape(x, (volumes, planes, area[0] * area[1], channels))
        x = ops.max_pool(x, (size[0], 1), (strides[0], 1), self.padding, "channels_last")
        return ops.reshape(x, (volumes, ops.shape(x)[1], *area, channels))


def volume() -> keras.Model:
    scan = keras.Input((9, 8, 10, 2), name="scan")
    x = layers.ZeroPadding3D(1, name="stem.conv_pad")(scan)
    x = layers.Conv3D(4, 3, strides=2, name="stem.conv")(x)  # (5, 4, 5, 4)
    x = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name="stem.batch_norm")(x)
    x = layers.ELU(alpha=0.5, name="stem.elu")(x)
    x = layers.Conv3D(x.shape[-1], 3, padding="same", groups=x.shape[-1], name="depthwise_conv")(x)
    x = PlanarMaxPooling3D(2, strides=1, name="max_pool")(x)  # (4, 3, 4, 4)
    x = layers.AveragePooling3D(2, padding="same", name="avg_pool")(x)  # (2, 2, 2, 4)
    x = layers.UpSampling3D(2, name="resize")(x)  # (4, 4, 4, 4)
    x = layers.Conv3DTranspose(3, 2, strides=2, name="transposed_conv")(x)  # (8, 8, 8, 3)
    x = layers.GlobalAveragePooling3D(name="global_avg_pool")(x)  # (3,)
    x = layers.Dense(2, name="dense")(x)  # (2,)
    return keras.Model(scan, x, name="volume")
