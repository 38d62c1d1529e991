"""Two networks have one digest if and only if they compute the same from the same weights."""

from __future__ import annotations

from pathlib import Path

import pytest

import archspec
from archspec.analyses.depth import depth
from archspec.analyses.meaning import meaning

PLAIN = """
  conv(4, 3, padding=same, kernel_init=he_normal) -> relu
  add {
    | conv(4, 1) -> batch_norm
    | max_pool(3, stride=1, padding=1)
  }
  dropout(0.5) -> global_avg_pool -> dense(3) -> softmax
"""

SAME = {
    "in blocks, under other names, with other initial values": """
      stem: unit(3)
      long: unit(1, act=identity) -> batch_norm
      add { | from stem -> max_pool(3, stride=1, padding=half) | identity }
      global_avg_pool -> dense(3) -> softmax
    """,
}

OTHER = {
    "another padding": PLAIN.replace("padding=1", "padding=[[2, 0], [2, 0]]"),
    "another epsilon": PLAIN.replace("batch_norm", "batch_norm(epsilon=1e-3)"),
    "no activation": PLAIN.replace(" -> relu", ""),
    "another join": PLAIN.replace("add {", "maximum {"),
    "another wiring": PLAIN.replace("| conv(4, 1) -> batch_norm", "| conv(4, 1) | batch_norm"),
}
"""Changes of one place each."""


def digest(folder: Path, body: str, bare: bool = False) -> str:
    text = (
        "block unit(kernel: int, act: layer = relu) { conv(4, kernel, padding=same) -> act }\n"
        f"network net {{\n  input image[8, 8, 3]\n{body}\n}}\n"
    )
    path = folder / "net.arch"
    path.write_text(text)
    graph = archspec.load(path).graph()
    assert graph is not None, text
    return meaning(graph, bare)


@pytest.mark.parametrize("body", SAME.values(), ids=SAME)
def test_what_computes_the_same_has_one_digest(tmp_path: Path, body: str) -> None:
    assert digest(tmp_path, body) == digest(tmp_path, PLAIN)


@pytest.mark.parametrize("body", OTHER.values(), ids=OTHER)
def test_what_computes_something_else_has_another(tmp_path: Path, body: str) -> None:
    assert digest(tmp_path, body) != digest(tmp_path, PLAIN)


def test_scores_and_probabilities_differ_by_the_last_activation(tmp_path: Path) -> None:
    scores = PLAIN.replace(" -> softmax", "")
    assert digest(tmp_path, scores) != digest(tmp_path, PLAIN)
    assert digest(tmp_path, scores, bare=True) == digest(tmp_path, PLAIN, bare=True)


# The depths that the papers give: LeNet-5 (its figure 2), AlexNet (section 3.5), VGG D and E
# (table 1), ResNet (table 1), GoogLeNet (table 1, layers with parameters).
DEPTHS = {
    "lenet5": 5,
    "alexnet": 8,
    "vgg16": 16,
    "vgg19": 19,
    "resnet18": 18,
    "resnet34": 34,
    "resnet50": 50,
    "resnet101": 101,
    "resnet152": 152,
    "googlenet": 22,
}


@pytest.mark.parametrize("name", DEPTHS)
def test_depths_are_those_of_the_papers(name: str) -> None:
    graph = archspec.load(name).graph()
    assert graph is not None
    assert depth(graph) == DEPTHS[name]
