"""Weights go from files into a spec's form and back, each tensor once, or not at all."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest
import torch

import archspec
from archspec.cli.main import main
from archspec.weights import perturbed, read, store
from archspec.weights.importing import Imported

SPEC = """
network net(classes: int = 5, auxiliary: bool = true) {
  input image[12, 10, 3]
  stem: conv(8, 3, bias=false) -> batch_norm(scale=false) -> relu
  add {
    | identity
    | separable_conv(8, 3, padding=same) -> dropout(0.1)
  }
  middle: depthwise_conv(3, multiplier=2) -> batch_norm
  head: conv(6, 3) -> flatten -> dense(classes)
  aux: from middle -> if auxiliary { global_avg_pool -> dense(3) } else { none }
  output head
  output aux when training
}
"""
COUNT = 19
Weights = dict[str, np.ndarray]


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "net.arch"
    path.write_text(SPEC)
    return path


@pytest.fixture
def weights(spec: Path, tmp_path: Path) -> Weights:
    graph = archspec.load(spec).graph()
    assert graph is not None
    assert len(graph.weights) == COUNT
    found = perturbed(graph, dtype="float32")
    store(tmp_path / "own.safetensors", found)
    return found


@pytest.fixture
def state(spec: Path, weights: Weights, tmp_path: Path) -> dict[str, torch.Tensor]:
    """The state dict for the generated class, in its order."""
    assert archspec.load(spec).export_weights(weights, "torch", tmp_path / "state.pth")
    found: dict[str, torch.Tensor] = torch.load(tmp_path / "state.pth")
    return found


def taken(spec: Path, source: Path, *overrides: str) -> Imported:
    compilation = archspec.load(spec)
    found = compilation.import_weights(source, overrides=overrides)
    assert not compilation.diagnostics
    assert found is not None
    return found


def refused(spec: Path, source: Path | str, code: str, *overrides: str) -> str:
    """The words in which the command refuses; it must have left nothing behind."""
    compilation = archspec.load(spec)
    found = compilation.import_weights(source, overrides=overrides)
    assert found is None or not found.weights
    (one,) = compilation.diagnostics
    assert one.code == code
    folder = spec.parent / "out"
    folder.mkdir(exist_ok=True)
    words = ["weights", "import", str(spec), "--from", str(source), "-o", str(folder / "o")]
    words[-1] += ".safetensors"
    words += [word for text in overrides for word in ("--set", text)]
    assert main(words) == (1 if code == "weights-mismatch" else 2)
    assert not list(folder.iterdir())
    return f"{one.message} {one.help}"


def same(found: Imported, expected: Weights) -> None:
    assert set(found.weights) == set(expected)
    for name, array in expected.items():
        np.testing.assert_array_equal(found.weights[name], array, name)


@pytest.mark.parametrize("ending", ["pth", "pt", "safetensors"])
def test_pytorch_and_back(ending: str, spec: Path, weights: Weights, tmp_path: Path) -> None:
    path = tmp_path / f"state.{ending}"
    own = tmp_path / "own.safetensors"
    words = ["weights", "export", str(spec), str(own), "--to", "torch", "-o", str(path)]
    assert main(words) == 0
    compilation = archspec.load(spec)
    model = compilation.build("torch")
    assert model is not None
    if ending == "safetensors":
        model.native.load_state_dict({k: torch.tensor(v) for k, v in read(path).items()})
    else:
        model.native.load_state_dict(torch.load(path), strict=True)
    for name, array in model.save().items():
        np.testing.assert_array_equal(array, weights[name], name)
    again = tmp_path / "again.safetensors"
    assert main(["weights", "import", str(spec), "--from", str(path), "-o", str(again)]) == 0
    for name, array in read(again).items():
        np.testing.assert_array_equal(array, weights[name], name)
    assert main(["weights", "show", str(path)]) == 0


def renamed(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The same layers in the same order, under names that tell nothing."""
    layers = list(dict.fromkeys(key.rpartition(".")[0] for key in state))
    return {
        f"q{layers.index(key.rpartition('.')[0]) * 7 % 13}.{key.rpartition('.')[2]}": one
        for key, one in state.items()
    }


def test_other_names_are_matched_by_order_and_shape(
    spec: Path, state: dict[str, torch.Tensor], weights: Weights, tmp_path: Path
) -> None:
    counters = {"q0.num_batches_tracked": torch.tensor(3)}
    torch.save({"epoch": 3, "state_dict": renamed(state) | counters}, tmp_path / "other.pth")
    found = taken(spec, tmp_path / "other.pth")
    same(found, weights)
    assert found.match.how == "order"
    assert list(found.left_out.values()) == [1]
    assert "num_batches_tracked" in "\n".join(found.summary())


def test_order_that_a_file_does_not_keep_is_not_guessed(
    spec: Path, state: dict[str, torch.Tensor], weights: Weights, tmp_path: Path
) -> None:
    """Only layers that nothing resembles are matched by their shapes alone."""
    path = tmp_path / "other.safetensors"
    store(path, {key: one.numpy() for key, one in renamed(state).items()})
    same(taken(spec, path), weights)
    spec.write_text(SPEC.replace("conv(6, 3)", "conv(6, 3) -> conv(6, 1) -> conv(6, 1)"))
    graph = archspec.load(spec).graph()
    assert graph is not None
    assert archspec.load(spec).export_weights(perturbed(graph), "torch", tmp_path / "s.pth")
    store(path, {key: one.numpy() for key, one in renamed(torch.load(tmp_path / "s.pth")).items()})
    assert "4 tensors of the file, 4 weights" in refused(spec, path, "weights-mismatch")


Change = Callable[[dict[str, torch.Tensor]], object]
CHANGES: dict[str, tuple[Change, tuple[str, ...]]] = {
    "missing": (lambda s: s.pop("stem.0.weight"), ("1 weight of", "stem.conv.kernel [8, 3, 3, 3]")),
    "extra": (lambda s: s.update({"fc.bias": torch.ones(4)}), ("1 tensor of", "fc.bias [4]")),
    "misspelt": (
        lambda s: s.update({"head.0.wieght": s.pop("head.0.weight")}),
        ("head.0.wieght [6, 16, 3, 3] (like head.conv.kernel [6, 16, 3, 3])",),
    ),
    "shape": (
        lambda s: s.update({"head.0.weight": torch.ones(6, 16, 5, 5)}),
        ("head.0.weight [6, 16, 5, 5] (like head.conv.kernel [6, 16, 3, 3])",),
    ),
    "transposed": (
        lambda s: s.update({"aux.2.weight": s["aux.2.weight"].T}),
        ("aux.2.weight [16, 3]", "aux.dense.kernel [3, 16]"),
    ),
    "swapped": (
        lambda s: s.update({"aux.2.bias": s["head.2.bias"], "head.2.bias": s["aux.2.bias"]}),
        ("aux.2.bias [5]", "head.2.bias [3]", "2 tensors of the file, 2 weights"),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_left_over_is_named_on_both_sides(
    change: str, spec: Path, state: dict[str, torch.Tensor], tmp_path: Path
) -> None:
    apply, words = CHANGES[change]
    apply(state)
    torch.save(state, tmp_path / "changed.pth")
    text = refused(spec, tmp_path / "changed.pth", "weights-mismatch")
    assert all(word in text for word in words), text


def test_heads_that_the_other_side_lacks_name_the_parameter(
    spec: Path, state: dict[str, torch.Tensor], weights: Weights, tmp_path: Path
) -> None:
    path = tmp_path / "state.pth"
    text = refused(spec, path, "weights-mismatch", "auxiliary=false")
    assert "--set auxiliary=true" in text
    torch.save({key: one for key, one in state.items() if "aux" not in key}, path)
    assert "--set auxiliary=false" in refused(spec, path, "weights-mismatch")
    rest = {name: array for name, array in weights.items() if "aux" not in name}
    same(taken(spec, path, "auxiliary=false"), rest)


def test_a_report_lists_every_pair(
    spec: Path, state: dict[str, torch.Tensor], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state["extra"] = state.pop("head.0.bias")
    torch.save(state, tmp_path / "s.pth")
    output = str(tmp_path / "o.safetensors")
    source = str(tmp_path / "s.pth")
    main(["weights", "import", str(spec), "--from", source, "-o", output, "--report"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == COUNT - 1 + 2
    assert any(line.split()[:2] == ["stem.conv.kernel", "stem.0.weight"] for line in lines)
    assert sum(line.startswith("only in the ") for line in lines) == 2


class Code:
    """Runs a command when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.trace}",)


def test_code_in_a_pickle_is_refused(spec: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    torch.save({"a": Code(trace)}, tmp_path / "code.pth")
    (tmp_path / "raw.pth").write_bytes(pickle.dumps(Code(trace), protocol=2))
    for name in ("code.pth", "raw.pth"):
        assert "could execute code" in refused(spec, tmp_path / name, "weights-unreadable")
    assert not trace.exists()


@pytest.mark.parametrize("ending", ["pth", "pt", "safetensors", "h5", "weights.h5", "keras"])
def test_broken_and_foreign_files_are_refused_in_words(
    ending: str, spec: Path, state: dict[str, torch.Tensor], tmp_path: Path
) -> None:
    path = tmp_path / f"broken.{ending}"
    whole = (tmp_path / "own.safetensors").read_bytes()
    if ending in ("pth", "pt"):
        whole = (tmp_path / "state.pth").read_bytes()
    for content in (b"", b"no weights at all", whole[:-100], whole[: len(whole) // 2]):
        path.write_bytes(content)
        text = refused(spec, path, "weights-unreadable")
        assert str(path) in text


@pytest.mark.parametrize("content", [[1, 2], {}, {"a": 1}, torch.ones(3)])
def test_a_file_without_a_state_dict_is_refused(
    content: object, spec: Path, tmp_path: Path
) -> None:
    torch.save(content, tmp_path / "odd.pth")
    assert "no state dict" in refused(spec, tmp_path / "odd.pth", "weights-unreadable")


def test_links_out_of_a_file_are_refused(spec: Path, tmp_path: Path) -> None:
    with h5py.File(tmp_path / "secret.h5", "w") as file:
        file["x"] = np.ones(3)
    with h5py.File(tmp_path / "link.h5", "w") as file:
        group = file.create_group("layers/dense/vars")
        group["0"] = h5py.ExternalLink("secret.h5", "x")
    assert "outside" in refused(spec, tmp_path / "link.h5", "weights-unreadable")


def test_sources_that_are_not_there(
    spec: Path, state: dict[str, torch.Tensor], weights: Weights, tmp_path: Path, monkeypatch
) -> None:
    for variable in ("TORCH_HOME", "HF_HUB_CACHE", "KERAS_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    for source, word in {
        "torchvision:resnet50": "TORCH_HOME/hub/checkpoints/resnet50-*.pth",
        "timm:inception_v4": "HF_HUB_CACHE/models--timm--inception_v4*",
        "keras:ResNet50": "KERAS_HOME/models/resnet50_weights",
        "keras:ResNet51": "did you mean `ResNet50`?",
        "nothing.pth": "does not exist",
        str(tmp_path): "is a folder",
    }.items():
        assert word in refused(spec, source, "file-not-found")
    assert "did you mean `torchvision`" in refused(spec, "torchvison:resnet50", "unknown-name")
    folder = tmp_path / "TORCH_HOME" / "hub" / "checkpoints"
    folder.mkdir(parents=True)
    torch.save(state, folder / "resnet50-01234567.pth")
    same(taken(spec, "torchvision:resnet50"), weights)
    torch.save(state, folder / "resnet50-89abcdef.pth")
    assert "more than once" in refused(spec, "torchvision:resnet50", "file-not-found")


def test_an_ending_that_a_framework_does_not_write_is_refused(
    spec: Path, weights: Weights, tmp_path: Path
) -> None:
    compilation = archspec.load(spec)
    assert not compilation.export_weights(weights, "torch", tmp_path / "model.h5")
    assert ".pth" in compilation.diagnostics[0].help
    assert not (tmp_path / "model.h5").exists()
