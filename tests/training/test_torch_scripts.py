"""Training scripts for PyTorch: as a formatter and a linter want them, and resumed to the bit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))

from cases import TORCH, read
from settings import CASES

from archspec.training.data_file import data_file
from archspec_torch.execute import execute

BIN = Path(sys.executable).parent
HERE = Path(__file__).parent
RECIPES = HERE / "torch_recipes"
RULES = "I,UP,B,RUF,SIM,PTH,PT,C90"


def written(name: str, folder: Path) -> Path:
    """All files of a training."""
    graph, recipe = TORCH.compiled((RECIPES / f"{name}.arch").read_text(), folder)
    for file, text in (TORCH.script(graph, recipe) | {"data.py": data_file(recipe, graph)}).items():
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


def test_scripts_of_all_parts_are_formatted_and_linted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, settings in enumerate(CASES):
        text = TORCH.script(*TORCH.linear(settings, tmp_path))["train.py"]
        (tmp_path / f"case_{place}.py").write_text(text)
    for name in ("data.py", "linear.py"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    run(BIN / "ruff", "format", "--check", "--isolated", "--line-length", "100", ".")
    options = ("--isolated", "--line-length", "100", ".")
    run(BIN / "ruff", "check", "--extend-select", RULES, *options)


def test_a_short_recipe_gives_no_code_for_what_it_does_not_say(tmp_path: Path) -> None:
    text = written("short", tmp_path).read_text()
    for word in ("learning_rate(", "weight_decay", "lr_scheduler", "EarlyStopping", "best", "clip"):
        assert word not in text
    assert "torch.optim.SGD(self.network.parameters(), lr=LEARNING_RATE)" in text


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        ("clip: global_norm(1.0)", "clipping needs the gradients of whole ones"),
        ("weight_decay: decoupled(0.1, on=kernels)", "weight decay looks at their axes"),
        ("weight_decay: l2(0.1, on=all)", "the term of l2 sums over whole ones"),
    ],
)
def test_fsdp_is_refused_where_whole_weights_are_needed(
    setting: str, reason: str, tmp_path: Path
) -> None:
    settings = f"optimizer: sgd(learning_rate=0.1)\n{setting}"
    text = TORCH.script(*TORCH.linear(settings, tmp_path))["train.py"]
    assert f'parser.error("fsdp takes weights apart, and {reason}")' in text


def test_targets_that_data_does_not_have_are_refused(tmp_path: Path) -> None:
    text = (RECIPES / "auxiliary.arch").read_text()
    other = text.replace("categorical_crossentropy(output=helping", "hinge(output=helping")
    graph, recipe = read(
        other.replace("dense(7) -> softmax\n  output", "dense(7)\n  output"), tmp_path
    )
    (found,) = TORCH.refusals(graph, recipe)
    assert found.code == "not-lowerable"
    assert "takes the targets of the other output" in found.message


def test_scripts_run(tmp_path: Path) -> None:
    """Killed and resumed to the bit; with every kind of data; step by step as they are proven."""
    dry = ("auxiliary", "long", "places", "several", "short")
    mixed = {"brain": "bf16-mixed", "half": "16-mixed"}
    for name in ("resumed", "shared", *mixed, *dry):
        (tmp_path / name).mkdir()
        written(name, tmp_path / name)
    for name, precision in mixed.items():
        assert f'precision="{precision}"' in (tmp_path / name / "train.py").read_text()
    draw(tmp_path)
    first, expected = stepped(tmp_path / "shared")
    torch.save(first, tmp_path / "shared" / "first.pth")
    asked = ["killed=resumed", "plain=shared", *(f"dry={name}" for name in dry)]
    asked += [f"mixed={name}" for name in mixed]
    arguments = [one.replace("=", f"={tmp_path}/") for one in asked]
    told = run(sys.executable, HERE / "torch_driver.py", *arguments, OMP_NUM_THREADS="1")
    for one in asked:
        assert f"done {one.replace('=', ' ')}\n" in told, told[-3000:]
    found = torch.load(tmp_path / "shared" / "run" / "weights.pth")
    for key, wanted in expected.items():
        torch.testing.assert_close(found[key], wanted, rtol=1e-5, atol=1e-6)


def draw(folder: Path) -> None:
    """Data of the kinds that the recipes name."""
    random = np.random.default_rng(0)
    for file in ("a.npz", "b.npz"):
        np.savez(
            folder / "several" / file,
            image=random.normal(size=(64, 6, 6, 2)),
            numbers=random.normal(size=(64, 3)),
            kind=random.integers(0, 4, 64),
            flags=random.integers(0, 2, (64, 2)),
            loss=random.normal(size=(64, 1)),
        )
    shares = random.dirichlet(np.ones(3), (64, 8, 8))
    np.savez(folder / "places" / "a.npz", x=random.normal(size=(64, 8, 8, 3)), y=shares)
    for part in ("images", "val"):
        for kind in range(7):
            place = folder / "auxiliary" / part / f"kind_{kind}"
            place.mkdir(parents=True)
            picture = random.integers(0, 256, (20, 20, 3), dtype=np.uint8)
            Image.fromarray(picture).save(place / "one.png")


def stepped(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The weights of the network before and after all steps of its training."""
    graph, recipe = TORCH.compiled((RECIPES / "shared.arch").read_text(), folder)
    random = np.random.default_rng(1)
    steps = TORCH.training.steps(graph, recipe, "float32")
    steps.load({name: random.normal(0, 0.1, one.shape) for name, one in graph.weights.items()})
    native = steps.model.native
    first = {key: value.clone() for key, value in native.state_dict().items()}
    data = execute("data", (folder / "data.py").read_text())
    samples = data.load(None).train
    batches = samples.batches(0)
    for batch in batches:
        inputs, targets = samples.batch(batch, 0)
        steps.step({"x": inputs}, targets, len(batches))
    return first, native.state_dict()
