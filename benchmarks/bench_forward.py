"""The generated ResNet-50 against torchvision's: the same work, the same speed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from measure import call_seconds, ratio


def rows() -> Iterator[str]:
    """Forward alone, and forward with backward, in one process with the same threads."""
    import torch

    import archspec

    try:
        reference = _torchvision_resnet50()
    except ImportError:
        yield "  torchvision is not installed (make bench installs it aside); section left out"
        return
    model = archspec.load("resnet50").build("torch").native
    image = torch.randn(4, 3, 224, 224)
    models = {"generated": model, "torchvision": reference}
    for one in models.values():
        one.train()

    def forward(one: torch.nn.Module) -> Callable[[], object]:
        return lambda: torch.no_grad()(one)(image)

    def both(one: torch.nn.Module) -> Callable[[], object]:
        return lambda: one(image).sum().backward()

    for what, make in (("forward", forward), ("forward + backward", both)):
        best = call_seconds({name: make(one) for name, one in models.items()}, rounds=6)
        value = best["torchvision"] / best["generated"]
        yield ratio(f"torchvision / generated, {what}", value, ">= 0.98", value >= 0.98)


def _torchvision_resnet50() -> object:
    """Torchvision beside a CPU build of PyTorch needs two operators declared beforehand."""
    import torch

    library = torch.library.Library("torchvision", "DEF")
    library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    from torchvision.models import resnet50

    return resnet50()
