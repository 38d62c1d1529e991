"""What a back end cannot write is refused at its line, never with a traceback."""

from __future__ import annotations

from pathlib import Path

import archspec

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
