"""ExpansionCall: one call of an op that is made of smaller ops, as the block that it stands for."""

from __future__ import annotations

from archspec import syntax
from archspec.diagnostics import Report
from archspec.elaborate.definition_call import DefinitionCall
from archspec.elaborate.frame import Frame
from archspec.elaborate.module import Module, module_of
from archspec.elaborate.op_arguments import Sources, file_defaults
from archspec.elaborate.op_call import OpCall
from archspec.elaborate.run import Run
from archspec.elaborate.values import LOST, Values
from archspec.ops.op import Op
from archspec.source import SourceText

_PARSED: dict[Op, syntax.File] = {}
"""Texts of ops do not change, so each is parsed once per process."""


class ExpansionCall(DefinitionCall):
    """The block, behind the checks of the op itself: mistakes are told at the call."""

    __slots__ = ("call",)

    call: OpCall

    def apply(self, frame: Frame, value: Values, frames: tuple[Frame, ...]) -> Values:
        """Elaborate the block if the op accepts its attributes and inputs."""
        if self.call.examine(frame, value, frames) is None:
            return LOST
        return DefinitionCall.apply(self, frame, value, frames)


def expanded(call: OpCall, sources: Sources, frame: Frame) -> ExpansionCall:
    """The call of an op as a call of its block, with the defaults of the file."""
    block, home = _block(call.op, frame.run)
    names = [attribute.name for attribute in call.op.attributes]
    defaults = file_defaults(call.op, names, frame)
    presets = {name: (one, frame.module) for name, (one, _) in defaults.items()}
    found = ExpansionCall(block, home, sources, call.site, frame, presets)
    found.call = call
    return found


def _block(op: Op, run: Run) -> tuple[syntax.Block, Module]:
    """The block with the names that its text may use, which are those of ops only."""
    file = _PARSED.get(op)
    if file is None:
        report = Report()
        source = SourceText(f"<{op.name}>", op.expansion or "")
        file = _PARSED[op] = run.program.parse(source, report)
        if report.failed:
            message = report.diagnostics[0].message
            raise ValueError(f"the expansion of {op.name} is wrong: {message}")
    module = module_of(run, file)
    # The block has the name of the op, and its text means the op where it uses that name.
    module.own.pop(op.name, None)
    block = next(one for one in file.definitions if isinstance(one, syntax.Block))
    return block, module
