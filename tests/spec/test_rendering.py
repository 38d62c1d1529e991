"""How diagnostics are laid out: several files, tabs, wide characters, long lines, empty spans."""

from __future__ import annotations

from textwrap import dedent

from archspec.diagnostics import Diagnostic, Label
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
