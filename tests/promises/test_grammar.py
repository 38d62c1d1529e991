"""The grammar is what lark reads, it has no conflicts, and what runs is made from it."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from lark import Lark
from lark.exceptions import GrammarError, UnexpectedInput
from lark.lexer import PatternStr
from lark.parsers.lalr_analysis import LALR_Analyzer

from archspec.diagnostics import Report
from archspec.frontends.dsl.generate import TABLES, load_grammar, render
from archspec.frontends.dsl.parser import parse
from archspec.frontends.dsl.tables import TERMINALS
from archspec.frontends.dsl.tokens import Tokens, tokenize
from archspec.source import SourceText

SPECS = sorted((Path(__file__).parents[2] / "specs").rglob("*.arch"))
GRAMMAR = load_grammar()


def analyze(grammar: Lark) -> None:
    """Raises on every conflict; outside of this mode lark takes the shift without a word."""
    LALR_Analyzer(grammar.parser.parser_conf, strict=True).compute_lalr()


def test_no_conflicts() -> None:
    analyze(GRAMMAR)


def test_the_analysis_sees_a_conflict() -> None:
    ambiguous = Lark('start: "a" start | "a" start "b" start | "c"', parser="lalr", lexer="basic")
    with pytest.raises(GrammarError, match="Shift/Reduce"):
        analyze(ambiguous)


def beginnings(pattern: str) -> set[str]:
    """The ASCII characters with which a match can begin."""
    compiled = re.compile(pattern)
    endings = ("", "0", '"', "a")
    return {c for c in map(chr, range(128)) if any(compiled.match(c + end) for end in endings)}


def test_no_two_terminals_collide() -> None:
    """The first character tells which pattern it is; words are names unless they are keywords."""
    patterns = [t for t in GRAMMAR.terminals if not isinstance(t.pattern, PatternStr)]
    literals = [t.pattern.value for t in GRAMMAR.terminals if isinstance(t.pattern, PatternStr)]
    name = next(t.pattern.value for t in patterns if t.name == "NAME")
    seen: dict[str, str] = {}
    for terminal in patterns:
        for character in beginnings(terminal.pattern.value):
            assert seen.setdefault(character, terminal.name) == terminal.name
    assert len(seen) > 60
    for literal in literals:
        assert re.fullmatch(name, literal) or literal[0] not in seen
    assert len(set(literals)) == len(literals)


def test_tables_are_fresh() -> None:
    """Else run `python -m archspec.frontends.dsl.generate`."""
    assert TABLES.read_text(encoding="utf-8") == render(GRAMMAR)


def read(text: str) -> tuple[Tokens, Report]:
    report = Report()
    source = SourceText("test", text)
    tokens = tokenize(source, report)
    if not report.failed:
        parse(source, report)
    return tokens, report


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_tokens_are_those_of_lark(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tokens, _ = read(text)
    wanted = [(t.start_pos, t.end_pos, t.type) for t in GRAMMAR.lex(text)]
    names = {t.name: str(t.pattern.value) for t in GRAMMAR.terminals}
    assert len(tokens.kinds) == len(wanted) + 1
    for index, (start, end, terminal) in enumerate(wanted):
        assert (tokens.starts[index], tokens.ends[index]) == (start, end)
        assert TERMINALS[tokens.kinds[index]] in (terminal, names[terminal])


def accepted_by_lark(text: str) -> bool:
    try:
        GRAMMAR.parse(text)
    except UnexpectedInput:
        return False
    return True


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_driver_accepts_what_lark_accepts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert accepted_by_lark(text)
    assert not read(text)[1].failed
    tokens, _ = read(text)
    source = random.Random(path.stem)
    verdicts = set()
    for _ in range(60):
        one, other = (source.randrange(len(tokens.kinds) - 1) for _ in range(2))
        start, end = tokens.starts[one], tokens.ends[one]
        changed = text[:start] + source.choice(["", tokens.text(other) + " "]) + text[end:]
        accepted = accepted_by_lark(changed)
        verdicts.add(accepted)
        assert read(changed)[1].failed is not accepted, changed[start - 40 : start + 40]
    assert verdicts == {True, False}
