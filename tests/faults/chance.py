"""Faults in what is drawn by chance: initial weights and dropped values."""

from __future__ import annotations

from fault import Fault, Text

DROP = "input x[6, 5, 8] conv(8, 1) -> dropout(0.3) -> conv(2, 1)"
CHANNELS = "input x[6, 5, 8] conv(8, 1) -> spatial_dropout(0.3) -> conv(2, 1)"
DEPTH = "input x[6, 5, 8] add { | identity | conv(8, 1) -> stochastic_depth(0.3) }"
WEIGHTS = "input x[32] dense(64, kernel_init=he_normal) -> relu -> dense(64)"
BIASES = "input x[4] dense(8, bias_init=constant(value=0.5)) -> relu -> dense(3)"

CHANCE = {
    "dropout_keeps_for_drops": Fault(
        "torch", DROP, Text("nn.Dropout(0.3)", "nn.Dropout(0.7)"), "dropout", "randomness"
    ),
    "dropout_rate_lost": Fault(
        "keras", DROP, Text("layers.Dropout(0.3", "layers.Dropout(0.0"), "dropout", "randomness"
    ),
    "dropout_at_inference": Fault(
        "keras", DROP, Text('name="dropout")(x)', 'name="dropout")(x, training=True)'), "dropout"
    ),
    "dropout_at_inference_in_torch": Fault(
        "torch",
        DROP,
        Text("self.dropout(x)", "nn.functional.dropout(x, 0.3)"),
        "conv_2",
        hidden="dropout",
    ),
    "dropout_of_channels": Fault(
        "torch", DROP, Text("nn.Dropout(", "nn.Dropout2d("), "dropout", "randomness"
    ),
    "dropout_of_cells": Fault(
        "keras",
        CHANNELS,
        Text("layers.SpatialDropout2D(", "layers.Dropout("),
        "spatial_dropout",
        "randomness",
    ),
    "stochastic_depth_not_scaled": Fault(
        "torch",
        DEPTH,
        Text("x * keep / (1 - self.rate)", "x * keep"),
        "branch_2.stochastic_depth",
        "randomness",
    ),
    "stochastic_depth_of_cells": Fault(
        "keras",
        DEPTH,
        Text("noise_shape=(None, 1, 1, 1), ", ""),
        "branch_2.stochastic_depth",
        "randomness",
    ),
    "stochastic_depth_of_the_batch": Fault(
        "torch",
        DEPTH,
        Text("(x.shape[0],) + (1,) * (x.dim() - 1)", "(1,) * x.dim()"),
        "branch_2.stochastic_depth",
        "randomness",
    ),
    "another_initialiser": Fault(
        "keras",
        WEIGHTS,
        Text("VarianceScaling(2.0", "VarianceScaling(1.0"),
        "dense.kernel",
        "initial_values",
    ),
    "initial_weights_left_to_torch": Fault(
        "torch",
        WEIGHTS,
        Text("he_normal(nn.Linear(32, 64))", "nn.Linear(32, 64)"),
        "dense.kernel",
        "initial_values",
    ),
    "initial_bias_left_out": Fault(
        "torch",
        BIASES,
        Text("0.5", "0.0"),
        "dense.bias",
        "initial_values",
    ),
}
