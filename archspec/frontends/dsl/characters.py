"""Characters that begin no token: what is said about them, and how reading goes on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archspec.diagnostics import Report
from archspec.frontends.dsl.tables import KINDS, NAME, STRING
from archspec.source import SourceText, Span

if TYPE_CHECKING:
    from archspec.frontends.dsl.tokens import Tokens

_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\x85\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]|\\r(?!\\n)"
)
_ARROWS = "→⟶➔➜⇒"
_HELP = {
    ";": "statements need no separator; remove it",
    "&": "write `and`",
    "!": "write `not`, or `!=` between two values",
    "?": "write `if condition then a else b`",
    "^": "powers are written with `**`",
    "\u00d7": "write `*`",
    "\u2212": "write `-`",
    "\u2013": "write `-`",
    "\ufeff": "remove the byte order mark; it may stand at the start of a file only",
    "\xa0": "replace the no-break space by a plain one",
}


def check_invisible(source: SourceText, report: Report) -> None:
    """Refuse control characters, which make a text look different from what it says."""
    for found in _INVISIBLE.finditer(source.text):
        report.add(
            "syntax-error",
            Span(source, found.start(), found.end()),
            f"the character {_described(found.group())} does not belong in a spec",
            help="end lines with a line feed"
            if found.group() == "\r"
            else "remove it; only tabs and line ends are allowed beside printable characters",
        )
        if report.full:
            return


def end_of_number(source: SourceText, start: int, end: int, report: Report) -> int:
    """Where a number really ends; reports one that lacks a digit or is glued to letters."""
    following = source.text[end : end + 1]
    glued = following.isidentifier()
    if not glued and source.text[start] != ".":
        return end
    end = _word_end(source.text, end) if glued else end
    span = Span(source, start, end)
    report.add(
        "syntax-error",
        span,
        f"`{span.text}` is neither a number nor a name",
        help="numbers look like `61_706`, `0.5` or `5e-4`; names begin with a letter",
    )
    return end


def repair(tokens: Tokens, start: int, report: Report) -> int:
    """Report the character at `start`; the offset at which reading goes on."""
    source = tokens.source
    character = source.text[start]
    if character in "\"'":
        return _quote(tokens, start, report)
    if character.isidentifier():
        return _foreign_word(tokens, start, report)
    if character == "\ufeff" and start == 0:
        return 1
    if _INVISIBLE.match(source.text, start):
        return start + 1
    end = start + 1
    while source.text[end : end + 1] == character:
        end += 1
    span = Span(source, start, end)
    if character in _ARROWS:
        report.add(
            "syntax-error", span, f"`{character}` is not the arrow of a chain", help="write `->`"
        )
        tokens.add(KINDS["->"], start, end)
        return end
    report.add(
        "syntax-error",
        span,
        f"the character {_described(character)} has no meaning here",
        help=_HELP.get(character, "remove it; strings stand in double quotes, comments after `#`"),
    )
    return end


def _quote(tokens: Tokens, start: int, report: Report) -> int:
    """A string that is not one: in single quotes, not closed, or with control characters."""
    source = tokens.source
    quote = source.text[start]
    line_end = source.text.find("\n", start)
    line_end = len(source.text) if line_end < 0 else line_end
    end = source.text.find(quote, start + 1, line_end) + 1
    told = quote == '"' and end and _INVISIBLE.search(source.text, start, end)
    if quote == "'" and end:
        message, help = "strings stand in double quotes", 'write `"…"`'
    elif not told:
        message, help = "this string is not closed", f"close it with `{quote}` on the same line"
        end = max(start + 1, line_end)
    if not told:
        report.add("syntax-error", Span(source, start, end), message, help=help)
    tokens.add(STRING, start, end)
    return end


def _foreign_word(tokens: Tokens, start: int, report: Report) -> int:
    """A name with letters outside ASCII, whole, also where it began with ASCII letters."""
    source = tokens.source
    end = _word_end(source.text, start)
    if tokens.ends and tokens.ends[-1] == start and source.text[start - 1].isidentifier():
        start = tokens.starts.pop()
        tokens.kinds.pop()
        tokens.ends.pop()
    text = source.text[start:end]
    foreign = next(character for character in text if not character.isascii())
    report.add(
        "syntax-error",
        Span(source, start, end),
        f"`{text}` cannot be a name: {_described(foreign)} is not an ASCII letter",
        help="names are made of a-z, A-Z, 0-9 and _, so that look-alike letters cannot deceive",
    )
    tokens.add(NAME, start, end)
    return end


def _word_end(text: str, position: int) -> int:
    # Some characters that may begin a name, such as U+2118, count as no letters.
    while (one := text[position : position + 1]).isalnum() or one.isidentifier():
        position += 1
    return position


def _described(character: str) -> str:
    """`U+043E (cyrillic small letter o)`, or the character itself when it is plain."""
    if character.isascii() and character.isprintable():
        return f"`{character}`"
    import unicodedata

    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")
