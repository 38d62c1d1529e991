"""Where the libraries keep the pretrained files that they have downloaded."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from archspec.lowering.native_file import NotFound

INCEPTION = {"inception_v3": "inception_v3_google"}
"""Files that are not called like their model."""


def find(library: str, model: str) -> Path:
    """The pretrained file of a model of torchvision or timm."""
    if not model.replace(".", "_").isidentifier():
        raise NotFound(f"{library} has no model called {model!r}")
    return torchvision(model) if library == "torchvision" else timm(model)


def torchvision(model: str) -> Path:
    """`MODEL-HASH.pth` among the checkpoints of torch.hub."""
    folder = _torch_home() / "hub" / "checkpoints"
    pattern = f"{INCEPTION.get(model, model)}-*.pth"
    return _only(f"torchvision:{model}", folder / pattern, folder.glob(pattern))


def timm(model: str) -> Path:
    """The model's newest files in the cache of Hugging Face, or a checkpoint of torch.hub."""
    hub = _hugging_face() / f"models--timm--{model}*" / "snapshots" / "*"
    found: list[Path] = []
    for name in ("model.safetensors", "pytorch_model.bin"):
        pattern = f"models--timm--{model}.*/snapshots/*/{name}"
        exact = f"models--timm--{model}/snapshots/*/{name}"
        found = [*_hugging_face().glob(pattern), *_hugging_face().glob(exact)]
        if found:
            break
    if not found:
        found = list((_torch_home() / "hub" / "checkpoints").glob(f"{model}-*.pth"))
    return _only(f"timm:{model}", hub / "model.safetensors", found)


def _torch_home() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(os.environ.get("TORCH_HOME") or Path(cache) / "torch").expanduser()


def _hugging_face() -> Path:
    given = os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE")
    if given:
        return Path(given).expanduser()
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    home = os.environ.get("HF_HOME") or Path(cache) / "huggingface"
    return Path(home).expanduser() / "hub"


def _only(what: str, looked_for: Path, found: Iterable[Path]) -> Path:
    files = sorted(found)
    if not files:
        raise NotFound(f"{what} is not on this machine: there is no file {looked_for}")
    if len(files) > 1:
        names = ", ".join(str(file) for file in files)
        raise NotFound(f"{what} is on this machine more than once: {names}")
    return files[0]
