"""Clipping of gradients, exactly as the records define it."""

from __future__ import annotations

from archspec.lowering.python import number
from archspec.recipes import Choice

NAMES = frozenset(("global_norm", "norm", "value"))


def clip(choice: Choice) -> list[str]:
    """The body of `configure_gradient_clipping`."""
    limit = number(choice.attributes.limit)
    if choice.name == "value":
        return [f"torch.nn.utils.clip_grad_value_(self.network.parameters(), {limit})"]
    if choice.name == "norm":
        return [
            "for weight in self.network.parameters():",
            "    if weight.grad is not None:",
            f"        weight.grad.mul_(({limit} / weight.grad.norm()).clamp(max=1.0))",
        ]
    return [
        "# torch.nn.utils.clip_grad_norm_ adds 1e-6 to the norm.",
        "weights = self.network.parameters()",
        "gradients = [weight.grad for weight in weights if weight.grad is not None]",
        f"factor = ({limit} / torch.nn.utils.get_total_norm(gradients)).clamp(max=1.0)",
        "for gradient in gradients:",
        "    gradient.mul_(factor)",
    ]


def whole(choice: Choice | None) -> bool:
    """Whether the gradients of whole weights are needed, not of parts of them."""
    return choice is not None and choice.name != "value"
