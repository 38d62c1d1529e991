from collections.abc import Sequence
from typing import Any

import keras
from keras import KerasTensor, initializers, layers, ops


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


def sequence() -> keras.Model:
    tokens = keras.Input((12, 5), name="tokens")
    positions = LearnedValue(
        (12, 5), initializer=initializers.RandomNormal(stddev=0.02), name="positions.weight"
    )(tokens)
    x = layers.Add(name="add")([tokens, positions])  # (12, 5)
    for i in range(2):
        branch_2 = layers.LayerNormalization(epsilon=1e-5, name=f"mixed.{i}.branch_2.layer_norm")(x)
        branch_2 = layers.Dense(10, name=f"mixed.{i}.branch_2.dense")(branch_2)
        branch_2 = layers.Activation("gelu", name=f"mixed.{i}.branch_2.gelu")(branch_2)
        branch_2 = layers.Dropout(0.1, name=f"mixed.{i}.branch_2.dropout")(branch_2)
        branch_2 = layers.Dense(5, name=f"mixed.{i}.branch_2.dense_2")(branch_2)
        branch_2 = layers.Rescaling(0.5, name=f"mixed.{i}.branch_2.scale")(branch_2)
        branch_2 = layers.Dropout(
            0.1, noise_shape=(None, 1, 1), name=f"mixed.{i}.branch_2.stochastic_depth"
        )(branch_2)
        x = layers.Add(name=f"mixed.{i}.add")([x, branch_2])
    branch = layers.Conv1D(3, 3, padding="same", dilation_rate=2, name="branch.conv")(x)  # (12, 3)
    branch_2 = layers.Conv1D(3, 5, padding="same", name="branch_2.conv")(x)
    branch_2 = layers.SpatialDropout1D(0.2, name="branch_2.spatial_dropout")(branch_2)
    x = layers.Concatenate(name="concat")([branch, branch_2])  # (12, 6)
    left, right = ops.split(x, 2, axis=-1)
    x = layers.Multiply(name="multiply")([left, right])  # (12, 3)
    x = layers.Reshape((-1, 1, x.shape[-1]), name="resize_image")(x)
    x = ops.image.resize(x, (x.shape[1] * 2, 1), interpolation="bilinear")
    x = layers.Reshape((-1, x.shape[-1]), name="resize_sequence")(x)  # (24, 3)
    x = layers.DepthwiseConv1D(
        3,
        padding="same",
        depth_multiplier=2,
        depthwise_initializer=initializers.VarianceScaling(
            (x.shape[-1] + 2) / (1 + x.shape[-1] * 2), "fan_avg", distribution="uniform"
        ),
        name="depthwise_conv",
    )(x)
    x = layers.Conv1DTranspose(4, 3, strides=2, padding="same", name="transposed_conv")(x)
    x = layers.Reshape((2, 96), name="reshape")(x)  # (2, 96)
    x = layers.Flatten(name="flatten")(x)  # (192,)
    x = layers.Dense(4, name="dense")(x)  # (4,)
    x = layers.Activation("selu", name="selu")(x)
    return keras.Model(tokens, x, name="sequence")
