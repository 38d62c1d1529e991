"""expansion_of: the block that an op made of smaller ops stands for."""

from __future__ import annotations

from archspec import syntax
from archspec.diagnostics import Report
from archspec.elaborate.module import Module, module_of
from archspec.elaborate.run import Run
from archspec.ops.op import Op
from archspec.source import SourceText

_PARSED: dict[Op, syntax.File] = {}
"""Texts of ops do not change, so each is parsed once per process."""


def expansion_of(op: Op, run: Run) -> tuple[syntax.Block, Module]:
    """The block with the names that its text may use, which are those of ops only."""
    file = _PARSED.get(op)
    if file is None:
        report = Report()
        source = SourceText(f"<{op.name}>", op.expansion or "")
        file = _PARSED[op] = run.program.parse(source, report)
        if report.failed:
            raise ValueError(
                f"the expansion of {op.name} is wrong: {report.diagnostics[0].message}"
            )
    module = module_of(run, file)
    block = module.own.pop(op.name, None) or next(
        one for one in file.definitions if isinstance(one, syntax.Block)
    )
    assert isinstance(block, syntax.Block)
    return block, module
