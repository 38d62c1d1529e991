"""The command line: exit codes, stable JSON, whole files, colours on a terminal only."""

from __future__ import annotations

import io
import json
from importlib import import_module
from pathlib import Path

import pytest

from archspec.cli import output
from archspec.cli.main import COMMANDS, main

GOOD = "network tiny(classes: int = 3) {\n  input x[4]\n  dense(classes) -> softmax\n}\n"
BAD = GOOD.replace("dense", "dens")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.arch"
    path.write_text(GOOD)
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.arch"
    path.write_text(BAD)
    return path


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = import_module(f"archspec.cli.{name}")
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert command.SUMMARY in said
    assert f"archspec {name}" in command.EXAMPLES
    assert command.EXAMPLES in said


def test_exit_codes(good: Path, bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(good)]) == 0
    assert main(["check", str(bad)]) == 1
    assert main(["check", str(good), str(bad)]) == 1
    assert main(["check", "no_such_network"]) == 2
    assert main(["chek", str(good)]) == 2
    assert "did you mean `check`?" in capsys.readouterr().err
    assert main([]) == 2
    assert main(["--version"]) == 0


def test_summary_takes_parameters(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summary", str(good), "--set", "classes=7", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    keys = ("inputs", "layers", "macs", "network", "outputs", "parameters")
    assert set(keys) <= set(made)
    assert (made["network"], made["parameters"], made["macs"]) == ("tiny", 35, 28)
    assert made["layers"][0] == {**made["layers"][0], "path": "dense", "output_shape": [7]}


@pytest.mark.parametrize("words", ["clases=7", "classes=many", "classes"])
def test_a_wrong_parameter_is_told(
    words: str, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summary", str(good), "--set", words]) in (1, 2)
    said = capsys.readouterr()
    assert not said.out
    assert "class" in said.err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--trials", "0", "no number of times"),
        ("--seed", "-1", "no seed"),
        ("--timeout", "soon", "no number of seconds"),
        ("--size", "64x", "no size"),
    ],
)
def test_a_wrong_number_is_told_in_words(
    option: str, value: str, said: str, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["verify", str(good), f"{option}={value}"])
    assert left.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--size", "64x48"], "the size 64x48 fits no input: x [4]"),
        (["--size", "64"], "the size 64 fits no input: x [4]"),
        (["--backends", "no_such_module:Backend"], "No module named 'no_such_module'"),
        (["--backends", "json:Backend"], "has no attribute 'Backend'"),
        (["--backends", ":Backend"], "the back end `:Backend` cannot be loaded"),
    ],
)
def test_what_cannot_be_verified_is_told(
    words: list[str], said: str, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(good), *words]) == 2
    assert said in capsys.readouterr().err


def test_check_as_json_and_sarif(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(bad), "--format", "json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["diagnostics"]
    assert finding["code"] == "unknown-layer"
    assert main(["check", str(bad), "--format", "sarif"]) == 1
    made = json.loads(capsys.readouterr().out)
    assert made["version"] == "2.1.0"
    (result,) = made["runs"][0]["results"]
    assert result["ruleId"] == "unknown-layer"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


def test_generated_files_overwrite_only_by_force(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    words = ["generate", str(good), "--backend", "torch", "-o", str(folder)]
    assert main(words) == 0
    (made,) = folder.iterdir()
    text = made.read_text()
    assert main(words) == 0, "the same text again changes nothing"
    made.write_text("mine")
    assert main(words) == 2
    assert made.read_text() == "mine"
    assert main([*words, "--force"]) == 0
    assert made.read_text() == text
    assert [one.name for one in folder.iterdir()] == [made.name]


def test_a_spec_with_mistakes_writes_nothing(bad: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert main(["generate", str(bad), "--backend", "torch", "-o", str(folder)]) == 1
    assert not folder.exists()


def test_files_are_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.py").write_text("old")
    real = Path.write_text

    def full_disk(self: Path, text: str, **options: str) -> int:
        if self.name.startswith(".b.py"):
            raise OSError(28, "No space left on device")
        return real(self, text, **options)

    monkeypatch.setattr(Path, "write_text", full_disk)
    with pytest.raises(OSError, match="No space"):
        output.write_files(tmp_path, {"a.py": "new", "b.py": "new"}, force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["a.py"]
    assert (tmp_path / "a.py").read_text() == "old"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert output.colours(Terminal())
    assert not output.colours(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not output.colours(Terminal())
