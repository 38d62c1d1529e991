"""Max pooling of volumes whose gradient goes one way on every device."""

SOURCE = '''\
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
'''
