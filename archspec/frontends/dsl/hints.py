"""What to do about a token that does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from archspec.frontends.dsl.brackets import CLOSING
from archspec.frontends.dsl.repairs import Misfit, Repair
from archspec.frontends.dsl.tables import END_OF_FILE, NAME, TERMINALS

_COMPARISONS = {"==", "!=", "<", "<=", ">", ">="}


def hint(misfit: Misfit, choices: Sequence[int], repair: Repair | None) -> str:
    """Advice for people, from what was found, what would fit, and how parsing goes on."""
    tokens, at = misfit.tokens, misfit.at
    found = TERMINALS[tokens.kinds[at]]
    before = TERMINALS[tokens.kinds[at - 1]] if at else ""
    fits = {TERMINALS[kind] for kind in choices}
    if repair and repair.insert and repair.skip == 2:
        return "chains are written with `->`"
    return (
        _misunderstanding(found, before, fits)
        or _beginning(found, fits)
        or (_from_repair(found, fits, repair) if repair else "")
        or _from_place(found, fits)
    )


def _misunderstanding(found: str, before: str, fits: set[str]) -> str:
    """Advice where the mistake is a habit from elsewhere."""
    if found in _COMPARISONS and "and" in fits:
        return "comparisons cannot be chained; write `a < b and b < c`"
    if found == "if" and {"and", ","} & fits:
        return "a choice is written `if condition then a else b`"
    if found == "//":
        return "comments begin with `#`"
    if before == "NAME" and fits == {":"}:
        return "a parameter states its type: `name: int = 3`"
    if found == "=" and before == "NAME" and ":" in fits:
        return "write `name: …` to name a layer, `let name = …` to name a number"
    if found == ":" and before == "NAME" and "->" in fits:
        return "a name stands before the whole chain: `name: conv(8, 3) -> relu`"
    if found == ":" and "{" in fits:
        return "bodies stand in braces: `{ … }`"
    if before == "->" and found not in ("NUMBER", "STRING"):
        return "write a layer after `->`, or remove the arrow"
    return ""


def _beginning(found: str, fits: set[str]) -> str:
    """Advice where a statement or step cannot begin so."""
    if found == "[" and "->" in fits:
        return "a shape is checked inside a chain: `-> [28, 28, 6]`"
    if found == "{" and {"NAME", "let"} <= fits:
        return "a group that begins a statement needs a label: `name: { … }`"
    if fits == {"STRING"}:
        return "write the name of the file in double quotes"
    if found == "each":
        return "`each` makes the branches of a join; repeat layers with `for`"
    return ""


def _from_repair(found: str, fits: set[str], repair: Repair) -> str:
    """Advice that says what the repair does."""
    inserted = [TERMINALS[kind] for kind in repair.insert]
    if not inserted:
        return "remove it" if repair.skip == 1 and found != "$END" else ""
    if repair.skip == 1 and repair.insert[0] == NAME:
        return "choose another name"
    if repair.skip:
        return f"write `{inserted[0]}`"
    if repair.insert[0] in CLOSING:
        return f"close it with `{''.join(inserted)}`"
    if inserted[0] in ("->", "|") and "|" in fits:
        return "a branch is one chain: go on with `->`, begin another with `|`, or write `{ … }`"
    if inserted[0] in ("NAME", "NUMBER"):
        return "something is left out here"
    return f"write `{inserted[0]}` between the two"


def _from_place(found: str, fits: set[str]) -> str:
    """Advice from what may stand here."""
    if "NUMBER" in fits:
        return "a value is left out here"
    if "each" in fits:
        return "a branch is one chain; where it needs several statements, write `{ … }`"
    if {"block", "network"} <= fits and "when" not in fits:
        return "layers stand inside a `network` or a `block`; a `}` above may end it too early"
    if TERMINALS[END_OF_FILE] == found:
        return "the text ends in the middle of something"
    if {"NAME", "let"} <= fits:
        return "a statement is a chain of layers, or begins with a word such as `let`"
    return ""
