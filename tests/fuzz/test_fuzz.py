"""A slice of `make fuzz`, the same every time, and all inputs that were found by it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from archspec.elaborate.budget import Budget
from archspec.source import limits

sys.path.insert(0, str(Path(__file__).parent))

from examine import examine  # the folder is no package
from mutate import KINDS, corpus_files, made

CORPUS = [path for path in corpus_files("*.*") if path.suffix in (".arch", ".json")]


@pytest.fixture
def spent(monkeypatch: pytest.MonkeyPatch) -> list[Budget]:
    """The budgets of all networks that are elaborated: what they cost, without a clock."""
    found: list[Budget] = []
    real = Budget.begin

    def begin(self: Budget, definitions: int) -> None:
        found.append(self)
        real(self, definitions)

    monkeypatch.setattr(Budget, "begin", begin)
    return found


@pytest.mark.parametrize("start", range(0, 800, 100))
def test_hostile_texts_are_answered_in_words(
    start: int, tmp_path: Path, spent: list[Budget]
) -> None:
    for number in range(start, start + 100):
        kind, text = made(7, number)
        outcome = examine(kind, text, tmp_path)
        assert not outcome.trouble, f"{kind} 7/{number}: {outcome.trouble}"
    assert all(one.layers <= limits.LAYERS + 1 for one in spent)
    assert all(one.scopes <= limits.SCOPES + 1 for one in spent)
    assert all(one.steps <= limits.EVALUATION_STEPS + limits.LIST_ITEMS for one in spent)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_what_was_found_once(path: Path, tmp_path: Path) -> None:
    assert not examine(path.suffix[1:], path.read_bytes(), tmp_path).trouble


def test_the_same_seed_makes_the_same_texts() -> None:
    texts = [made(7, number) for number in range(60)]
    assert texts == [made(7, number) for number in range(60)]
    assert {kind for kind, _ in texts} == {kind for kind, _, _ in KINDS}
