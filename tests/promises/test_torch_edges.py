"""Corners of the PyTorch code: what cannot be written is refused, what is returned is kept."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest
import torch

import archspec
from archspec.verification.process import Process
from archspec_torch.execute import execute

OUTSIDE = """\
block join(skip: value) { concat { | identity | from skip } }

network net {
  input image[9, 8, 4]
  out: silu
  layer both = { relu -> join(skip=out) }
  from out -> both
}
"""


def test_a_shared_layer_that_reads_a_value_from_outside(tmp_path: Path) -> None:
    path = tmp_path / "net.arch"
    path.write_text(OUTSIDE)
    spec = archspec.load(path)
    assert not spec.check()
    assert spec.generate("torch") is None
    (found,) = spec.diagnostics
    assert found.code == "not-lowerable"
    assert found.span.line == 7
    assert "both" in found.message
    assert archspec.load(path).generate("keras") is not None


def test_verifying_refuses_what_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "net.arch"
    path.write_text(OUTSIDE)
    spec = archspec.load(path)
    # No process is started for a network that one of the back ends cannot write.
    monkeypatch.setattr(Process, "__init__", lambda *given: pytest.fail("a process was started"))
    assert spec.verify() is None
    assert [one.code for one in spec.diagnostics] == ["not-lowerable"]


RETURNED = """\
network net {
  input a[8, 8, 4]
  x: conv(4, 1)
  wide: concat { | from x | from a }
  aux: from a -> global_avg_pool -> dense(3)
  output wide, x
  output aux when training
}
"""


def test_an_output_is_not_overwritten_by_one_that_is_computed_later(tmp_path: Path) -> None:
    path = tmp_path / "net.arch"
    path.write_text(RETURNED)
    made = archspec.load(path).generate("torch")
    assert made is not None
    (last,) = (line.strip() for line in made.files["net.py"].splitlines()[-1:])
    first, second = last.removeprefix("return ").split(", ")
    assert first != second


LEARNED = """\
network net(classes: int = 3) {
  input image[8, 8, 4]
  global_avg_pool -> dense(classes)
  add { identity | weight([classes]) }
}
"""


def test_a_learned_value_grows_with_the_parameter_that_gives_its_size(tmp_path: Path) -> None:
    import torch

    path = tmp_path / "net.arch"
    path.write_text(LEARNED)
    made = archspec.load(path).generate("torch")
    assert made is not None
    space: dict[str, Any] = {}
    exec(made.files["net.py"], space)
    assert space["Net"](classes=5)(torch.zeros(2, 4, 8, 8)).shape == (2, 5)


BIASES = """\
network net {
  input features[4]
  a: dense(5, bias_init=ones)
  b: dense(3, bias_init=constant(value=0.5))
  c: dense(2)
  d: dense(2, bias=false)
  e: dense(2, bias_init=uniform(limit=3))
}
"""


def test_biases_start_as_each_layer_says(tmp_path: Path) -> None:
    import torch

    path = tmp_path / "net.arch"
    path.write_text(BIASES)
    made = archspec.load(path).generate("torch")
    assert made is not None
    space: dict[str, Any] = {}
    exec(made.files["net.py"], space)
    torch.manual_seed(0)
    state = space["Net"]().state_dict()
    starts = {name: state[f"{name}.bias"] for name in "abc"}
    assert {name: (len(one), *set(one.tolist())) for name, one in starts.items()} == {
        "a": (5, 1.0),
        "b": (3, 0.5),
        "c": (2, 0.0),
    }
    assert "d.bias" not in state
    assert 0 < state["e.bias"].abs().min() < state["e.bias"].abs().max() < 3
    assert made.files["net.py"].count("\ndef ") == 2, "one function, and one for the random bias"


ROUNDS = """\
block deep(n: int) { repeat 2 { conv(n + 1, 1) } }
network net { input image[4, 4, 3] deep(2) }
"""


def test_rounds_of_a_block_take_whatever_channels_come_in(tmp_path: Path) -> None:
    path = tmp_path / "net.arch"
    path.write_text(ROUNDS)
    made = archspec.load(path).generate("torch")
    assert made is not None
    # Here 3 channels come in and n + 1 are 3; both may be others.
    block = execute("net", made.files["net.py"]).Deep(5, n=7)
    assert block(torch.zeros(2, 5, 4, 4)).shape == (2, 8, 4, 4)


ALIKE = """\
block unit(n: int, act: layer) { conv(n, 1) -> act }
block twice(body: layer) { body -> body }
network net {
  input image[4, 4, 3]
  unit(3, conv(3, 1)) -> unit(3, conv(3, 1)) -> unit(3, conv(4, 3))
  twice { unit(4, relu) } -> twice { unit(4, relu) } -> twice { unit(4, tanh) }
}
"""


def test_blocks_that_come_out_the_same_are_one_class(tmp_path: Path) -> None:
    path = tmp_path / "net.arch"
    path.write_text(ALIKE)
    made = archspec.load(path).generate("torch")
    assert made is not None
    code = made.files["net.py"]
    # Three forms of `unit`, the last of which is given relu or tanh.
    assert re.findall(r"class (\w+)", code) == ["Unit", "Unit2", "Unit3", "Twice", "Twice2", "Net"]
    made_of = ["Unit", "Unit", "Unit2", "Twice", "Twice", "Twice2"]
    assert re.findall(r"self\.[ut]\w+ = (\w+)\(", code) == made_of
    with torch.no_grad():
        assert execute("net", code).Net()(torch.zeros(2, 3, 4, 4)).shape == (2, 4, 2, 2)


UNSET = """\
network net(multiplier: int = 1) {
  input image[6, 6, 3]
  separable_conv(4, 3, 1, multiplier=multiplier, bias=false)
  separable_conv(5, 3, dilation=1, bias=false)
}
"""


def test_layers_in_smaller_layers_take_only_what_some_call_sets(tmp_path: Path) -> None:
    path = tmp_path / "net.arch"
    path.write_text(UNSET)
    made = archspec.load(path).generate("torch")
    assert made is not None
    module = execute("net", made.files["net.py"])
    # The network's own `multiplier` stays, though it is what the layer does without it.
    taken = ["in_channels", "filters", "kernel", "multiplier", "bias"]
    assert list(inspect.signature(module.SeparableConv).parameters) == taken
    with torch.no_grad():
        assert module.Net(multiplier=2)(torch.zeros(2, 3, 6, 6)).shape == (2, 5, 2, 2)


CHOSEN = [
    ("int = 2", "dense(channels)\nfor i in range(2) { repeat 1 { split(1) -> conv(2, 1) } }"),
    ("list[int] = [2, 2]", "dense(2)\nfor f in channels { conv(f, 1) }"),
    ("int = 2", "dense(2)\nfor i in range(2) { repeat 1 { conv(channels, 1) } }"),
]


@pytest.mark.parametrize(("kind", "body"), CHOSEN)
def test_rounds_take_what_the_round_before_gives(kind: str, body: str, tmp_path: Path) -> None:
    path = tmp_path / "net.arch"
    path.write_text(f"network net(channels: {kind}) {{\ninput image[1, 1]\n{body}\n}}")
    made = archspec.load(path).generate("torch")
    assert made is not None
    network = execute("net", made.files["net.py"]).Net
    # As the spec has them all channels are 2.
    network(channels=[3, 4] if "list" in kind else 3)(torch.zeros(1, 1, 1))


AGAIN = """\
network net {
  input image[3, 6]
  for g in [2, 2] {
    x: repeat 1 {
      y: {
        for i in range(1) { relu }
        conv(g, 1)
        for g in [g, g] { conv(g, 1) -> conv(1, 1) }
      }
    }
  }
}
"""


def test_a_loop_stays_one_however_often_its_rounds_are_planned(tmp_path: Path) -> None:
    path = tmp_path / "net.arch"
    path.write_text(AGAIN)
    made = archspec.load(path).generate("torch")
    assert made is not None
    assert "            for _ in range(1):\n" in made.files["net.py"]
