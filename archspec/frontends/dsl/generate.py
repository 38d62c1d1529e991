"""Turns `grammar.lark` into `tables.json`: `python -m archspec.frontends.dsl.generate`.

lark defines the language and computes the LALR tables, once, when the grammar changes. What runs
at every start is `driver.py` over the tables, because importing lark costs more than parsing the
largest shipped spec ten times. JSON, because a module of this size is slow to compile where no
byte code may be written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lark import Lark
from lark.grammar import Rule
from lark.lexer import PatternStr
from lark.parsers.lalr_analysis import Shift

GRAMMAR = Path(__file__).with_name("grammar.lark")
TABLES = Path(__file__).with_name("tables.json")

Row = dict[int, int]


def load_grammar() -> Lark:
    """The grammar as lark reads it."""
    text = GRAMMAR.read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer="basic", start="file", maybe_placeholders=True)


def render(grammar: Lark) -> str:
    """The text of `tables.json`; the same for every run of lark, which numbers states anew."""
    patterns = {t.name: t.pattern for t in grammar.terminals}
    literals = {n: p.value for n, p in patterns.items() if isinstance(p, PatternStr)}
    names = ["$END", *(name for name in patterns if name not in grammar.ignore_tokens)]
    origins = list(dict.fromkeys(str(rule.origin.name) for rule in grammar.rules))
    symbols = {name: index for index, name in enumerate([*names, *origins])}
    rows, end = _states(grammar, symbols)
    sets: dict[tuple[int, ...], int] = {}
    states = [_packed(row, sets) for row in rows]
    parts = {
        "terminals": [str(literals.get(name, name)) for name in names],
        "patterns": {str(n): str(p.value) for n, p in patterns.items() if n not in literals},
        "nonterminals": origins,
        "end": end,
        "rules": [_rule(rule, symbols) for rule in grammar.rules],
        "sets": [list(keys) for keys in sets],
        "states": states,
    }
    return "{\n" + ",\n".join(f"{json.dumps(k)}: {_lines(v)}" for k, v in parts.items()) + "\n}\n"


def _lines(part: object) -> str:
    """JSON with one rule, set or state on each line, so that a change of the grammar reads well."""
    if isinstance(part, list) and isinstance(part[0], list):
        return "[\n" + ",\n".join(json.dumps(item, separators=(",", ":")) for item in part) + "\n]"
    return json.dumps(part)


def _packed(row: Row, sets: dict[tuple[int, ...], int]) -> list[Any]:
    """`[set, targets, set, ~rule, …]`: symbols with a target each, then lookaheads of each rule."""
    shifts = {symbol: target for symbol, target in row.items() if target >= 0}
    packed: list[Any] = [sets.setdefault(tuple(shifts), len(sets)), list(shifts.values())]
    for reduction in dict.fromkeys(target for target in row.values() if target < 0):
        keys = tuple(symbol for symbol, target in row.items() if target == reduction)
        packed += [sets.setdefault(keys, len(sets)), reduction]
    return packed


def _states(grammar: Lark, symbols: dict[str, int]) -> tuple[list[Row], int]:
    """The rows, numbered breadth first from the start (which is 0), and the end state."""
    parser: Any = grammar.parser
    table = parser.parser._parse_table
    rules = {rule: index for index, rule in enumerate(grammar.rules)}
    numbers = {table.start_states["file"]: 0}
    queue = list(numbers)
    rows: list[Row] = []
    for state in queue:
        row: Row = {}
        for name, (action, target) in sorted(table.states[state].items(), key=lambda x: str(x[0])):
            if action is not Shift:
                row[symbols[name]] = ~rules[target]
                continue
            if target not in numbers:
                numbers[target] = len(numbers)
                queue.append(target)
            row[symbols[name]] = numbers[target]
        rows.append(dict(sorted(row.items())))
    return rows, numbers[table.end_states["file"]]


def _rule(rule: Rule, symbols: dict[str, int]) -> list[Any]:
    """Origin, size, builder, positions of the children (None: absent), positions of lists.

    The builder is empty for a rule that hands its only child on and `list` for a list.
    """
    recipe = list(_recipe(rule))
    lists = list(_lists(rule))
    builder = str(rule.alias or rule.origin.name)
    if rule.origin.name.startswith("_"):
        builder = "list"
    elif rule.options.expand1 and not rule.alias and len(recipe) == 1 and not lists:
        builder = ""
    return [symbols[rule.origin.name], len(rule.expansion), builder, recipe, lists]


def _lists(rule: Rule) -> Iterator[int]:
    for position, symbol in enumerate(rule.expansion):
        if not symbol.is_term and symbol.name.startswith("_"):
            yield position


def _recipe(rule: Rule) -> Iterable[int | None]:
    """Where each child stands in the expansion; None for an absent `[part]`, as lark counts."""
    position = 0
    for absent in rule.options.empty_indices or (False,) * len(rule.expansion):
        if absent:
            yield None
            continue
        symbol: Any = rule.expansion[position]
        if rule.options.keep_all_tokens or not (symbol.is_term and symbol.filter_out):
            yield position
        position += 1


if __name__ == "__main__":
    TABLES.write_text(render(load_grammar()), encoding="utf-8")
