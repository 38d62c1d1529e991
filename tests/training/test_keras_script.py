"""Generated Keras scripts: their look, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from cases import KERAS, read
from settings import CASES, LOSSES

AUXILIARY = """
network taps {
  input image[6, 6, 1]
  body: conv(4, 3) -> relu
  aux: from body -> flatten -> dense(3) -> softmax
  main: from body -> dropout(0.5) -> flatten -> dense(3) -> softmax
  output main
  output aux when training
}
train taps {
  loss: [categorical_crossentropy(output=main), categorical_crossentropy(output=aux, weight=0.3)]
  optimizer: sgd(learning_rate=0.1)
  metrics: [accuracy, top_k(2)]
  epochs: 2
  batch_size: 4
}
"""
SEVERAL = """
network heads {
  input x[5]
  body: dense(4) -> relu
  kind: from body -> dense(3) -> softmax
  size: from body -> dense(1)
  output kind, size
}
train heads {
  data: arrays("heads.npz")
  loss: [categorical_crossentropy(output=kind), mean_squared_error(output=size, weight=0.5)]
  optimizer: nadam(learning_rate=0.1)
  weight_decay: [decoupled(0.01, on=kernels, except=[kind]), l2(0.1, on=all, layers=[body, size])]
  metrics: [accuracy(output=kind), mean_absolute_error(output=size)]
  precision: mixed_float16
  epochs: 2
  batch_size: 4
}
"""
RATES = """
network deep {
  input x[5]
  body: dense(4) -> relu
  head: dense(3) -> sigmoid
}
train deep {
  loss: binary_crossentropy
  optimizer: sgd(learning_rate=0.1)
  schedule: warmup(1, then=reduce_on_plateau(monitor=auc))
  weight_decay: [decoupled(0.01, on=kernels, layers=[body]), decoupled(0.1, on=all, layers=[head])]
  metrics: [auc]
  epochs: 4
  batch_size: 4
}
"""
WATCHED = "validation: 0.5\noptimizer: sgd(learning_rate=0.1, momentum=0.9)\n"
MORE = [
    f"{WATCHED}metrics: [accuracy, precision, recall, f1]\ncheckpoint: best(monitor=validation_f1)",
    f"{WATCHED}early_stopping: patience(3, minimum_change=0.01, restore_best=true)",
    f"{WATCHED}schedule: reduce_on_plateau(patience=5, factor=0.3, minimum=1e-6)",
    f"{WATCHED}schedule: warmup(2, start=0.1, then=reduce_on_plateau)\nprecision: mixed_bfloat16",
    f"{WATCHED}schedule: warmup(1, then=constant)\naccumulate: 4",
    f"{WATCHED}metrics: [auc, mean_squared_error]",
]


def test_scripts_are_formatted_and_clean(tmp_path: Path) -> None:
    texts = [KERAS.script(*KERAS.linear(one, tmp_path)) for one in [*CASES, *MORE]]
    texts += [
        KERAS.script(
            *KERAS.linear(f"loss: {loss}\noptimizer: adam(learning_rate=0.1)", tmp_path, ending)
        )
        for loss, ending in LOSSES.items()
    ]
    texts += [KERAS.script(*KERAS.compiled(one, tmp_path)) for one in (AUXILIARY, SEVERAL, RATES)]
    for place, files in enumerate(texts):
        folder = tmp_path / f"script_{place}"
        folder.mkdir()
        (folder / "data.py").touch()
        for name, text in files.items():
            (folder / name).write_text(text)
    # Each folder holds modules of its own, which are imported behind the others.
    beside = ("--config", "src = ['script_*']")
    checks = (["format", "--check"], ["check", "--select", "E,F,I,UP,B,RUF,SIM,C90", *beside])
    for words in checks:
        command = [sys.executable, "-m", "ruff", *words, "--isolated", "--line-length", "100"]
        found = subprocess.run(
            [*command, "."], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert found.returncode == 0, found.stdout


def test_scripts_have_nothing_that_the_recipe_does_not_want(tmp_path: Path) -> None:
    text = KERAS.script(*KERAS.linear("optimizer: sgd(learning_rate=0.1)", tmp_path))["train.py"]
    for absent in (" ops", "Best", "callbacks: ", "schedules", "L2", "ACCUMULATE", "metrics="):
        assert absent not in text


def test_outputs_of_two_kinds_are_counted_by_classes_of_their_own(tmp_path: Path) -> None:
    text = SEVERAL.replace("mean_squared_error(output=size", "binary_crossentropy(output=size")
    text = text.replace("dense(1)", "dense(1) -> sigmoid")
    measured = "precision(output=kind), recall(output=size), auc(output=kind), auc(output=size)"
    text = text.replace("mean_absolute_error(output=size)", measured)
    made = KERAS.script(*KERAS.compiled(text, tmp_path))["train.py"]
    assert made.count("class Counts(") == made.count("class AnswerCounts(") == 1
    assert 'Counts(precision, 3, name="precision")' in made
    assert 'AnswerCounts(recall, 1, threshold=0.0, name="recall")' in made
    assert 'AUC(3, samples, name="auc")' in made
    assert 'AnswerAUC(1, samples, name="auc")' in made


def test_targets_that_data_does_not_have_are_refused(tmp_path: Path) -> None:
    other = AUXILIARY.replace("crossentropy(output=aux", "crossentropy(logits=true, output=aux")
    other = other.replace("categorical_crossentropy(logits", "binary_crossentropy(logits")
    other = other.replace("dense(3) -> softmax\n  main", "dense(3)\n  main")
    (found,) = KERAS.refusals(*read(other, tmp_path))
    assert found.code == "not-lowerable"
    assert "takes the targets of the other output" in found.message


def test_decays_are_written_as_they_are_meant(tmp_path: Path) -> None:
    text = KERAS.script(*KERAS.compiled(SEVERAL, tmp_path))["train.py"]
    assert 'if weight.path.startswith(("body.", "size.")):' in text
    assert 'not (len(weight.shape) > 1 and not weight.path.startswith("kind."))' in text
