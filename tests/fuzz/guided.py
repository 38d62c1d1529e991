"""Fuzzing guided by coverage, with atheris: `python tests/fuzz/guided.py TARGET [-runs=N]`.

TARGET is `text` (lexer, parser and the whole check), `json`, or `safetensors`, `h5`, `keras`,
`pth` for files of weights. Without atheris our own mutations run for as long; they see no
coverage, so they find less.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from examine import examine, show
from mutate import KINDS, change_bytes, corpus_files, specs

TARGETS = ("text", "json", "safetensors", "h5", "keras", "pth")


def target(name: str, folder: Path) -> Callable[[bytes], None]:
    """What is to be called with each input; raises where the answer is not in words."""

    def check(data: bytes) -> None:
        outcome = examine("json" if name == "json" else "arch", data, folder)
        if outcome.trouble:
            raise AssertionError(outcome.trouble)

    def weights(data: bytes) -> None:
        outcome = show(name, data, folder)
        if outcome.trouble:
            raise AssertionError(outcome.trouble)

    return check if name in ("text", "json") else weights


def unguided(name: str, call: Callable[[bytes], None], runs: int) -> None:
    """Mutate the corpus without knowing what is covered."""
    seeds = [path.read_bytes() for path in corpus_files(f"*.{name}")]
    makers = {kind: make for kind, _, make in KINDS}
    for number in range(runs):
        random = Random(f"{name}/{number}")
        if name == "text":
            kind = random.choice([one for one in makers if one != "json"])
            call(makers[kind](random))
        elif name == "json":
            call(makers["json"](random))
        else:
            call(bytes(change_bytes(bytearray(random.choice(seeds)), random)))


def main() -> int:
    """Run until a finding, or for `-runs=N` inputs."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        print(__doc__, file=sys.stderr)
        return 2
    name, rest = sys.argv[1], sys.argv[2:]
    runs = next((int(one.partition("=")[2]) for one in rest if one.startswith("-runs=")), 10_000)
    with tempfile.TemporaryDirectory() as folder:
        call = target(name, Path(folder))
        try:
            import atheris
        except ImportError:
            print("atheris is not installed: mutations without coverage", file=sys.stderr)
            unguided(name, call, runs)
            return 0
        inputs = Path(folder, "corpus")
        inputs.mkdir()
        pattern = "*.arch" if name == "text" else f"*.{name}"
        texts = [one.encode() for one in specs()] if name == "text" else []
        texts += [path.read_bytes() for path in corpus_files(pattern)]
        for number, text in enumerate(texts):
            (inputs / str(number)).write_bytes(text)
        atheris.instrument_all()
        atheris.Setup([sys.argv[0], *rest, str(inputs)], call)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
