"""Generated Keras code computes the same on TensorFlow and on JAX."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archspec.cli.main import main
from archspec.compiler import load
from archspec.verification import verify
from archspec.verification.pool import pool

ENGINES = ("keras:tensorflow", "keras:jax")
SHIPPED = {
    "lenet5": {},
    "two_input": {},
    # Batch normalisation, and convolutions of single channels.
    "mobilenet": {"width": 0.25, "resolution": 64},
}


@pytest.mark.trained
def test_both_engines_compute_the_same() -> None:
    with pool() as processes:
        for name, overrides in SHIPPED.items():
            graph = load(name).graph(overrides=overrides)
            assert graph is not None
            report = verify(graph, ENGINES, processes=processes)
            assert report.passed, report.text()
            pairs = {(one.dtype, one.mode, one.kind) for one in report.comparisons}
            assert ("float64", "inference", "weight_gradients") in pairs
            statistics = {("float64", "training", "statistics"), ("float32", "training", "outputs")}
            assert statistics <= pairs or name != "mobilenet"
            # JAX would round to float32 what is not told to be more.
            wide = [one.difference for one in report.comparisons if one.dtype == "float64"]
            assert max(wide) < 1e-10, report.text()


@pytest.mark.parametrize("more", [(), ("--train",)])
def test_an_engine_that_is_not_there_is_told(
    more: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = tmp_path / "net.arch"
    spec.write_text(
        "network net { input x[2]  dense(3) -> softmax }\n"
        "train net { loss: categorical_crossentropy optimizer: sgd(learning_rate=0.1)"
        " epochs: 1 batch_size: 2 }\n"
    )
    assert main(["verify", str(spec), "--backends", "keras:mxnet", "--json", *more]) == 2
    (told,) = json.loads(capsys.readouterr().out)["diagnostics"]
    assert told["code"] == "unknown-backend"
    assert "on tensorflow or jax, not on `mxnet`" in told["message"]
