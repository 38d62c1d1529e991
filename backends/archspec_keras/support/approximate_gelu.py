"""GELU by its tanh approximation; Keras has the function but no layer with that option."""

SOURCE = '''\
@keras.saving.register_keras_serializable(package="model")
class ApproximateGELU(layers.Layer):
    """GELU by its tanh approximation."""

    def call(self, x: KerasTensor) -> KerasTensor:
        return ops.gelu(x, approximate=True)
'''
