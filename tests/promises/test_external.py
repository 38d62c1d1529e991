"""The JSON form: what is refused and where, and that nothing but diagnostics comes out."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from archspec.diagnostics import Diagnostic, Report
from archspec.frontends.dsl.parser import parse
from archspec.frontends.external.models import MODELS, json_schema
from archspec.frontends.external.nodes import CLASSES, kept
from archspec.frontends.external.reader import from_json
from archspec.frontends.external.writer import to_json
from archspec.source import SourceText

SPECS = sorted((Path(__file__).parents[2] / "specs").rglob("*.arch"))


def told(text: str) -> list[Diagnostic]:
    report = Report()
    from_json(SourceText("test.json", text), report)
    return report.diagnostics


def constant(value: str) -> str:
    return '{"definitions": [{"kind": "constant", "name": "x", "value": ' + value + "}]}"


def number(value: str) -> str:
    return constant('{"kind": "number", "value": ' + value + "}")


def nested(depth: int) -> str:
    opening = '{"kind": "unary", "operator": "-", "operand": '
    return constant(opening * depth + '{"kind": "number", "value": 1}' + "}" * depth)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", "", "this is not JSON"),
        ("[1", "", "this is not JSON"),
        ("[]", "[]", "dictionary"),
        ('{"definitions": [], "more": 1}', "1", "more: extra"),
        ('{"definitions": [{"kind": "use"}]}', '{"kind": "use"}', "`names` is required"),
        ('{"definitions": [{"kind": "usa"}]}', '{"kind": "usa"}', "'use'"),
        (number("-3"), "-3", "definitions[0].value.value"),
        (number("true"), "true", "definitions[0].value.value"),
        (number("NaN"), "{", "NaN is not a number"),
        (number("1e999"), "1e999", "definitions[0].value.value"),
        (constant('{"kind": "name", "name": "a b"}'), '"a b"', "definitions[0].value.name"),
        (constant('{"kind": "name", "name": "let"}'), "let", "is a keyword"),
        (constant('{"kind": "name", "name": "a", "name": "b"}'), "{", '"name" stands twice'),
        (constant('{"kind": "text", "value": "\\ud800"}'), "\\ud800", "not an escape"),
        (
            '{"definitions": [{"kind": "use", "names": ["a"], "path": "x", "path": "y"}]}',
            "{",
            '"path" stands twice',
        ),
    ],
)
def test_what_is_refused(text: str, place: str, words: str) -> None:
    found = told(text)[0]
    assert found.code == "syntax-error"
    assert found.span.text == place
    assert words in found.message


@pytest.mark.parametrize("text", [nested(150), nested(600), "[" * 100_000, number("9" * 100)])
def test_limits(text: str) -> None:
    assert [one.code for one in told(text)] == ["limit-exceeded"]


def test_a_tree_that_no_text_has_is_refused() -> None:
    chain = '{"kind": "chain", "labels": [], "origins": [], "steps": []}'
    body = '{"statements": [' + chain + "]}"
    block = '{"kind": "block", "name": "b", "parameters": [], "body": ' + body + "}"
    (found,) = told('{"definitions": [' + block + "]}")
    assert found.span.text == block
    assert "no text of the language" in found.message


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_broken_json_never_raises(path: Path) -> None:
    report = Report()
    text = to_json(parse(SourceText("test", path.read_text(encoding="utf-8")), report))
    assert not report.diagnostics
    data = json.loads(text)
    source = random.Random(path.stem)
    for _ in range(15):
        part = data
        while isinstance(part, dict | list) and part:
            keys = list(part) if isinstance(part, dict) else range(len(part))
            key, before = source.choice(keys), part
            part = part[key]
            if source.random() < 0.3:
                break
        kept_value, before[key] = before[key], source.choice([None, [], {}, "x y", -1, True])
        told(json.dumps(data))
        before[key] = kept_value
    assert not told(json.dumps(data))


def test_the_schema_has_every_class_and_refuses_more() -> None:
    defined = json_schema()["$defs"] | {"File": json_schema()}
    assert set(defined) == set(CLASSES)
    for name, cls in CLASSES.items():
        wanted = {field.name for field in kept(cls)}
        assert set(MODELS[name].model_fields) - {"kind"} == wanted
        assert set(defined[name]["properties"]) - {"kind"} == wanted
        assert defined[name]["additionalProperties"] is False
