"""Runs of generated Keras scripts that compute in half precision."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from keras_runs import SHARED, run, written

MIXED = """
import sys
import keras
import brain, half

for script, precision in ((brain, "bfloat16"), (half, "float16")):
    keras.backend.clear_session()
    made, ready = [], script.ready
    script.ready = lambda *given: made.append(ready(*given)) or made[-1]
    sys.argv = ["train.py", "--epochs", "2", "--output", precision]
    script.main()
    model = made[0]
    assert {one.compute_dtype for one in model.layers if one.weights} == {precision}
    assert {one.dtype for one in model.weights} == {"float32"}
    scaled = isinstance(model.optimizer, keras.optimizers.LossScaleOptimizer)
    assert scaled == (precision == "float16")
    assert not scaled or float(keras.ops.convert_to_numpy(model.optimizer.dynamic_scale)) > 1
"""


@pytest.mark.trained
def test_networks_learn_in_half_precision_with_whole_weights(tmp_path: Path) -> None:
    for name, precision in (("brain", "mixed_bfloat16"), ("half", "mixed_float16")):
        # No batch of a single sample, which bfloat16 makes a wild guess of.
        text = SHARED.replace("batch_size: 202", f"batch_size: 128\n  precision: {precision}")
        text = text.replace("learning_rate=0.1", "learning_rate=0.02")
        (written(text, tmp_path) / "train.py").rename(tmp_path / f"{name}.py")
    made = run(tmp_path, MIXED, "tensorflow")
    assert made.returncode == 0, made.stderr
    for precision in ("bfloat16", "float16"):
        table = (tmp_path / precision / "metrics.csv").read_text()
        rows = list(csv.DictReader(table.splitlines()))
        assert float(rows[-1]["validation_accuracy"]) > 0.5, table
        assert float(rows[-1]["loss"]) < float(rows[0]["loss"]), table
