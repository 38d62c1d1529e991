"""Faults in activations."""

from __future__ import annotations

from fault import Fault, Text


def one(layer: str, before: str = "conv(4, 1)") -> str:
    """A network in which the layer stands in the middle."""
    return f"input x[5, 4, 3] {before} -> act: {layer} -> conv(3, 1)".replace(" -> act: ", " -> ")


ACTIVATION = {
    "gelu_tanh_for_erf": Fault(
        "torch", one("gelu"), Text('"none"', '"tanh"'), "conv_2", hidden="gelu"
    ),
    "gelu_tanh_for_erf_in_keras": Fault(
        "keras",
        one("gelu"),
        Text(
            'layers.Activation("gelu", ',
            "layers.Activation(lambda x: keras.ops.gelu(x, approximate=True), ",
        ),
        "gelu",
    ),
    "gelu_erf_for_tanh": Fault(
        "keras",
        one("gelu(approximate=true)"),
        Text("approximate=True", "approximate=False"),
        "gelu",
    ),
    "leaky_relu_default_slope": Fault(
        "torch",
        one("leaky_relu(0.1)"),
        Text("F.leaky_relu(self.conv(x), 0.1)", "F.leaky_relu(self.conv(x))"),
        "conv_2",
        hidden="leaky_relu",
    ),
    "leaky_relu_default_slope_in_keras": Fault(
        "keras", one("leaky_relu(0.1)"), Text("negative_slope=0.1, ", ""), "leaky_relu"
    ),
    "old_hard_sigmoid": Fault(
        "keras",
        one("hard_sigmoid"),
        Text(
            'layers.Activation("hard_sigmoid", ',
            "layers.Activation(lambda x: keras.ops.clip(0.2 * x + 0.5, 0, 1), ",
        ),
        "hard_sigmoid",
    ),
    "relu_for_relu6": Fault("keras", one("scale(9) -> relu6"), Text("max_value=6, ", ""), "relu6"),
    "sigmoid_for_hard_sigmoid": Fault(
        "torch",
        one("hard_sigmoid"),
        Text("F.hardsigmoid", "F.sigmoid"),
        "conv_2",
        hidden="hard_sigmoid",
    ),
    "silu_for_hard_swish": Fault(
        "torch", one("hard_swish"), Text("F.hardswish", "F.silu"), "conv_2", hidden="hard_swish"
    ),
    "elu_for_selu": Fault("keras", one("selu"), Text('"selu", ', '"elu", '), "selu"),
    "elu_alpha_lost": Fault("keras", one("elu(alpha=0.5)"), Text("alpha=0.5, ", ""), "elu"),
    "softplus_with_a_threshold": Fault(
        "torch",
        one("softplus"),
        Text("F.softplus(self.conv(x))", "F.softplus(self.conv(x), threshold=2)"),
        "conv_2",
        hidden="softplus",
    ),
    "relu_for_softplus": Fault(
        "keras", one("softplus"), Text('"softplus", ', '"relu", '), "softplus"
    ),
    "softmax_over_places": Fault(
        "torch", one("softmax"), Text("dim=1", "dim=2"), "conv_2", hidden="softmax"
    ),
    "softmax_over_places_in_keras": Fault(
        "keras", one("softmax"), Text("layers.Softmax(", "layers.Softmax(axis=1, "), "softmax"
    ),
    "softmax_lost": Fault(
        "torch", "input x[4] dense(3) -> softmax", Text("F.softmax(x, dim=1)", "x"), "softmax"
    ),
}
