"""Evaluating and predicting: what networks answer that do not end in probabilities, and images."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))

import parts

import archspec
from archspec.compiler import Compilation
from archspec.lowering.backend import Outcome
from archspec.training.evaluate import evaluate
from archspec.training.predict import predict
from archspec.training.source import Unusable, with_data

TRAIN = "train net {{ optimizer: sgd(learning_rate=0.1) epochs: 1 batch_size: 4\n{}\n}}"


def compiled(network: str, train: str, folder: Path) -> Compilation:
    path = folder / "net.arch"
    path.write_text(f"network net {{\n{network}\n}}\n{TRAIN.format(train)}")
    found = archspec.load(path)
    assert found.check() == (), [one.message for one in found.diagnostics]
    return found


class Passing:
    """A model whose outputs are its inputs."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names

    def run(self, inputs: dict[str, Any]) -> Outcome:
        (given,) = inputs.values()
        return Outcome(dict.fromkeys(self.names, given), {}, {}, {})


class Rows:
    """Samples and targets in two batches."""

    def __init__(self, samples: Any, targets: Any) -> None:
        self.samples, self.targets = np.asarray(samples), targets

    def batches(self, epoch: int) -> list[Any]:
        return np.array_split(np.arange(len(self.samples)), 2)

    def batch(self, rows: Any, epoch: int) -> Any:
        several = isinstance(self.targets, tuple)
        wanted = tuple(one[rows] for one in self.targets) if several else self.targets[rows]
        return self.samples[rows], wanted


def measured(network: str, train: str, folder: Path, samples: Any, targets: Any) -> Any:
    made = compiled(network, train, folder).training()
    assert made is not None
    model: Any = Passing(made.graph.output_names)
    return evaluate(made.graph, made.recipe, model, Rows(samples, targets), [])


def test_answers_without_probabilities_are_judged_as_in_training(tmp_path: Path) -> None:
    samples = [[0.2], [-0.1], [0.3], [0.7]]
    targets = np.array([[1.0], [0.0], [1.0], [0.0]])
    train = "loss: hinge  metrics: [accuracy, mean_absolute_error]"
    found = measured("input x[1]  dense(1)", train, tmp_path, samples, targets)
    assert found.metrics["accuracy"] == 0.75
    assert found.confusion.tolist() == [[1, 1], [0, 2]]
    assert found.metrics["mean_absolute_error"] == pytest.approx((0.8 + 0.1 + 0.7 + 0.7) / 4)
    train = "loss: binary_crossentropy(logits=true)  metrics: [recall, mean_squared_error]"
    found = measured("input x[1]  dense(1)", train, tmp_path, samples, targets)
    assert found.metrics["recall"] == 1.0
    answers = 1 / (1 + np.exp(-np.array(samples)))
    assert found.metrics["mean_squared_error"] == pytest.approx(((answers - targets) ** 2).mean())


def test_networks_with_several_outputs_are_evaluated(tmp_path: Path) -> None:
    network = "input x[3]\nbody: dense(3)\na: from body -> softmax\nb: from body\noutput a, b"
    train = "loss: [categorical_crossentropy(output=a), mean_squared_error(output=b)]\n"
    train += "metrics: [accuracy(output=a), mean_squared_error(output=b)]"
    samples = np.eye(3)[[0, 1, 2, 2]]
    targets = np.array([0, 1, 2, 1]), samples + 2.0
    found = measured(network, train, tmp_path, samples, targets)
    assert found.metrics == {"a_accuracy": 0.75, "b_mean_squared_error": 4.0}
    assert found.confusion.tolist() == [[1, 0, 0], [0, 1, 1], [0, 0, 1]]


def test_the_class_of_a_distribution_is_its_most_probable(tmp_path: Path) -> None:
    train = "loss: kl_divergence  metrics: [accuracy, top_k(2), auc, f1, mean_squared_error]"
    network = "input x[3]  dense(3) -> softmax"
    samples = np.array([[0.7, 0.2, 0.1], [0.4, 0.5, 0.1], [0.1, 0.6, 0.3], [0.8, 0.1, 0.1]])
    targets = np.array([[0.6, 0.0, 0.4], [0.4, 0.3, 0.3], [0.2, 0.8, 0.0], [0.3, 0.2, 0.5]])
    found = measured(network, train, tmp_path, samples, targets)
    classes = measured(network, train, tmp_path, samples, np.array([0, 0, 1, 2]))
    assert found.confusion.tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 0]]
    assert found.confusion.tolist() == classes.confusion.tolist()
    error = found.metrics.pop("mean_squared_error")
    assert error == pytest.approx(((samples - targets) ** 2).mean())
    assert error < classes.metrics.pop("mean_squared_error")
    assert found.metrics == classes.metrics
    assert found.metrics["accuracy"] == 0.5


def test_pictures_are_read_and_prepared_as_in_training(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    picture = Image.fromarray(random.integers(0, 256, (30, 40, 3), np.uint8)).quantize(20)
    picture.info["transparency"] = 3
    for kind in ("a", "b"):
        (tmp_path / "images" / kind).mkdir(parents=True)
        picture.save(tmp_path / "images" / kind / "one.png", transparency=3)
    network = "input x[9, 8, 4]  global_avg_pool -> dense(2) -> softmax"
    train = """data: folder("images")  loss: categorical_crossentropy
        preprocess: [resize(12, 10), rescale(1 / 255)]
        augment: [random_crop(9, 8), flip(vertical)]"""
    made = compiled(network, train, tmp_path).training()
    assert made is not None
    data = parts.module(archspec.training.data_file.data_file(made.recipe, made.graph))
    part = data.load(str(tmp_path / "images")).train
    part.training = False
    wanted, _ = part.batch(np.arange(1), 0)
    seen = []

    class Seeing(Passing):
        def run(self, inputs: dict[str, Any]) -> Outcome:
            seen.extend(inputs.values())
            return Outcome({name: np.zeros((1, 2)) for name in self.names}, {}, {}, {})

    model: Any = Seeing(made.graph.output_names)
    file = tmp_path / "images" / "a" / "one.png"
    assert len(list(predict(made.graph, made.recipe, model, [file]))) == 1
    np.testing.assert_array_equal(seen[0], wanted)
    Image.fromarray(random.integers(0, 2**16, (9, 8), np.uint16)).save(tmp_path / "deep.png")
    with pytest.raises(Unusable, match="do not go from 0 to 255"):
        list(predict(made.graph, made.recipe, model, [tmp_path / "deep.png"]))


def test_validation_data_of_the_recipe_are_never_lost(tmp_path: Path) -> None:
    for place in ("images/a", "images/b", "kept/a", "kept/b"):
        (tmp_path / place).mkdir(parents=True)
    (tmp_path / "array.npz").touch()
    network = "input x[8, 8, 1]  flatten -> dense(2) -> softmax"
    train = 'data: folder("images", validation="kept")  loss: categorical_crossentropy'
    made = compiled(network, train, tmp_path).training()
    assert made is not None
    kept = with_data(made.recipe, tmp_path / "images").data
    assert kept is not None
    assert kept.attributes.validation == "kept"
    with pytest.raises(Unusable, match="the recipe validates on the folder"):
        with_data(made.recipe, tmp_path / "array.npz")


FILES = {
    "empty": b"",
    "text": b"hello",
    "claims": parts.array_header(10**12, 2),
    "cut off": parts.array_header(3, 2) + bytes(40),
    "objects": parts.array_header(3, descr="|O"),
    "words": parts.array_header(1, 2, descr="<U1") + bytes(8),
    "archive": b"PK\x05\x06" + bytes(18),
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_hold_no_numbers_are_told(name: str, tmp_path: Path) -> None:
    made = compiled("input x[2] dense(2)", "loss: mean_squared_error", tmp_path).training()
    assert made is not None
    model: Any = Passing(made.graph.output_names)
    file = tmp_path / "some.npy"
    file.write_bytes(FILES[name])
    with pytest.raises(Unusable, match=r"some\.npy is no file of one array of numbers$"):
        list(predict(made.graph, made.recipe, model, [file]))
    file.write_bytes(parts.array_header(2, 2) + bytes(32))
    assert len(list(predict(made.graph, made.recipe, model, [file]))) == 2
