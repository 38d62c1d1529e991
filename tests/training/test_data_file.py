"""The generated data.py: readable, formatted, complete, and the same batches at any time."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import archspec
from archspec.ir import Graph
from archspec.recipes import Recipe
from archspec.training.data_file import data_file

sys.path.insert(0, str(Path(__file__).parent))

import parts
from parts import choice, module, recipe

LABELS = "network net {{ input image{} flatten -> dense({}) -> {} }}"
WARPS = (
    choice("augment", "rotation", degrees=40.0),
    choice("augment", "shift", height=0.2, width=0.25),
    choice("augment", "shear", angle=0.2),
    choice("augment", "zoom", amount=0.2),
)
CROP = choice("augment", "random_crop", height=24, width=24, padding=4, fill="constant", value=0.5)
FLIP = choice("augment", "flip", direction="horizontal")
RESIZE = choice("preprocess", "resize", height=28, width=28)
SCALE = choice("preprocess", "rescale", factor=1 / 255)
NORMAL = choice("preprocess", "normalize", mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225))


def network(shape: str = "[28, 28, 3]", units: int = 3, ending: str = "softmax") -> str:
    return LABELS.format(shape, units, ending)


TWO = """network net {
  input left[6, 5, 1]
  input right[6, 5, 1]
  a: from left -> flatten -> dense(3)
  b: from right -> flatten -> dense(3)
  joined: add(a, b)
  kind: from joined -> dense(4) -> softmax
  size: from joined -> dense(2)
  output kind, size
}"""

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "digits": (
        network("[8, 8, 1]", 10),
        {"data": choice("data", "digits"), "validation": 0.1},
    ),
    "digits, changed": (
        network("[24, 24, 1]", 10),
        {
            "data": choice("data", "digits"),
            "validation": 0.25,
            "preprocess": (RESIZE, choice("preprocess", "rescale", factor=1 / 16, offset=-0.5)),
            "augment": (*WARPS, FLIP, CROP),
            "accumulate": 4,
            "seed": 7,
        },
    ),
    "folder": (
        network(),
        {
            "data": choice("data", "folder", path="images"),
            "validation": 0.2,
            "preprocess": (RESIZE, SCALE, NORMAL),
        },
    ),
    "folder of its own for validation": (
        network("[24, 24, 1]", 1, "sigmoid"),
        {
            "loss": "binary_crossentropy",
            "data": choice("data", "folder", path="pairs", validation="pairs"),
            "preprocess": (RESIZE,),
            "augment": (WARPS[0], FLIP, WARPS[1], CROP),
        },
    ),
    "path from the command line": (network(), {"preprocess": (RESIZE,), "augment": (FLIP,)}),
    "arrays": (
        network("[6, 5, 1]", 4),
        {"data": choice("data", "arrays", path="grey.npz"), "validation": 0.5},
    ),
    "arrays of distributions": (
        network("[6, 5, 1]", 4),
        {
            "loss": "kl_divergence",
            "data": choice("data", "arrays", path="shares.npz"),
            "validation": 0.5,
        },
    ),
    "arrays of numbers": (
        "network net { input signal[7] dense(2) }",
        {
            "loss": "mean_squared_error",
            "data": choice("data", "arrays", path="numbers", inputs="signal", validation="numbers"),
        },
    ),
    "several": (
        TWO,
        {
            "losses": (
                choice("losses", "categorical_crossentropy", output="kind"),
                choice("losses", "mean_absolute_error", output="size"),
            ),
            "data": choice("data", "arrays", path="several.npz", validation="several.npz"),
            "augment": (WARPS[3], FLIP),
        },
    ),
}


def graph(text: str, folder: Path) -> Graph:
    found: Graph = parts.graph(text, folder)
    return found


def case(name: str, folder: Path) -> tuple[Recipe, Graph]:
    text, given = CASES[name]
    return recipe(**given), graph(text, folder)


def write_data(folder: Path) -> None:
    """All that the cases read."""
    random = np.random.default_rng(1)
    for number, kind in enumerate(("bee", "cat", "dog")):
        for place in ("images", "pairs") if number else ("images",):
            (folder / place / kind).mkdir(parents=True)
            for index in range(7):
                size = (30 + index, 20 + 3 * number, 3)
                pixels = random.integers(0, 256, size, np.uint8)
                Image.fromarray(pixels).save(folder / place / kind / f"{index}.png")
    grey = {"x": random.integers(0, 256, (40, 6, 5), np.uint8), "y": np.arange(40)[:, None] % 4}
    np.savez(folder / "grey.npz", **grey)
    shares = random.dirichlet(np.ones(4), 40).astype(np.float16)
    np.savez(folder / "shares.npz", **(grey | {"y": shares}))
    (folder / "numbers").mkdir()
    np.save(folder / "numbers" / "signal.npy", random.normal(size=(40, 7)))
    np.save(folder / "numbers" / "y.npy", random.normal(size=(40, 2)))
    left, right = random.normal(size=(2, 40, 6, 5, 1))
    kind, size = np.arange(40) % 4, random.normal(size=(40, 2))
    np.savez(folder / "several.npz", left=left, right=right, kind=kind, size=size)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write_data(folder)
    return folder


@pytest.mark.parametrize("name", CASES)
def test_batches(name: str, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shapes and kinds; the same bytes twice, in any order, by several workers."""
    monkeypatch.chdir(data)
    made, found = case(name, data)
    code = data_file(made, found)
    loaded = module(code).load(None if made.data is not None else "images")
    train = loaded.train
    batches = train.batches(3)
    assert len(batches) % made.accumulate == 0
    order = np.concatenate(batches)
    assert len(set(order.tolist())) == len(order) > len(train) - made.accumulate * made.batch_size
    assert not np.array_equal(order, np.concatenate(train.batches(4)))
    shapes = [tuple(value.shape) for value in found.inputs]
    first = [train.batch(batch, 3) for batch in batches]
    for (inputs, targets), batch in zip(first, batches, strict=True):
        several = inputs if isinstance(inputs, tuple) else (inputs,)
        assert [one.shape for one in several] == [(len(batch), *shape) for shape in shapes]
        assert {one.dtype.name for one in several} == {"float32"}
        for one in targets if isinstance(targets, tuple) else (targets,):
            assert one.dtype.name in ("int64", "float32")
            assert len(one) == len(batch)
    again = module(code).load(None if made.data is not None else "images").train
    with ThreadPoolExecutor(3) as workers:
        later = list(workers.map(lambda batch: again.batch(batch, 3), again.batches(3)[::-1]))
    for one, other in zip(first, later[::-1], strict=True):
        assert raw(one) == raw(other)
    if loaded.validation is not None:
        check_validation(loaded.validation)
    changed = raw(train.batch(batches[0], 5)) != raw(train.batch(batches[0], 3))
    assert changed == bool(made.augment)


def test_numbers_of_classes_and_certain_distributions_are_the_same(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(data)
    given = dict(np.load("grey.npz"))
    code = data_file(*case("arrays", data))
    train = module(code).load().train
    numbers = raw(train.batch(np.arange(9)))
    for kind in (np.float64, np.int32, bool):
        np.savez("grey.npz", x=given["x"], y=np.eye(4, dtype=kind)[given["y"][:, 0]])
        train = module(code).load().train
        assert raw(train.batch(np.arange(9))) == numbers
    np.savez("grey.npz", **given)
    assert train.batch(np.arange(9))[1].shape == (9, 4)
    shares = module(data_file(*case("arrays of distributions", data))).load().train
    _, rows = shares.batch(np.arange(len(shares)))
    np.testing.assert_allclose(rows.sum(axis=1), 1, rtol=1e-6)
    assert (abs(np.load("shares.npz")["y"].astype(np.float64).sum(axis=1) - 1) > 1e-5).any()


def check_validation(part: Any) -> None:
    """Validation samples come in their order, and are the same in every epoch."""
    order = np.concatenate(part.batches(3))
    np.testing.assert_array_equal(order, np.arange(len(part)))
    assert raw(part.batch(order, 0)) == raw(part.batch(order, 1))


def raw(arrays: Any) -> list[bytes]:
    """The bytes of arrays, and of those in tuples."""
    if isinstance(arrays, tuple):
        return [text for one in arrays for text in raw(one)]
    return [arrays.tobytes()]


def test_code_is_formatted_and_complete(tmp_path: Path) -> None:
    """Formatters and linters find nothing; no import of this project, nothing without a use."""
    for number, name in enumerate(CASES):
        code = data_file(*case(name, tmp_path))
        (tmp_path / f"data_{number}.py").write_text(code)
        assert "archspec" not in code
        tree = ast.parse(code)
        defined = {
            node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
        }
        used = Counter(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
        assert defined - set(used) == {"load"}, name
    ruff = [sys.executable, "-m", "ruff"]
    rules = ["--isolated", "--line-length=100", "--target-version=py311"]
    for command in (
        [*ruff, "format", "--diff", *rules, str(tmp_path)],
        [*ruff, "check", *rules, "--select=E,F,I,UP,B,RUF,SIM,PTH,C90", str(tmp_path)],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_pieces_come_with_their_decorators(tmp_path: Path) -> None:
    """Without its cache a resize computes the same shares for every image."""
    module(data_file(*case("folder", tmp_path))).shares.cache_clear()


def test_strange_names_stay_texts(tmp_path: Path) -> None:
    """A path from a spec cannot leave its quotes."""
    evil = 'a"\n\nimport os; os.abort()  # \\'
    made = recipe(data=choice("data", "folder", path=evil))
    code = data_file(made, graph(network(), tmp_path))
    found = module(code)
    assert found.load.__globals__["PATH"] == evil


def test_split_is_by_seed_and_leaves_nothing_out(data: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(data)
    text, given = CASES["arrays"]
    kept = {}
    for seed in (0, 1):
        code = data_file(recipe(**given, seed=seed), graph(text, data))
        loaded = module(code).load()
        rows = np.concatenate([loaded.train.rows, loaded.validation.rows])
        np.testing.assert_array_equal(np.sort(rows), np.arange(40))
        kept[seed] = loaded.validation.rows.tolist()
    assert kept[0] != kept[1]


SHIPPED = ("lenet5", "alexnet", "vgg16", "resnet50", "fashion_mnist_cnn", "cats_dogs_cnn")


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_recipes(name: str) -> None:
    compilation = archspec.load(name)
    found = compilation.training()
    assert found is not None, [one.message for one in compilation.diagnostics]
    loaded = module(data_file(found.recipe, found.graph))
    if found.recipe.data is None:
        with pytest.raises(loaded.DataError, match="say where the data are: --data PATH"):
            loaded.load()
    else:
        inputs, _ = loaded.load().train.batch(np.arange(3), 0)
        assert inputs.shape == (3, *found.graph.inputs[0].shape)
