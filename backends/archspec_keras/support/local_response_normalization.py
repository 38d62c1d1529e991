"""Local response normalisation in the paper's form."""

SOURCE = '''\
@keras.saving.register_keras_serializable(package="model")
class LocalResponseNormalization(layers.Layer):
    """x / (bias + alpha * s) ** beta, s the sum of squares over `size` channels around."""

    def __init__(self, size: int, alpha: float, beta: float, bias: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.bias = bias

    def call(self, x: KerasTensor) -> KerasTensor:
        channels, half = x.shape[-1], self.size // 2
        around = [[0, 0]] * (len(x.shape) - 1) + [[half, half]]
        squares = ops.pad(ops.square(x), around)
        total = sum(squares[..., i : i + channels] for i in range(self.size))
        return x / (self.bias + self.alpha * total) ** self.beta

    def compute_output_shape(self, input_shape: Sequence[int | None]) -> Sequence[int | None]:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        config = {"size": self.size, "alpha": self.alpha, "beta": self.beta, "bias": self.bias}
        return {**super().get_config(), **config}
'''
