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


SETTINGS = """\
network net {
  input features[60]
  a: dense(50, kernel_init=normal(stddev=0.1), bias_init=ones)
  b: dense(50, kernel_init=normal(stddev=0.001))
  c: dense(50, kernel_init=uniform(limit=2))
  d: dense(50, kernel_init=uniform(limit=0.5), bias=false)
  e: dense(50, kernel_init=constant(value=-3))
  f: dense(50, kernel_init=constant(value=0.25))
  g: dense(50, kernel_init=truncated_normal(stddev=3))
  h: dense(50, kernel_init=truncated_normal(stddev=1))
}
"""


def test_layers_share_the_function_of_an_initialiser(tmp_path: Path) -> None:
    path = tmp_path / "net.arch"
    path.write_text(SETTINGS)
    spec = archspec.load(path)
    graph, made = spec.graph(), spec.generate("torch")
    assert graph is not None
    assert made is not None
    assert made.files["net.py"].count("\ndef ") == 4
    torch.manual_seed(0)
    found = Backend().build(graph).save()
    for name, expected in initial(graph).items():
        assert abs(found[name].mean() - expected.mean()) <= 0.1 * expected.std()
        assert found[name].std() == pytest.approx(expected.std(), rel=0.08)
        assert np.abs(found[name]).max() == pytest.approx(np.abs(expected).max(), rel=0.3)
