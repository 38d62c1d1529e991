"""Every code has its rule, every rule is used, and its example shows it and nothing else."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import pytest

import archspec
from archspec.analyses.totals import TOTALS
from archspec.diagnostics import catalog
from archspec.diagnostics.explain import explain
from archspec.elaborate.names_body import EXPECTABLE

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT / "archspec", ROOT / "backends")

UNSHOWN = {
    "not-text",
    "unknown-backend",
    "backend-not-installed",
    "no-logits",
    "no-recipe",
    "not-lowerable",
    "weights-mismatch",
    "weights-unreadable",
}
"""Codes that no spec brings out by itself; their own tests do."""

KEBAB = re.compile(r"[a-z]+(-[a-z]+)+")


def used_codes() -> dict[str, str]:
    """Every code that the sources pass to a function or raise, with one of its places."""
    found: dict[str, str] = {}
    for folder in SOURCES:
        for file in folder.rglob("*.py"):
            if "catalog" in file.parts:
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    found |= {code: f"{file.name}:{node.lineno}" for code in _codes(node)}
    return found


def _codes(call: ast.Call) -> list[str]:
    """Words such as `shape-mismatch` among the first arguments, either side of a condition too."""
    constants = [
        node.value
        for argument in call.args[:3]
        for node in (
            [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
        )
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return [text for text in constants if KEBAB.fullmatch(text) or text in catalog.codes()]


def codes_of(spec: str, command: str, folder: Path) -> set[str]:
    """The codes that are reported for a spec, checked or as the command says."""
    (folder / "model.arch").write_text(spec)
    words = shlex.split(command)
    network = words[words.index("--network") + 1] if "--network" in words else None
    compilation = archspec.load(folder / "model.arch", network=network)
    if not words:
        return {one.code for one in compilation.check()}
    values = [words[place + 1] for place, word in enumerate(words) if word == "--set"]
    compilation.graph(overrides=values)
    return {one.code for one in compilation.diagnostics}


@pytest.mark.parametrize("code", sorted(set(catalog.codes()) - UNSHOWN))
def test_the_example_shows_the_code_and_the_fix_mends_it(code: str, tmp_path: Path) -> None:
    rule = catalog.find(code)
    assert rule is not None
    assert rule.code == code
    assert codes_of(rule.example, rule.command, tmp_path) == {code}
    assert codes_of(rule.fix, rule.fixed_command, tmp_path) == set()


@pytest.mark.parametrize("code", sorted(UNSHOWN))
def test_rules_that_no_spec_shows_say_which_command_does(code: str) -> None:
    rule = catalog.find(code)
    assert rule is not None
    assert rule.command
    assert rule.fixed_command


def test_every_code_in_the_sources_has_a_rule_and_every_rule_is_used() -> None:
    places = used_codes()
    assert {code: places[code] for code in places.keys() - set(catalog.codes())} == {}
    assert set(catalog.codes()) - places.keys() == set()


def test_explain_says_all_that_a_rule_holds() -> None:
    for code in catalog.codes():
        rule = catalog.find(code)
        text = explain(code)
        assert rule is not None
        assert text is not None
        assert rule.title in text
        assert rule.command in text
        assert all(line.strip() in text for line in (rule.example + rule.fix).splitlines())
    assert explain("no-such-code") is None


def test_what_expect_may_ask_for_is_what_the_analyses_compute() -> None:
    assert set(EXPECTABLE) == set(TOTALS)
