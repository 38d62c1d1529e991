"""Makes an official PyTorch model with numbers of its own; writes its weights and its outputs.

python official_torch.py LIBRARY/MODEL FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch
from rows import Row, find
from torch import Tensor, nn
from values import Array, Draw, image

# Torchvision beside a CPU build of PyTorch asks for two operators that it does not use here.
MISSING = torch.library.Library("torchvision", "DEF")
MISSING.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
MISSING.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")


def main(spec: str, folder: Path) -> None:
    row = find(spec)
    torch.set_num_threads(1)
    model = make(row)
    x = image(row.size)
    tensor = torch.from_numpy(np.moveaxis(x, -1, 1).copy())
    fill(model, tensor)
    state = model.state_dict()
    # torchvision's pretrained files are pickles of tensors, timm's are safetensors.
    if row.library == "timm":
        from safetensors.torch import save_file

        save_file(state, folder / "official.safetensors")
    else:
        torch.save(state, folder / "official.pth")
    results = {"input": x, "parameters": np.array(sum(p.numel() for p in model.parameters()))}
    with torch.no_grad():
        results["float32"] = model.eval()(tensor).numpy()
        results["float64"] = model.double()(tensor.double()).numpy()
        if row.auxiliary:
            results |= trained(model, tensor.double())
    np.savez(folder / "official.npz", **results)


def make(row: Row) -> nn.Module:
    """The model with its auxiliary heads, without pretrained weights."""
    if row.library == "timm":
        import timm

        made: nn.Module = timm.create_model(row.model, pretrained=False)
        return made
    import torchvision

    options: dict[str, Any] = {"init_weights": False} if row.auxiliary else {}
    model: nn.Module = getattr(torchvision.models, row.model)(weights=None, **options)
    return model


def fill(model: nn.Module, x: Tensor) -> None:
    draw = Draw()
    norms = [one for one in model.modules() if isinstance(one, nn.BatchNorm2d)]
    for name, value in model.named_parameters():
        value.data = torch.from_numpy(start(draw, name, value))
    for norm in norms:
        norm.momentum = 1.0
    with torch.no_grad():
        without_dropout(model.train())(x)
    for norm in norms:
        norm.weight.data = torch.from_numpy(draw.scale(tuple(norm.weight.shape)))
        mean, variance = draw.moved(norm.running_mean.numpy(), norm.running_var.numpy())
        norm.running_mean, norm.running_var = torch.from_numpy(mean), torch.from_numpy(variance)
        norm.momentum = 0.1


def start(draw: Draw, name: str, value: Tensor) -> Array:
    shape = tuple(value.shape)
    if len(shape) > 1:
        return draw.kernel(shape, int(np.prod(shape[1:])))
    return draw.offset(shape) if name.endswith("bias") else np.ones(shape, "f4")


def without_dropout(model: nn.Module) -> nn.Module:
    for one in model.modules():
        if isinstance(one, nn.Dropout):
            one.eval()
    return model


def trained(model: nn.Module, x: Tensor) -> dict[str, Array]:
    """The outputs in training mode, auxiliary ones too, in the order of the model."""
    found = without_dropout(model.train())(x)
    return {f"training_{i}": one.numpy() for i, one in enumerate(found)}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
