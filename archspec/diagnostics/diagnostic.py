"""A diagnostic is data: what is wrong, where, both facts, and what to do.

The words for people are in its fields; how they are laid out is a renderer's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from archspec.source import Span

Severity = Literal["error", "warning", "note"]


@dataclass(eq=False, slots=True)
class Label:
    """A second place that matters, with the fact that stands there."""

    span: Span
    text: str


@dataclass(eq=False, slots=True)
class Diagnostic:
    """One finding.

    `code` names a rule of the catalog, `message` says what is wrong in one line, `span` is the
    exact place and `label` the fact there; `labels` are further places with their facts,
    `trace` the path of blocks with their arguments (`resnet50 ▸ stage[0] ▸ bottleneck[0]
    (filters=64)`), and `help` what to do.
    """

    code: str
    message: str
    span: Span
    label: str = ""
    labels: tuple[Label, ...] = ()
    trace: str = ""
    help: str = ""
    severity: Severity = "error"
