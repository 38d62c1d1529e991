"""A value that waits for others, which orders the calls of a shared layer."""

SOURCE = '''\
@keras.saving.register_keras_serializable(package="model")
class After(layers.Layer):
    """The first of the values, once the others are there.

    Keras makes the calls of a shared layer in the order of their depth in the model. What this
    layer comes between is called in order, which running statistics depend on.
    """

    def call(self, values: Sequence[KerasTensor]) -> KerasTensor:
        return values[0]
'''
