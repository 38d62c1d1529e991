"""Running variances with the spec's meaning: averages of the biased variance.

PyTorch averages n / (n - 1) times the variance of a batch. What it adds at each call is scaled
back right after the call, so a shared layer, which is called several times, comes out right too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from torch import Tensor, nn

BATCH_NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)


@contextmanager
def biased(model: nn.Module) -> Iterator[None]:
    """Within it, training-mode calls of `model` average biased variances."""
    before: dict[nn.Module, Tensor] = {}

    def remember(module: nn.Module, given: tuple[Tensor, ...]) -> None:
        assert isinstance(module.running_var, Tensor)
        before[module] = module.running_var.detach().clone()

    def correct(module: nn.Module, given: tuple[Tensor, ...], output: Tensor) -> None:
        assert isinstance(module.running_var, Tensor)
        assert isinstance(module.momentum, float)
        if not module.training:
            return
        count = output.numel() // output.shape[1]
        old = before.pop(module) * (1 - module.momentum)
        # Through `data`: autograd keeps the buffer and must not see a change of it.
        added = module.running_var.data - old
        module.running_var.data.copy_(old + added * ((count - 1) / count))

    handles = []
    for module in model.modules():
        if isinstance(module, BATCH_NORMS):
            handles.append(module.register_forward_pre_hook(remember))
            handles.append(module.register_forward_hook(correct))
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()
