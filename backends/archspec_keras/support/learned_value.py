"""A learned tensor that depends on no input."""

SOURCE = '''\
@keras.saving.register_keras_serializable(package="model")
class LearnedValue(layers.Layer):
    """A learned tensor, the same for every sample of what it is called on."""

    def __init__(self, shape: Sequence[int], initializer: Any = "zeros", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shape = tuple(shape)
        self.initializer = initializers.get(initializer)
        self.value = self.add_weight(shape=self.shape, initializer=self.initializer, name="value")

    def call(self, x: KerasTensor) -> KerasTensor:
        return ops.broadcast_to(self.value, (ops.shape(x)[0], *self.shape))

    def compute_output_shape(self, input_shape: Sequence[int | None]) -> tuple[int | None, ...]:
        return (input_shape[0], *self.shape)

    def get_config(self) -> dict[str, Any]:
        initializer = initializers.serialize(self.initializer)
        return {**super().get_config(), "shape": self.shape, "initializer": initializer}
'''
