"""Any file, byte for byte: a diagnostic and exit 1 or 2, never a traceback."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archspec.cli.main import main

SPECS = sorted((Path(__file__).parents[2] / "specs").rglob("*.arch"))
QUICK = settings(
    derandomize=True,
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
TOKENS = [
    *("network", "block", "{", "}", "(", ")", "[", "]", "->", "|", ":", ",", "=", "if", "else"),
    *("for", "in", "repeat", "each", "let", "layer", "input", "output", "from", "use", "expect"),
    *("conv", "add", "concat", "relu", "x", "1", "2.5", '"s"', "#", "##", "\n", " ", "through"),
    *("then", "when", "training", "default", "**", "//", "-", "true", "none", ".channels", "train"),
]


def check(path: Path, capsys: pytest.CaptureFixture[str]) -> int:
    code = main(["check", str(path)])
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    assert code in (0, 1, 2)
    if code:
        assert "error[" in said.out + said.err
    return code


@QUICK
@given(data=st.binary(max_size=200))
def test_random_bytes(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "any.arch"
    path.write_bytes(data)
    check(path, capsys)


@QUICK
@given(words=st.lists(st.sampled_from(TOKENS), max_size=40))
def test_random_tokens(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "any.arch"
    path.write_text(" ".join(words))
    check(path, capsys)


@pytest.mark.parametrize("seed", range(6))
def test_mutated_specs(seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = random.Random(seed)
    path = tmp_path / "any.arch"
    for spec in SPECS:
        text = spec.read_text()
        for _ in range(6):
            start = source.randrange(len(text))
            end = min(len(text), start + source.choice((0, 1, 3, 20)))
            word = source.choice([*TOKENS, ""])
            path.write_text(text[:start] + word + text[end:])
            check(path, capsys)


@pytest.mark.parametrize(
    "text",
    [
        "network a() { input x[" + "9" * 400 + "] relu }",
        "network a() { input x[8] dense(10 ** 10 ** 10) }",
        "network a() { input x[8] " + "{" * 5000 + "relu" + "}" * 5000 + " }",
        "let x = " + "(" * 5000 + "1" + ")" * 5000,
        "let x = " + "-" * 20000 + "1",
        "let x = " + "1 + " * 20000 + "1",
        "network a() { input x[8] repeat 1000000000 { relu } }",
        "network a() { input x[8] for i in range(10 ** 12) { relu } }",
        "let f(n: int) = f(n)\nnetwork a() { input x[8] dense(f(1)) }",
        "block a() { b } block b() { a } network n() { input x[8] a }",
        "network a() { input x[1_000_000_000_000, 1_000_000_000_000, 8] conv(3, 1) }",
        "network a() { input x[4] dense([j for j in range(100000) for k in range(3)][0]) }",
        "\ufeffnetwork a() { input x[8] relu }",
        "network a() {\r\n  input x[8]\r\n  relu\r\n}\r\n",
    ],
    ids=range(14),
)
def test_texts_that_ask_for_too_much(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "any.arch"
    path.write_text(text, encoding="utf-8")
    check(path, capsys)


def test_what_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder.arch").mkdir()
    assert check(tmp_path / "folder.arch", capsys) == 2
    assert check(tmp_path / "missing.arch", capsys) == 2
    (tmp_path / "nul.arch").write_bytes(b"network\0")
    assert check(tmp_path / "nul.arch", capsys) in (1, 2)
