"""Makes damaged and lying files of weights; the same for the same seed."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from mutate import change_bytes, corpus_files

LIES: tuple[Any, ...] = (
    *(None, True, -1, 0, 1, 2**31, 2**63, 2**64, 10**40, 0.5, float("nan"), "F64", "BF16", "x"),
    *([], {}, [0], [-1, 4], [0, 2**63], [2**32, 2**32], [0, 10**30], [[0]], "\x1b[31m", "\ud800"),
)


def damaged(seed: int, number: int) -> tuple[str, bytes]:
    """The ending of a file and its bytes; the same again for the same seed."""
    random = Random(f"weights/{seed}/{number}")
    kind, make = random.choice(MAKERS)
    return kind, make(random)


def _plain(kind: str) -> bytes:
    (path,) = corpus_files(f"plain.{kind}")
    return path.read_bytes()


def _flipped(kind: str) -> Callable[[Random], bytes]:
    return lambda random: bytes(change_bytes(bytearray(_plain(kind)), random))


def _safetensors(random: Random) -> bytes:
    """A header with other values, or of another length than it says."""
    data = _plain("safetensors")
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    for _ in range(random.choice((1, 1, 3))):
        one = header[random.choice([name for name in header if name != "__metadata__"])]
        if isinstance(one, dict):
            one[random.choice(("dtype", "shape", "data_offsets", "more"))] = random.choice(LIES)
    text = json.dumps(header).encode()
    if random.random() < 0.2:
        text = text[:-1] + b"," + text[1:]  # every name twice
    if random.random() < 0.1:
        text = b"[" * random.choice((100, 100_000)) + text
    size = random.choice((len(text),) * 6 + (0, 2**31, 2**63, 2**64 - 1, len(text) + 1))
    return size.to_bytes(8, "little") + text + data[start:]


def _pth(random: Random) -> bytes:
    """An archive whose parts are changed, cut, packed, or swapped."""
    packed = random.choice((zipfile.ZIP_STORED,) * 5 + (zipfile.ZIP_DEFLATED,))
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_plain("pth"))) as old,
        zipfile.ZipFile(made, "w", packed) as new,
    ):
        chosen = random.choice([*old.namelist(), *[n for n in old.namelist() if "pkl" in n] * 5])
        for name in old.namelist():
            part = old.read(name)
            if name == chosen:
                part = _part(part, random)
            new.writestr(name, part)
    return made.getvalue()


def _part(part: bytes, random: Random) -> bytes:
    kind = random.randrange(5)
    if kind == 0:
        return part[: random.randrange(len(part) + 1)]
    if kind == 1:
        numbers = [at for at, byte in enumerate(part) if byte in b"KMJ"] or [0]
        at = random.choice(numbers)
        return part[:at] + random.choice((b"J\xff\xff\xff\x7f", b"K\0", b"J\0\0\0\x80")) + part[at:]
    if kind == 2:
        opcode = random.choice((b"]", b")\x85", b"(", b"2", b"}", b"0", b"R", b"cos\nsystem\n"))
        at = random.randrange(len(part) + 1)
        return part[:at] + opcode * random.choice((1, 1, 3, 20_000)) + part[at:]
    return bytes(change_bytes(bytearray(part), random))


MAKERS: tuple[tuple[str, Callable[[Random], bytes]], ...] = (
    ("safetensors", _flipped("safetensors")),
    ("safetensors", _safetensors),
    ("safetensors", _safetensors),
    ("pth", _flipped("pth")),
    ("pth", _pth),
    ("pth", _pth),
)


def corpus_weights() -> list[Path]:
    """The committed files that are quick to read; Keras' take a process each."""
    return [*corpus_files("*.safetensors"), *corpus_files("*.pth")]
