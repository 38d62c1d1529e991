"""Training scripts for PyTorch: as a formatter and a linter want them, and resumed to the bit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from torch_cases import compiled, script

from archspec.training.data_file import data_file

BIN = Path(sys.executable).parent
HERE = Path(__file__).parent
RECIPES = HERE / "torch_recipes"
RULES = "I,UP,B,RUF,SIM,PTH,PT,C90"


def written(name: str, folder: Path) -> Path:
    """All files of a training."""
    graph, recipe = compiled((RECIPES / f"{name}.arch").read_text(), folder)
    for file, text in (script(graph, recipe) | {"data.py": data_file(recipe, graph)}).items():
        (folder / file).write_text(text)
    return folder / "train.py"


def run(*command: str | Path, **environment: str) -> str:
    made = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **environment}
    )
    assert made.returncode == 0, made.stdout[-3000:] + made.stderr[-3000:]
    return made.stdout


@pytest.mark.parametrize("name", [file.stem for file in sorted(RECIPES.iterdir())])
def test_scripts_are_formatted_and_linted(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile(written(name, tmp_path).read_text(), "train.py", "exec")
    # Where a file lies beside others, the linter knows that these are no libraries.
    monkeypatch.chdir(tmp_path)
    options = ("--isolated", "--line-length", "100", "train.py")
    run(BIN / "ruff", "format", "--check", *options)
    run(BIN / "ruff", "check", "--extend-select", RULES, *options)


def test_a_short_recipe_gives_no_code_for_what_it_does_not_say(tmp_path: Path) -> None:
    text = written("short", tmp_path).read_text()
    for word in ("learning_rate(", "weight_decay", "lr_scheduler", "EarlyStopping", "best", "clip"):
        assert word not in text
    assert "torch.optim.SGD(self.network.parameters(), lr=LEARNING_RATE)" in text


def test_killed_trainings_are_resumed_to_the_bit(tmp_path: Path) -> None:
    written("resumed", tmp_path)
    driver = HERE / "torch_driver.py"
    assert "as one" in run(sys.executable, driver, tmp_path, OMP_NUM_THREADS="1")
