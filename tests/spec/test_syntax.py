"""What texts become: a heading, the text, and its tree with the place of every node.

Where a text has mistakes, a block `errors` stands there instead: place, message, further places,
help. Run with `ARCHSPEC_REGENERATE=1` to write what comes out now; then read the change.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archspec.diagnostics import Diagnostic, Report
from archspec.frontends.dsl.parser import parse
from archspec.source import SourceText, Span
from archspec.syntax import Node

FILE = Path(__file__).with_name("syntax.md")
CASE = re.compile(
    r"^## (.+?)\n\n```arch\n(.*?)^```\n\n```(tree|errors)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
CASES = {
    title: (text, kind, wanted) for title, text, kind, wanted in CASE.findall(FILE.read_text())
}


def place(span: Span) -> str:
    line, column = span.source.position(span.start)
    last, end = span.source.position(span.end)
    return f"{line}:{column}-{end}" if line == last else f"{line}:{column}-{last}:{end}"


def outline(node: Node, role: str = "", depth: int = 0) -> Iterator[str]:
    facts, below = [], []
    for name, value in vars(node).items():
        if isinstance(value, Node):
            below.append((f"{name}: ", value))
        elif isinstance(value, tuple) and value and isinstance(value[0], Node | None):
            below += [(f"{name}: ", item) for item in value]
        elif isinstance(value, Span):
            facts += [f"@{value.text}"] * (name == "name_span")
        elif value not in (None, ()):
            facts.append(f"{name}={value!r}")
    yield " ".join(["  " * depth + role + type(node).__name__, *facts, place(node.span)])
    for name, item in below:
        if item is None:
            yield "  " * (depth + 1) + name + "any"
        else:
            yield from outline(item, name, depth + 1)


def told(found: Diagnostic) -> Iterator[str]:
    yield f"{place(found.span)} {found.message}" + (f" ({found.label})" if found.label else "")
    for label in found.labels:
        yield f"  {place(label.span)} {label.text}"
    if found.help:
        yield f"  help: {found.help}"


def found(text: str) -> tuple[str, str]:
    report = Report()
    file = parse(SourceText("test", text), report)
    if not report.diagnostics:
        return "tree", "\n".join(outline(file)) + "\n"
    assert {one.code for one in report.diagnostics} <= {"syntax-error", "limit-exceeded"}
    ordered = sorted(report.diagnostics, key=lambda one: one.span.start)
    return "errors", "".join(f"{line}\n" for one in ordered for line in told(one))


@pytest.mark.parametrize("title", CASES)
def test_syntax(title: str) -> None:
    text, kind, wanted = CASES[title]
    now = found(text)
    if os.environ.get("ARCHSPEC_REGENERATE"):
        whole = FILE.read_text()
        before = f"## {title}\n\n```arch\n{text}```\n\n"
        old, new = (f"{before}```{k}\n{w}```" for k, w in ((kind, wanted), now))
        assert whole.count(old) == 1
        FILE.write_text(whole.replace(old, new))
        return
    assert now == (kind, wanted)


def test_line_ends_of_windows_and_a_byte_order_mark() -> None:
    kind, tree = found("\ufeffblock a {\r\n  # note\r\n  relu\r\n}\r\n")
    assert kind == "tree"
    assert "LayerCall name='relu' @relu 3:3-7" in tree
    assert "Comment text='# note' 2:3-9" in tree


@pytest.mark.parametrize(
    ("character", "words"),
    [
        ("\r", "U+000D"),
        ("\x07", "U+0007"),
        ("\0", "U+0000"),
        ("\u202e", "U+202E (right-to-left override)"),
        ("\u2028", "U+2028 (line separator)"),
    ],
)
def test_no_character_makes_a_text_look_different_from_what_it_says(
    character: str, words: str
) -> None:
    for text in (f"# a comment{character} \n", f'let a = "b{character}"', f"let a = b{character}"):
        kind, told = found(text)
        assert kind == "errors"
        assert told.startswith(f"1:{text.index(character) + 1}-")
        assert f"the character {words} does not belong in a spec" in told
