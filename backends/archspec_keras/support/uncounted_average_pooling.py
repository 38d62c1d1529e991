"""Average pooling that leaves padded cells out, for paddings that Keras has no word for."""

SOURCE = '''\
@keras.saving.register_keras_serializable(package="model")
class UncountedAveragePooling(layers.Layer):
    """The mean of the real cells in each window of a padded value."""

    def __init__(
        self,
        pool_size: Sequence[int],
        strides: Sequence[int],
        padding: Sequence[Sequence[int]],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.pool_size = tuple(pool_size)
        self.strides = tuple(strides)
        self.padding = [list(amounts) for amounts in padding]

    def call(self, x: KerasTensor) -> KerasTensor:
        return self.pooled(x) / self.pooled(ops.ones_like(x))

    def pooled(self, x: KerasTensor) -> KerasTensor:
        padded = ops.pad(x, [[0, 0], *self.padding, [0, 0]])
        return ops.average_pool(padded, self.pool_size, self.strides)

    def get_config(self) -> dict[str, Any]:
        config = {
            "pool_size": self.pool_size,
            "strides": self.strides,
            "padding": self.padding,
        }
        return {**super().get_config(), **config}
'''
