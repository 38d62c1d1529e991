"""What every construct of the language becomes in PyTorch computes what the references say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import archspec
from archspec.ir import Graph
from archspec.verification.reference import evaluate
from archspec.weights import perturbed
from archspec_torch import Backend

CONV_BN = """
block conv_bn(filters: int, kernel: size = 3, stride: int = 1, act: layer = relu) {
  conv(filters, kernel, stride=stride, padding=half, bias=false) -> batch_norm -> act
}
"""

SPECS = {
    "residual": CONV_BN
    + """
block unit(filters: int, stride: int = 1) {
  add {
    | main: conv_bn(filters, stride=stride) -> conv_bn(filters, act=identity)
    | shortcut: if stride == 1 and input.channels == filters { identity }
                else { conv_bn(filters, 1, stride=stride, act=identity) }
  } -> relu
}
network t(depths: list[int] = [2, 1]) {
  input image[9, 8, 3]
  for i, depth in enumerate(depths) {
    stage: {
      unit(4 * 2 ** i, stride = if i == 0 then 1 else 2)
      repeat depth - 1 { unit(4 * 2 ** i) }
    }
  }
  global_avg_pool -> dense(5)
}
""",
    "optional_branch": CONV_BN
    + """
block inverted(filters: int, stride: int, expand: int) {
  let hidden = input.channels * expand
  add {
    | main: if expand != 1 { conv_bn(hidden, 1, act=relu6) }
            -> depthwise_conv(3, stride=stride, padding=half, bias=false) -> batch_norm -> relu6
            -> conv_bn(filters, 1, act=identity)
    | skip: if stride == 1 and input.channels == filters { identity } else { none }
  }
}
network t {
  input image[9, 8, 4]
  for expand, filters, stride in [[1, 4, 1], [3, 6, 2], [3, 6, 1]] {
    inverted(filters, stride, expand)
  }
}
""",
    "branches": """
block mixed(c: int, rates: list[int] = [1, 2]) {
  concat {
    | conv(c, 1) -> relu
    | narrow: conv(2, 1) -> tanh -> conv(c, 3, padding=same)
    | each rate in rates { conv(c, 3, padding=same, dilation=rate) }
    | max_pool(3, stride=1, padding=same) -> add { identity | conv(input.channels, 1) } -> elu
    | identity
  }
}
network t {
  input image[7, 8, 3]
  repeat 2 { mixed(2) }
  let wanted = 4
  squeeze: multiply {
    | identity
    | global_avg_pool(keep=true) -> conv(wanted, 1) -> relu -> conv(36, 1) -> sigmoid
  }
}
""",
    "lists": """
network t(depth: int = 3, width: int = 2) {
  input image[16, 24, 1]
  for i in range(depth) {
    down: conv(width * 2 ** i, 3, padding=same) -> relu
    max_pool(2)
  }
  bottom: conv(width * 2 ** depth, 3, padding=same)
  for i in reversed(range(depth)) {
    transposed_conv(width * 2 ** i, 2, stride=2)
    concat { | from down[i] | identity }
    conv(width * 2 ** i, 3, padding=same) -> relu
  }
  conv(2, 1) -> softmax
}
""",
    "loop_with_join": """
network t(depth: int = 3) {
  input sequence[12, 4]
  let width = 4
  repeat depth {
    residual: add { | identity | conv(width, 3, padding=same) -> layer_norm -> gelu }
    scale(0.5)
  }
  dense(6) -> flatten -> batch_norm -> dropout(0.2) -> dense(3)
}
""",
    "choice_around_join": """
block unit(filters: int, wide: bool = false) {
  conv(filters, 1)
  if wide {
    add { | conv(filters, 3, padding=same) | conv(filters, 5, padding=same) } -> relu
  } else {
    tanh
  }
  batch_norm(scale=false)
}
network t {
  input image[6, 5, 3]
  unit(4, wide=true) -> unit(5) -> unit(4, wide=true)
}
""",
    "shared_and_several": """
network t {
  input left[8, 6, 2]
  input right[8, 6, 2]
  layer encoder = { conv(3, 3) -> batch_norm -> relu -> flatten -> dense(5) }
  a: from left -> encoder
  b: from right -> encoder
  near: multiply(a, b)
  far: concat(a, b) -> dense(4)
  output near, far
}
""",
    "learned_values": """
network t {
  input sequence[5, 4]
  token: weight([1, 4], init=normal(stddev=0.02))
  positions: weight([5, 4])
  x: from sequence, positions -> add
  both: reshape([20])
  y: from token -> flatten
  concat(y, both) -> dense(3)
}
""",
    "training_outputs": """
block head(classes: int) { global_avg_pool -> dropout(0.4) -> dense(classes) }
network t(auxiliary: bool = true) {
  input image[8, 8, 3]
  a: conv(4, 3) -> relu
  b: conv(5, 3) -> relu
  result: head(3)
  output result
  if auxiliary {
    first: from a -> head(3)
    second: from b -> conv(2, 1) -> head(3)
    output first, second when training
  }
}
""",
    "layers_as_arguments": """
block residual(body: layer) { add { | identity | body } }
block unit(filters: int, act: layer, norm: layer = batch_norm) { conv(filters, 1) -> norm -> act }
network t {
  input image[4, 5, 3]
  unit(6, act=leaky_relu(0.1)) -> unit(6, act=elu)
  unit(6, act=gelu(approximate=true), norm=identity)
  residual { layer_norm -> conv(6, 3, padding=same) }
  residual(unit(6, act=relu))
}
""",
    "value_parameter": """
block up(skip: value, filters: int) {
  resize(2, method=nearest)
  concat(skip, x_) -> conv(filters, 3, padding=same) -> relu
}
network t {
  input image[8, 6, 2]
  first: conv(3, 3, padding=same) -> relu
  max_pool(2)
  second: conv(4, 3, padding=same)
  up(skip=first, filters=5)
}
""".replace("  concat(skip, x_)", "  concat { | from skip | identity }"),
    "network_in_network": """
network inner(width: int = 4) {
  input image[8, 8, 3]
  features: conv(width, 3) -> relu
  pool: max_pool(2)
  flatten -> dense(5)
}
network t {
  input image[8, 8, 3]
  inner through pool
  conv(2, 1)
}
""",
    "functions": """
let base = 3
let make_divisible(v: float, d: int = 4) = max(d, int(v + d / 2) // d * d)
network t(factor: float = 1.5, widths: list[int] = [3, 5]) {
  input image[6, 6, 3]
  let hidden = make_divisible(base * factor)
  conv(hidden, 1) -> relu
  for i in range(len(widths)) { conv(widths[i] * 2, 3, padding=same) -> silu }
  for a, b in zip(widths, [1, 2]) { conv(make_divisible(a + b), [1, 3], padding=half) }
}
""",
    "padding": """
block window(stride: int) { conv(3, 4, stride=stride, padding=same) -> relu }
network t {
  input image[13, 10, 2]
  window(1) -> window(2)
  add {
    | max_pool(3, stride=2, padding=same)
    | avg_pool(3, stride=2, padding=same, count_padding=false)
    | avg_pool(3, stride=2, padding=same, count_padding=true)
  }
  pad([[1, 0], 2], value=0.5) -> crop(1) -> transposed_conv(2, 3, stride=2, padding=same)
}
""",
    "nested": """
network t(depths: list[int] = [2, 1], act_scale: float = 0.5) {
  input x[6, 5, 3]
  layer shared = {
    add { | identity | conv(3, 3, padding=same) -> tanh }
    if act_scale > 0.1 { add { | scale(act_scale) | conv(3, 1) } } else { relu }
  }
  shared
  for i, depth in enumerate(depths) {
    let width = 4 + i
    conv(width, 1)
    repeat depth {
      add { | identity | conv(width, 3, padding=same) -> relu | conv(width, 1) }
      if i == 0 { multiply { | identity | conv(width, 1) -> sigmoid } }
    }
  }
  deep: concat {
    | each k in [1, 3] { add { | conv(2, k, padding=same) | conv(2, 1) -> elu(0.5) } -> relu }
    | identity
  }
  again: from x -> shared
  more: repeat 2 { conv(3, 3, padding=same) -> softplus }
  concat(deep, more, x)
}
""",
    "oblong_kernels": CONV_BN
    + """
block wide(n: int, k: size) {
  conv(n, k, padding=half, dilation=2) -> max_pool(k, stride=1, padding=half)
}
network t {
  input image[17, 16, 3]
  conv_bn(4, kernel=[1, 7]) -> conv_bn(4, kernel=[7, 1]) -> conv_bn(4, kernel=5) -> conv_bn(5)
  wide(4, 3) -> wide(4, [3, 5])
  conv(3, [4, 3], padding=half) -> conv(3, 4, padding=same) -> conv(2, [2, 5], padding=same)
}
""",
    "parts_of_one_name": """
network t {
  input image[4, 4, 6]
  parts: split(3)
  tail: from parts[1] -> conv(2, 1)
  add { | from parts[0] | from tail | from parts[2] }
  resize(size=[61, 9], method=nearest)
}
""",
    "kept_input": """
block twice(n: int) {
  first: conv(input.channels, 1)
  repeat n { add { | identity | from first -> tanh } -> conv(input.channels, 1) }
  add { | identity | from first }
}
network t {
  input x[4, 5, 3]
  repeat 2 { twice(2) }
  multiply { | identity | from x }
}
""",
    "read_in_every_round": """
network t {
  input image[4, 4, 3]
  v: batch_norm
  repeat 2 { multiply { tanh | from v -> sigmoid } }
}
""",
    "split_and_norms": """
network t {
  input image[6, 5, 8]
  left, right: split(2)
  one: from left -> local_response_norm(3) -> layer_norm(offset=false)
  two: from right -> layer_norm(scale=false) -> batch_norm(offset=false) -> spatial_dropout(0.3)
  maximum(one, two) -> stochastic_depth(0.2) -> reshape([10, 12]) -> dense(3)
}
""",
    "shared_in_blocks": """
block tied(n: int) {
  layer k = { conv(n, 3, padding=same) -> tanh }
  k -> k -> add { identity | k }
}
network t {
  input image[5, 5, 4]
  tied(4)
  repeat 2 { tied(4) -> relu }
}
""",
    "lists_of_lists": """
network t(depth: int = 2, width: int = 2) {
  input image[8, 8, 2]
  for i in range(depth) {
    for j in range(width) { part: conv(3, 3, padding=same) -> relu }
    end: conv(2 + i, 1)
  }
  concat { | from part[0][1] | from part[1][0] | from end[1] | identity }
}
""",
    "awkward_names": """
block forward(eval: int) { conv(eval, 1) -> tanh }
network t(self: int = 3, torch: int = 2) {
  input x[4, 4, 2]
  type: forward(self)
  half: from x -> forward(torch)
  eval: add { | from type | from half -> conv(self, 1) }
}
""",
}


def graph_of(text: str, folder: Path) -> Graph:
    file = folder / "t.arch"
    file.write_text(text)
    found = archspec.load(file, "t")
    graph = found.graph()
    assert graph is not None, [one.message for one in found.diagnostics]
    return graph


@pytest.mark.parametrize("name", SPECS)
def test_construct_agrees_with_the_references(name: str, tmp_path: Path) -> None:
    graph = graph_of(SPECS[name], tmp_path)
    model = Backend().build(graph, "float64")
    weights, random = perturbed(graph), np.random.default_rng(0)
    inputs = {
        name: random.normal(0.3, 1, (3, *value.shape))
        for name, value in zip(graph.input_names, graph.inputs, strict=True)
    }
    for training in (False, True):
        model.load(weights)
        values, statistics = evaluate(graph, weights, inputs, training)
        outcome = model.run(inputs, training=training)
        wanted = dict(zip(graph.output_names, graph.outputs, strict=True))
        if training:
            more = zip(graph.training_output_names, graph.training_outputs, strict=True)
            wanted.update(more)
        assert outcome.outputs.keys() == wanted.keys()
        for output, value in wanted.items():
            np.testing.assert_allclose(outcome.outputs[output], values[value.name], 1e-9, 1e-12)
        for weight, array in statistics.items():
            np.testing.assert_allclose(outcome.statistics[weight], array, 1e-9, 1e-12)
