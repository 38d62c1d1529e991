"""Faults in normalisation and its running statistics."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from fault import Both, Fault, Off, Text

BATCH = "input x[4, 3, 2] conv(3, 1) -> batch_norm -> relu"
LAYER = "input x[5, 7, 5] layer_norm(epsilon=1e-2) -> conv(2, 1)"
LOCAL = "input x[4, 3, 6] local_response_norm(3, alpha=0.5, bias=2.0) -> conv(2, 1)"
CONSTANT = "input x[4, 3, 2] conv(1, 1) -> softmax -> conv(3, 1) -> batch_norm"
"""In training only rounding tells apart what is normalised here, so much of it is allowed."""
VARIANCE = "batch_norm.variance"


@contextmanager
def inflated(model: Any) -> Iterator[None]:
    """Running variances that PyTorch's factor n / (n - 1) is applied to twice."""
    norm = model.batch_norm
    factors = []

    def correct(module: Any, given: Any, output: Any) -> None:
        count = output.numel() // output.shape[1]
        factors.append(count / (count - 1))

    handle = norm.register_forward_hook(correct)
    try:
        yield
        if norm.training:
            norm.running_var.data.mul_(factors[0])
    finally:
        handle.remove()


NORMALISATION = {
    "batch_norm_epsilon": Fault("torch", BATCH, Text("eps=1e-5", "eps=1e-3"), "batch_norm"),
    "batch_norm_epsilon_in_keras": Fault(
        "keras", BATCH, Text("epsilon=1e-5", "epsilon=1e-3"), "batch_norm"
    ),
    "batch_norm_momentum_for_its_rest": Fault(
        "torch", BATCH, Text("momentum=0.1", "momentum=0.9"), "batch_norm.mean", "statistics"
    ),
    "batch_norm_momentum_for_its_rest_in_keras": Fault(
        "keras", BATCH, Text("momentum=0.9", "momentum=0.1"), "batch_norm.mean", "statistics"
    ),
    "running_statistics_not_updated": Fault(
        "keras", BATCH, Text("momentum=0.9", "momentum=1.0"), "batch_norm.mean", "statistics"
    ),
    "running_variance_unbiased": Fault(
        "torch", BATCH, Off("archspec_torch.model:biased", nullcontext), VARIANCE, "statistics"
    ),
    "running_variance_unbiased_twice": Fault(
        "torch", BATCH, Off("archspec_torch.model:biased", inflated), VARIANCE, "statistics"
    ),
    "batch_statistics_at_inference": Fault(
        "keras",
        BATCH,
        Text('name="batch_norm")(x)', 'name="batch_norm")(x, training=True)'),
        "batch_norm",
    ),
    "batch_statistics_at_inference_in_torch": Fault(
        "torch",
        BATCH,
        Text(
            "self.batch_norm(x)",
            "F.batch_norm(x, None, None, self.batch_norm.weight, self.batch_norm.bias, True)",
        ),
        "relu",
        hidden="batch_norm",
    ),
    "running_statistics_in_training": Fault(
        "torch",
        BATCH,
        Text("self.batch_norm(x)", "self.batch_norm.eval()(x)"),
        "batch_norm",
    ),
    "factor_behind_what_is_constant": Fault(
        "torch",
        CONSTANT,
        Text("self.batch_norm(x)", "self.batch_norm(x) * (1.0001 if self.training else 1.0)"),
        "batch_norm",
    ),
    "gradient_behind_what_is_constant": Fault(
        "torch",
        CONSTANT,
        Text(
            "return self.batch_norm(x)",
            "more = 1e-4 * self.batch_norm.bias if self.training else x.new_zeros(3)\n"
            "        return self.batch_norm(x) + (more - more.detach()).reshape(3, 1, 1)",
        ),
        "batch_norm.offset",
        "weight_gradients",
    ),
    "layer_norm_epsilon": Fault("torch", LAYER, Text("eps=0.01", "eps=1e-5"), "layer_norm"),
    "layer_norm_epsilon_in_keras": Fault(
        "keras", LAYER, Text("epsilon=0.01", "epsilon=1e-3"), "layer_norm"
    ),
    "layer_norm_epsilon_outside_the_root": Fault(
        "torch",
        LAYER,
        Text(
            "return super().forward(input.movedim(1, -1)).movedim(-1, 1)",
            "spread = input.std(1, correction=0, keepdim=True) + self.eps\n"
            "        x = (input - input.mean(1, keepdim=True)) / spread\n"
            "        return (x.movedim(1, -1) * self.weight + self.bias).movedim(-1, 1)",
        ),
        "layer_norm",
    ),
    "layer_norm_over_another_axis": Fault(
        "keras",
        LAYER,
        Text("LayerNormalization(", "LayerNormalization(axis=1, "),
        "layer_norm",
    ),
    "layer_norm_over_all_places": Fault(
        "torch",
        LAYER,
        Text(
            "super().forward(input.movedim(1, -1)).movedim(-1, 1)",
            "nn.functional.group_norm(input, 1, self.weight, self.bias, self.eps)",
        ),
        "layer_norm",
    ),
    "alpha_divided_by_the_size": Fault(
        "torch", LOCAL, Text("alpha=1.5", "alpha=0.5"), "local_response_norm"
    ),
    "alpha_multiplied_by_the_size": Fault(
        "keras", LOCAL, Text("alpha=0.5", "alpha=1.5"), "local_response_norm"
    ),
    "window_of_channels_lopsided": Fault(
        "keras", LOCAL, Text("[[half, half]]", "[[half + 1, half - 1]]"), "local_response_norm"
    ),
    "bias_of_local_response_norm_left_out": Fault(
        "torch", LOCAL, Text(", k=2.0", ""), "local_response_norm"
    ),
    "batch_norm_scale_and_offset_exchanged": Fault(
        "torch",
        BATCH,
        Both(
            Text(
                "self.batch_norm(x)",
                "F.batch_norm(x, norm.running_mean, norm.running_var, norm.bias, norm.weight,"
                " self.training, norm.momentum, norm.eps)",
            ),
            Text("x = self.conv(x)", "norm = self.batch_norm\n        x = self.conv(x)"),
        ),
        "relu",
        hidden="batch_norm",
    ),
}
