"""Whatever a spec holds, its diagnostics can be shown, and nothing reaches a terminal raw."""

from __future__ import annotations

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from archspec.diagnostics import Diagnostic, Label
from archspec.diagnostics.render_json import render_json
from archspec.diagnostics.render_sarif import render_sarif
from archspec.diagnostics.render_text import render_text
from archspec.source import SourceText, Span

texts = st.text(
    st.one_of(st.characters(), st.sampled_from("\n\t\r\x1b\x07\u202e\u200b層\u0301 ab{}\ud800")),
    max_size=300,
)


@st.composite
def diagnostics(draw: st.DrawFn) -> Diagnostic:
    sources = [SourceText(draw(texts), draw(texts) * draw(st.sampled_from([1, 40])))]
    sources.append(SourceText("other", draw(texts)))

    def span() -> Span:
        source = draw(st.sampled_from(sources))
        start = draw(st.integers(0, len(source.text)))
        return Span(source, start, draw(st.integers(start, len(source.text))))

    labels = tuple(Label(span(), draw(texts)) for _ in range(draw(st.integers(0, 3))))
    message, label, trace, help = (draw(texts) for _ in range(4))
    return Diagnostic("shape-mismatch", message, span(), label, labels, trace, help)


@given(st.lists(diagnostics(), min_size=1, max_size=2))
def test_text_holds_no_control_characters(found: list[Diagnostic]) -> None:
    shown = render_text(found)
    assert {unicodedata.category(one) for one in shown.replace("\n", "")} & {
        "Cc",
        "Cf",
        "Cs",
    } == set()
    shown.encode()


@given(st.lists(diagnostics(), min_size=1, max_size=2))
def test_marks_stand_below_a_source_line(found: list[Diagnostic]) -> None:
    for one in found:
        drawn = [line for line in render_text([one]).splitlines() if line.lstrip().startswith("│")]
        places = [one.span, *(label.span for label in one.labels)]
        assert len(drawn) == sum(bool(place.source.text) for place in places)


@given(st.lists(diagnostics(), min_size=1, max_size=2))
def test_machine_forms_are_ascii_and_complete(found: list[Diagnostic]) -> None:
    for text in (render_json(found), render_sarif(found, version="1")):
        assert text.isascii()
        json.loads(text)
    data = json.loads(render_json(found))
    assert [one["message"] for one in data["diagnostics"]] == [one.message for one in found]
    assert all(one["line"] <= one["end_line"] for one in data["diagnostics"])
