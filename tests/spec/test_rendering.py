"""How diagnostics are laid out: several files, tabs, wide characters, long lines, empty spans."""

from __future__ import annotations

import json
from textwrap import dedent

from archspec.diagnostics import Diagnostic, Label
from archspec.diagnostics.render_json import to_json
from archspec.diagnostics.render_sarif import render_sarif
from archspec.diagnostics.render_text import render_one, render_text
from archspec.source import NOWHERE, SourceText, Span


def at(source: SourceText, text: str, length: int | None = None) -> Span:
    start = source.text.index(text)
    return Span(source, start, start + (len(text) if length is None else length))


def check(diagnostic: Diagnostic, expected: str) -> None:
    assert render_one(diagnostic) == dedent(expected).strip("\n")


def test_both_facts_the_block_path_and_the_help() -> None:
    source = SourceText(
        "a.arch", "block b {\n  add {\n    | relu\n    # one\n    # two\n    | tanh\n  }\n}\n"
    )
    labels = (Label(at(source, "relu"), "is [4, 4, 8]"), Label(at(source, "tanh"), "is [4, 4, 3]"))
    found = Diagnostic(
        "shape-mismatch", "m", at(source, "add"), "differ", labels, "net ▸ b", "do it"
    )
    check(
        found,
        """
        error[shape-mismatch]: m
         ┌─ a.arch:2:3
        2│   add {
         │   ^^^ differ
        3│     | relu
         │       ---- is [4, 4, 8]
        …
        6│     | tanh
         │       ---- is [4, 4, 3]
         = in net ▸ b
         = help: do it
        """,
    )


def test_labels_in_another_file_stand_below_its_name() -> None:
    one = SourceText("one.arch", "\n" * 9 + "unit(8)\n")
    two = SourceText("two.arch", "block unit {}\n")
    check(
        Diagnostic("c", "m", at(one, "8"), "", (Label(at(two, "unit"), "takes none"),)),
        """
        error[c]: m
          ┌─ one.arch:10:6
        10│ unit(8)
          │      ^
          ┌─ two.arch:1:7
         1│ block unit {}
          │       ---- takes none
        """,
    )


def test_tabs_and_wide_characters_keep_marks_below_their_text() -> None:
    source = SourceText("a", '\tlet x = "層"\tconv\x1b[2J\n')
    labels = (Label(at(source, "層"), "wide"),)
    check(
        Diagnostic("c", "m", at(source, "conv"), "here", labels),
        """
        error[c]: m
         ┌─ a:1:14
        1│     let x = "層"    conv␛[2J
         │              -- wide
         │                     ^^^^ here
        """,
    )


def test_a_long_line_is_cut_to_the_part_that_matters() -> None:
    source = SourceText("a", "x" * 5000 + " conv " + "y" * 5000)
    lines = render_one(Diagnostic("c", "m", at(source, "conv"), "here")).splitlines()
    assert lines[1] == " ┌─ a:1:5002"
    assert len(lines[2]) < 130
    assert lines[2].startswith("1│ …xxx")
    assert lines[2].endswith("yyy…")
    assert lines[2][lines[3].index("^") :].startswith("conv ")


def test_an_empty_span_at_the_end_of_the_text_has_one_caret() -> None:
    source = SourceText("a", "network n {")
    check(
        Diagnostic("c", "m", Span(source, 11, 11), "here"),
        """
        error[c]: m
         ┌─ a:1:12
        1│ network n {
         │            ^ here
        """,
    )


def test_what_has_no_place_shows_none_and_the_findings_are_counted() -> None:
    found = [
        Diagnostic("c", "m", NOWHERE, severity=severity)
        for severity in ("error", "error", "warning", "note")
    ]
    assert render_text(found).splitlines()[0] == "error[c]: m"
    assert render_text(found, truncated=True).splitlines()[-1] == (
        "2 errors, 1 warning, 1 note; further findings are not shown"
    )
    assert "\x1b" in render_text(found, colour=True)
    assert "\x1b" not in render_text(found)


def test_the_keys_of_the_json_form() -> None:
    source = SourceText("a.arch", "block b {\n  add\n}\n")
    labels = (Label(at(source, "b {"), "here"),)
    found = Diagnostic("shape-mismatch", "m", at(source, "add"), "differ", labels, "net", "do it")
    place = {"file": "a.arch", "line": 2, "column": 3, "end_line": 2, "end_column": 6}
    other = {"file": "a.arch", "line": 1, "column": 7, "end_line": 1, "end_column": 10}
    assert to_json([found]) == {
        "diagnostics": [
            {
                "code": "shape-mismatch",
                "severity": "error",
                "message": "m",
                **place,
                "label": "differ",
                "labels": [{**other, "text": "here"}],
                "trace": "net",
                "help": "do it",
            }
        ],
        "errors": 1,
        "warnings": 0,
        "notes": 0,
        "truncated": False,
    }


def test_sarif_has_the_rule_the_place_and_the_further_places() -> None:
    source = SourceText("my specs/a.arch", "block b {\n  add\n}\n")
    labels = (Label(at(source, "b {"), "here"),)
    found = Diagnostic("shape-mismatch", "m", at(source, "add"), "", labels, help="do it")
    log = json.loads(render_sarif([found], version="1.2"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("archspec", "1.2")
    (result,) = run["results"]
    assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "shape-mismatch"
    assert result["level"] == "error"
    assert result["message"]["text"] == "m\nhelp: do it"
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "my%20specs/a.arch"
    assert physical["region"] == {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 6}
    assert result["relatedLocations"][0]["message"]["text"] == "here"
