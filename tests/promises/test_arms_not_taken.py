"""Arms of choices that no instance takes are written only where the framework can express them."""

from __future__ import annotations

import pytest

from archspec.lowering.discovery import backends
from archspec.testing.compiled import graph_of

TEXT = """
block b(mode: int) {
  if mode == 0 { conv(2, 1) } else { ARM }
  conv(2, 3, padding=same)
}
network net() {
  input volume[4, 4, 4, 2]
  b(0) -> b(0)
}
"""


@pytest.mark.parametrize(
    ("name", "arm", "written"),
    [
        ("keras", "resize(2, method=bilinear) -> max_pool(2)", False),
        ("keras", "resize(2, method=nearest) -> max_pool(2)", True),
        ("torch", "reshape([4, 2, 2, 4, 2]) -> dense(2) -> reshape([4, 4, 4, 2])", False),
        ("torch", "reshape([4, 2, 8, 2]) -> dense(2) -> reshape([4, 4, 4, 2])", True),
    ],
)
def test_arms_that_nobody_takes(name: str, arm: str, written: bool) -> None:
    graph = graph_of(TEXT.replace("ARM", arm))
    assert graph is not None
    (source,) = backends()[name].generate(graph).files.values()
    assert ("mode" in source) is written
