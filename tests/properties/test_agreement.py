"""Every network that can be drawn computes the same in both frameworks and in NumPy.

`ARCHSPEC_NETWORKS=500` draws that many; `ARCHSPEC_SEED` starts elsewhere. A network that ever
failed is kept in `tests/spec/agreement.md`. With `-m full` hypothesis draws, and shrinks what
fails.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

FOLDER = Path(__file__).parent
KEPT = FOLDER.parent / "spec" / "agreement.md"
CASE = re.compile(r"^## (.+?)\n.*?^```arch\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COUNT = int(os.environ.get("ARCHSPEC_NETWORKS", "16"))
SEED = int(os.environ.get("ARCHSPEC_SEED", "0"))
RULES = {"torch": "E,F,I,UP,ARG,B905,RUF034", "keras": "E,F,I,UP,B,SIM,C4,RET,PIE"}


@pytest.fixture(autouse=True)
def _siblings_are_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))


def kept() -> dict[str, str]:
    return dict(CASE.findall(KEPT.read_text(encoding="utf-8")))


def drawn() -> dict[str, str]:
    from networks import draw

    return {f"seed {seed}": draw(Random(seed)) for seed in range(SEED, SEED + COUNT)}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("source", [kept, drawn])
def test_networks_agree(source: object, tmp_path: Path) -> None:
    from agreement import differences, generated, read

    assert callable(source)
    wrong: dict[str, object] = {}
    for number, (title, text) in enumerate(source().items()):
        try:
            graph = read(text, tmp_path)
            for name, code in generated(graph).items():
                content = code.files[f"{code.module}.py"]
                (tmp_path / f"case_{number}_{name}.py").write_text(content, encoding="utf-8")
            found: object = differences(graph)
        except Exception as error:
            found = repr(error)
        if found:
            wrong[title] = (found, text)
    report = "\n".join(f"{title}: {found}\n{text}" for title, (found, text) in wrong.items())
    assert not wrong, report
    assert _ruff("format", "--check", str(tmp_path)) == ""
    for name, rules in RULES.items():
        files = map(str, tmp_path.glob(f"case_*_{name}.py"))
        assert _ruff("check", "--select", rules, "--quiet", *files) == ""


@pytest.mark.full
@pytest.mark.filterwarnings("ignore")
def test_shrunk_networks_agree(tmp_path: Path) -> None:
    from agreement import differences, generated, read
    from hypothesis import HealthCheck, given, settings
    from networks import networks

    @settings(max_examples=10 * COUNT, deadline=None, suppress_health_check=list(HealthCheck))
    @given(networks)
    def agree(text: str) -> None:
        graph = read(text, tmp_path)
        generated(graph)
        assert not differences(graph), text

    agree()


def _ruff(*arguments: str) -> str:
    """What ruff finds in the files, without this project's own settings."""
    command = [sys.executable, "-m", "ruff", *arguments, "--isolated", "--line-length", "100"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if found.returncode == 0 else found.stdout + found.stderr
