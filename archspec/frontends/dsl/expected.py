"""Puts what a parser could take next into the words of people."""

from __future__ import annotations

from collections.abc import Iterable

from archspec.frontends.dsl.tables import END_OF_FILE, NAME, NUMBER, STRING, TERMINALS

_OPERATORS = {"+", "-", "*", "/", "//", "%", "**", "==", "!=", "<", "<=", ">", ">=", "and", "or"}
_AFTER_VALUE = _OPERATORS | {".", "[", "("}
_VALUE = set("([{-.") | {"not", "if", "true", "false", "input", "none", "NAME", "NUMBER", "STRING"}
_STEP = {"NAME", "if", "for", "repeat", "none", "{", "["}
_STATEMENT = _STEP | {"let", "layer", "input", "output", "expect", "load", "freeze", "from"}
_DEFINITION = {"use", "default", "let", "block", "network", "train"}
_WORDS = {text for text in TERMINALS if text.isalpha()}
_GROUPS: tuple[tuple[str, set[str], set[str]], ...] = (
    # What it is called, what tells it, what belongs to it.
    ("a value", {"NUMBER"}, _VALUE | _WORDS),
    ("a name", {"NAME", "block", "when", "then"}, _WORDS),
    ("a definition", {"block", "network"}, _DEFINITION),
    ("a statement", {"let", "repeat"}, _STATEMENT),
    ("a type", {"layer", "NAME"}, {"layer", "NAME", "("}),
    ("a layer", {"repeat", "NAME"}, _STEP),
)
_SHOWN = 4


def expected_words(kinds: Iterable[int], certain: str = "") -> str:
    """`a value, `,` or `)``: what fits, grouped, operators only where nothing else does.

    The text `certain` is told in any case.
    """
    texts = {TERMINALS[kind] for kind in kinds}
    words: list[str] = []
    for words_for, telling, group in _GROUPS:
        if telling <= texts:
            words.append(words_for)
            texts -= group
    if words:
        texts -= (_AFTER_VALUE - {certain}) | {"$END"}
    if "->" in texts:
        texts -= {",", ":", "through", "when", "{"} - {certain}
    rest = texts - (_AFTER_VALUE - {certain}) or texts
    words += sorted(map(_word, rest))
    if len(words) > _SHOWN:
        words = words[:_SHOWN]
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _word(text: str) -> str:
    names = {"NAME": "a name", "NUMBER": "a number", "STRING": "a string"}
    return names.get(text) or ("the end of the file" if text == "$END" else f"`{text}`")


def found_words(kind: int, text: str) -> str:
    """What stands there, in words."""
    if kind == END_OF_FILE:
        return "the end of the file"
    shown = text if len(text) <= 40 else f"{text[:37]}…"
    what = {NAME: "the name ", NUMBER: "the number ", STRING: "the string "}.get(kind, "")
    return f"{what}`{shown}`"
