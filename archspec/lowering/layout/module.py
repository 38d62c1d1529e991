"""The layout of a whole module."""

from __future__ import annotations

import ast
import io
import tokenize

from archspec.lowering.layout.document import BestFit, Document
from archspec.lowering.layout.printer import lay_out
from archspec.lowering.layout.statement import statement

WIDTH = 100


def layout(text: str) -> str:
    """A module whose logical lines stand on one line each, with the long ones wrapped.

    What a formatter does with the length of lines and nothing else: quotes, spaces and blank
    lines are expected to be as they should.
    """
    lines = text.split("\n")
    found: list[str] = []
    position = 0
    for start, end in _long_lines(text):
        found += lines[position:start]
        found.append(_wrapped("\n".join(lines[start:end])))
        position = end
    return "\n".join(found + lines[position:])


def _long_lines(text: str) -> list[tuple[int, int]]:
    """First line and end of every logical line with code that is too long, counted from 0."""
    if all(len(line) <= WIDTH for line in text.split("\n")):
        return []
    found = []
    start = None
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NEWLINE:
            if start is not None and token.start[1] > WIDTH and start + 1 == token.start[0]:
                found.append((start, token.start[0]))
            start = None
        elif start is None and token.type not in _NO_CODE:
            start = token.start[0] - 1
    return found


_NO_CODE = (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING)


def _wrapped(line: str) -> str:
    code, comment = _split_comment(line)
    stripped = code.strip()
    indent = len(code) - len(code.lstrip())
    tree, source = _parsed(stripped)
    document = statement(tree, source)
    if document is None or (len(code) <= WIDTH and _is_plain(document)):
        return line
    before = "el" if stripped.startswith("elif ") else ""
    tail = f"  {comment}" if comment else ""
    return lay_out([before, document, tail], indent, WIDTH)


def _is_plain(document: Document) -> bool:
    """A name or a text as the value: it is not broken for the sake of a comment."""
    return isinstance(document, list) and isinstance(document[-1], BestFit)


def _split_comment(line: str) -> tuple[str, str]:
    tokens = tokenize.generate_tokens(io.StringIO(line.strip()).readline)
    offset = len(line) - len(line.lstrip())
    for token in tokens:
        if token.type == tokenize.COMMENT:
            return line[: offset + token.start[1]].rstrip(), token.string
    return line, ""


def _parsed(line: str) -> tuple[ast.stmt, str]:
    """The statement, and the source that its positions refer to."""
    source = line
    if line.startswith("elif "):
        source = line[2:]
    elif line.startswith("@"):
        source = f"{line}\nclass _: pass"
    if source.endswith(":"):
        source += " pass"
    return ast.parse(source).body[0], source
