"""Kernels of PyTorch layers start with the spread that the spec's initialiser has."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import archspec
from archspec.weights import initial
from archspec_torch import Backend

torch = pytest.importorskip("torch")

KERNELS = ("glorot_normal", "he_uniform", "he_normal", "he_out_normal", "lecun_normal")
OWNERS = (
    "conv(32, 5, kernel_init={})",
    "conv(32, 5, groups=4, kernel_init={})",
    "depthwise_conv(5, multiplier=8, kernel_init={})",
    "transposed_conv(48, 5, kernel_init={})",
    "dense(200, kernel_init={})",
    "multiply {{ identity | weight([60, 16], init={}) -> reshape([5, 12, 16]) }} -> flatten",
)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("owner", OWNERS)
def test_kernels_start_as_the_spec_says(owner: str, kernel: str, tmp_path: Path) -> None:
    path = tmp_path / "net.arch"
    path.write_text(f"network net {{\n  input image[5, 12, 16]\n  {owner.format(kernel)}\n}}\n")
    graph = archspec.load(path).graph()
    assert graph is not None
    torch.manual_seed(0)
    made = Backend().build(graph).save()
    for name, expected in initial(graph).items():
        if not name.endswith("bias"):
            assert made[name].std() == pytest.approx(expected.std(), rel=0.08)
            assert np.abs(made[name]).max() == pytest.approx(np.abs(expected).max(), rel=0.3)
