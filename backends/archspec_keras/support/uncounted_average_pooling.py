"""Average pooling that leaves padded cells out, for paddings that Keras has no word for."""

_TEMPLATE = '''\
@keras.saving.register_keras_serializable(package="model")
class UncountedAveragePooling{rank}D(layers.Layer):
    """The mean of the real cells in each window of a padded value."""

    def __init__(self, pool_size: Any, strides: Any, around: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.settings = {{"pool_size": pool_size, "strides": strides, "around": around}}
        self.pad = layers.ZeroPadding{rank}D(around)
        self.pool = layers.AveragePooling{rank}D(pool_size, strides)

    def build(self, input_shape: Sequence[int | None]) -> None:
        self.pad.build(input_shape)
        self.pool.build(self.pad.compute_output_shape(input_shape))

    def call(self, x: KerasTensor) -> KerasTensor:
        return self.pool(self.pad(x)) / self.pool(self.pad(ops.ones_like(x)))

    def get_config(self) -> dict[str, Any]:
        return {{**super().get_config(), **self.settings}}
'''

SOURCES = {f"UncountedAveragePooling{rank}D": _TEMPLATE.format(rank=rank) for rank in (1, 2, 3)}
"""The class for each rank."""
