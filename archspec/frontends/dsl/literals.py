"""Values of numbers and strings as written, with their limits."""

from __future__ import annotations

import math
import re

from archspec.diagnostics import Report
from archspec.source import Span, limits

_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.?)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
_DIGITS = math.ceil(limits.INTEGER_BITS / math.log2(10))


def number(span: Span, report: Report) -> int | float:
    """The value of a number; 0 after a diagnostic when it is too large to work with."""
    text = span.text
    if not text.isdigit():
        text = text.replace("_", "")
    if len(text) > 2 * _DIGITS:
        text = text.lstrip("0") or "0"
    if len(text) > 2 * _DIGITS:
        _too_large(span, report)
        return 0
    try:
        value: int | float = int(text) if text.isdigit() else float(text)
    except ValueError:  # a malformed number, reported where it was read
        return 0
    if value >= 2**limits.INTEGER_BITS if isinstance(value, int) else math.isinf(value):
        _too_large(span, report)
        return 0
    return value


def _too_large(span: Span, report: Report) -> None:
    report.add(
        "limit-exceeded",
        span,
        "this number is too large",
        help=f"integers have at most {limits.INTEGER_BITS} bits, other numbers those of a double",
    )


def text(span: Span, report: Report) -> str:
    """The value of a string in quotes, with its escapes resolved."""
    inside = span.text[1:]
    if inside.endswith(span.text[0]):
        inside = inside[:-1]
    if len(inside) > limits.STRING_LENGTH:
        message = f"this text has {len(inside):_} characters, more than {limits.STRING_LENGTH:_}"
        report.add("limit-exceeded", span, message, help="choose a shorter one")
        return ""
    if "\\" not in inside:
        return inside
    parts, position = [], 0
    for found in _ESCAPE.finditer(inside):
        parts += [inside[position : found.start()], _resolved(found, span, report)]
        position = found.end()
    return "".join([*parts, inside[position:]])


def _resolved(found: re.Match[str], span: Span, report: Report) -> str:
    escape = found.group(1)
    if escape in _ESCAPED:
        return _ESCAPED[escape]
    if len(escape) == 5:
        character = chr(int(escape[1:], 16))
        if not "\ud800" <= character <= "\udfff":
            return character
    start = span.start + 1 + found.start()
    report.add(
        "syntax-error",
        Span(span.source, start, start + len(found.group())),
        f"`{found.group()}` is not an escape",
        help='the escapes are `\\n`, `\\t`, `\\"`, `\\\\` and `\\u` with four hexadecimal digits',
    )
    return ""


def quoted(value: str) -> str:
    """A string as a spec writes it: the inverse of `text`."""
    escapes = {character: f"\\{name}" for name, character in _ESCAPED.items()}
    return '"' + "".join(escapes.get(c) or _plain(c) for c in value) + '"'


def _plain(character: str) -> str:
    if character.isprintable() or ord(character) > 0xFFFF:
        return character
    return f"\\u{ord(character):04x}"
