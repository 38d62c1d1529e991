"""Every limit of `archspec.source.limits` is kept, and says so with its own words."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest

import archspec
from archspec.diagnostics.suggest import nearest
from archspec.elaborate.budget import Budget
from archspec.source import limits


def net(body: str, before: str = "") -> str:
    return f"{before}\nnetwork net {{\n  input image[8, 8, 3]\n{body}\n}}\n"


def many(count: int, text: str, between: str = "") -> str:
    return between.join(text.format(number) for number in range(count))


TEXTS = {
    "FILE_BYTES": (" " * (limits.FILE_BYTES + 1), "is larger than 1_000_000 bytes"),
    "TOKENS": (net("relu\n" * limits.TOKENS), "more than 125_000 words and signs"),
    "PARTS_OF_TREE": (net("relu\n" * 60_000), "more than 200_000 parts"),
    "DEFINITIONS": (net("relu") + many(500, "block b{} {{ relu }}\n"), "more than 500 definitions"),
    "PARTS": (net(f"conv({many(201, '{}', ', ')})"), "201 parts stand in one place"),
    "NESTING": (net(f"dense({'(' * 100}8{')' * 100})"), "nested more than 100 levels deep"),
    "NAME_LENGTH": (net(f"{'a' * 201}: relu"), "this name has 201 characters"),
    "STRING_LENGTH": (f'use a from "{"a" * 1001}"', "this text has 1_001 characters"),
    "EVALUATION_STEPS": (
        net("let n = sum([sum(range(20_000)) for i in range(30)])\nconv(n, 1)"),
        "more than 400_000 steps of evaluation",
    ),
    "LAYERS": (net("repeat 25_001 { relu }"), "more than 25_000 layers"),
    "SCOPES": (net("repeat 30_001 { none }"), "more than 30_000 rounds, calls and branches"),
    "LIST_ITEMS": (net("conv(len(range(20_001)), 1)"), "at most 20_000 items"),
    "INTEGER_BITS": (net("conv(10 ** 10 ** 10, 1)"), "more than 256 binary digits"),
    "TENSOR_ELEMENTS": (net("conv(2 ** 60, 1)"), "more numbers than any machine holds"),
}

MORE = {
    "parameters": (
        net("relu", f"block b({many(201, 'a{}: int = 1', ', ')}) {{ relu }}"),
        "201 parts",
    ),
    "outputs": (net("relu\n" + "output image\n" * 201), "parts stand in one place"),
    "outputs in a loop": (
        net("for i in range(201) { a: relu }\nfor i in range(201) { output a[i] }"),
        "at most 200 outputs",
    ),
    "names of use": (f'use {many(201, "a{}", ", ")} from "b.arch"', "201 parts"),
    "braces": (net("{" * 100 + "relu" + "}" * 100), "nested more than 100 levels deep"),
    "list written out": (
        net(f"conv(len([{many(20_001, '{}', ', ')}]), 1)"),
        "a list has at most 20_000 items",
    ),
    "operators": (net(f"conv({'1 + ' * 101}1, 1)"), "chains operators more than 100 levels deep"),
    "literal integer": (net(f"conv({'9' * 80}, 1)"), "this number is too large"),
    "weights": (net("flatten -> dense(2 ** 57)"), "more numbers than any machine holds"),
    "steps without layers": (
        net("repeat 29_000 { none -> none -> none -> none }"),
        "more than 400_000 steps of evaluation",
    ),
    "sizes not met before": (
        net("concat { each i in range(19_000) { conv(i + 1, 1) } }"),
        "more than 400_000 steps of evaluation",
    ),
    "expression in a loop": (
        net(f"let a = [{' + '.join(['i * i'] * 40)} for i in range(20_000)]\nconv(len(a), 1)"),
        "more than 400_000 steps of evaluation",
    ),
}


def found(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "net.arch"
    path.write_text(text)
    return [f"{one.code}: {one.message}" for one in archspec.load(path).check()]


@pytest.mark.parametrize("name", [*TEXTS, *MORE])
def test_each_limit_has_its_words(name: str, tmp_path: Path) -> None:
    text, words = (TEXTS | MORE)[name]
    told = found(tmp_path, text)
    assert any(one.startswith("limit-exceeded") and words in one for one in told), told


def test_no_limit_is_without_a_test() -> None:
    # Files are counted in test_files; the others bound what is told, see below.
    elsewhere = {"FILES", "DIAGNOSTICS", "REPEATED"}
    named = {name for name in vars(limits) if name.isupper() and not name.startswith("SUGGESTED_")}
    assert named == {*TEXTS, *elsewhere}


def test_blocks_in_blocks(tmp_path: Path) -> None:
    blocks = [f"block b{number + 1} {{ b{number} }}\n" for number in range(100)]
    chain = "block b0 { relu }\n" + "".join(blocks)
    assert "nested more than 100 levels deep" in found(tmp_path, net("b100", chain))[0]


def test_findings_are_limited_and_warnings_hide_no_error(tmp_path: Path) -> None:
    told = found(tmp_path, net(many(150, "nothing{}\n")))
    assert len(told) == limits.DIAGNOSTICS
    warned = many(150, "block b{0}(unused: int = 1) {{ relu }}\n")
    told = found(tmp_path, net("relu\nexpect layers == 2", warned))
    assert len(told) == limits.DIAGNOSTICS + 1
    assert sum(one.startswith("expect-failed") for one in told) == 1


@pytest.mark.parametrize(
    "mistake", ["conv(3, 1, bias=nothing)", "conv(nothing, 1)", "conv(3, 1, padding=nothing)"]
)
def test_a_mistake_in_a_loop_is_told_once_and_not_looked_at_for_ever(
    mistake: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    budgets: list[Budget] = []
    real = Budget.begin

    def begin(self: Budget, definitions: int) -> None:
        budgets.append(self)
        real(self, definitions)

    monkeypatch.setattr(Budget, "begin", begin)
    path = tmp_path / "net.arch"
    path.write_text(net(f"repeat 24_000 {{ {mistake} }}"))
    compilation = archspec.load(path)
    assert [one.code for one in compilation.check()] == ["unknown-name"]
    assert compilation.report.truncated
    (budget,) = budgets
    assert budget.repeated == limits.REPEATED + 1
    assert budget.steps < limits.EVALUATION_STEPS


def test_an_unknown_name_is_compared_with_little(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = []
    real = difflib.get_close_matches

    def matches(name: str, names: list[str], **more: Any) -> list[str]:
        pairs.append(sum(len(name) * len(one) for one in names))
        return real(name, names, **more)

    monkeypatch.setattr(difflib, "get_close_matches", matches)
    for length in (3, 12, 40, 95):
        known = ["a" * length + f"{number:04}" for number in range(3000)]
        assert nearest("a" * length + "170x", known) in known[1700:1800]
    assert nearest("a" * 101, ["a" * 100]) is None
    assert len(pairs) == 4
    assert max(pairs) < 2 * limits.SUGGESTED_EFFORT


def test_the_networks_of_a_file_share_what_a_check_may_cost(tmp_path: Path) -> None:
    one = "network n{} {{ input x[8] repeat 9_000 {{ relu }} }}\n"
    told = found(tmp_path, many(4, one))
    assert [text.split(":")[0] for text in told] == ["limit-exceeded"] * 2
    assert "`n3` was not checked" in told[1]
    path = tmp_path / "net.arch"
    path.write_text(many(4, one))
    assert not archspec.load(path, network="n3").check()


def test_files_share_what_a_text_may_have(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"b{number}.arch").write_text(f"block b{number} {{\n" + "relu\n" * 45_000 + "}")
    uses = many(3, 'use b{0} from "b{0}.arch"\n')
    told = found(tmp_path, uses + net("b0\nb1\nb2"))
    assert any("125_000 words and signs, all its files together" in one for one in told), told


def test_a_network_of_20_000_layers_fits(tmp_path: Path) -> None:
    assert not found(tmp_path, net("  conv(8, 3, padding=same) -> relu\n" * 10_000))
    unit = "block unit { add { | identity | conv(3, 3, padding=same) -> relu } }\n"
    nested = "for i in range(200) {\n stage: { repeat 25 { unit } }\n }"
    assert not found(tmp_path, net(nested, unit))
