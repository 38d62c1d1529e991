"""Text of a spec as it may stand in generated code."""

from __future__ import annotations

import textwrap

WIDTH = 100


def docstring(text: str, indent: str = "") -> str:
    """A docstring statement with the text, wrapped, at this indentation.

    >>> print(docstring('Says "hi"'))
    \"\"\"Says "hi" \"\"\"
    """
    lines = [line for part in _paragraphs(text) for line in [*_wrapped(part, indent), ""]][:-1]
    if not lines:
        return ""
    lines = [_escaped(line) for line in lines]
    # A quote at the end must not run into those that close the docstring.
    end = " " if lines[0].endswith('"') else ""
    if len(lines) == 1 and len(indent) + len(lines[0] + end) + 6 <= WIDTH:
        return f'{indent}"""{lines[0]}{end}"""'
    inner = [indent + line if line else "" for line in lines[1:]]
    return "\n".join([f'{indent}"""{lines[0]}', *inner, f'{indent}"""'])


def comment(text: str, indent: str = "") -> str:
    """Comment lines with the text, wrapped."""
    lines = textwrap.wrap(_printable(" ".join(text.split())), WIDTH - len(indent) - 2)
    return "\n".join(f"{indent}# {line}" for line in lines)


def _paragraphs(text: str) -> list[str]:
    parts = "\n".join(line.strip() for line in text.strip().splitlines()).split("\n\n")
    return [" ".join(part.split()) for part in parts if part.strip()]


def _wrapped(text: str, indent: str) -> list[str]:
    room = WIDTH - len(indent) - 6
    return textwrap.wrap(_printable(text), room, break_on_hyphens=False)


def _printable(text: str) -> str:
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
