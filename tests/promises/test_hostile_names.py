"""Names and comments from a spec stay names and comments in the generated code."""

from __future__ import annotations

import ast
import keyword
from collections.abc import Iterator
from pathlib import Path
from string import Template

import pytest

import archspec

SPEC = Template(
    """
let $constant = 3
let $function($argument: int) = $argument + 1

## $comment
block $block($parameter: int, $recipe: layer = relu) {
  ## $comment
  $label: conv($parameter, 3, padding=same) -> $recipe
  add { | $branch: identity | conv($parameter, 1) }
}

## $comment
network $network($option: int = 4) {
  input $input[8, 8, 3]
  layer $instance = { conv($option, 1) -> relu }
  let $local = $function($option) * 2
  for $variable in [0, 1] { $outer: $block($local + 0 * $variable) }
  $instance
  $again: $instance($again_nothing)
  $result: conv($constant, 1)
  output $result
}
""".replace("  $again: $instance($again_nothing)\n", "")
)
PLACES = sorted(set(SPEC.get_identifiers()) - {"comment"})

OURS = (
    *("torch", "nn", "keras", "layers", "ops", "self", "forward", "x", "y", "inputs", "outputs"),
    *(
        "tensor",
        "Tensor",
        "functional",
        "F",
        "np",
        "numpy",
        "Sequential",
        "Module",
        "Model",
        "call",
    ),
    *("build", "model", "state_dict", "parameters", "eval", "cls", "args", "kwargs", "super"),
    *("print", "exec", "open", "len", "range", "int", "float", "str", "list", "tuple", "object"),
    *("type", "property", "isinstance", "zip", "enumerate", "min", "max", "sum", "round", "abs"),
    *("i", "j", "_", "_x", "math", "annotations", "Iterable", "to", "name", "dtype", "training"),
    *("modules", "register_buffer", "add_module", "children", "half", "double", "apply", "device"),
)
HOSTILE = [
    name for name in dict.fromkeys((*keyword.kwlist, *keyword.softkwlist, *OURS)) if name != "_"
]
COMMENTS = (
    'ends """ here',
    "ends ''' here",
    'a quote at the end"',
    "a backslash at the end\\",
    r"\N{BULLET} \x41 \u0041 \ \" \n",
    "{{ braces }} {% set x = 1 %} ${x} %s %(x)s {0} {x!r}",
    "*/ --> ]]> # type: ignore",
    '""" + __import__("os").system("true") + """',
    "\N{CYRILLIC SMALL LETTER A}\N{NO-BREAK SPACE}\N{FULLWIDTH QUOTATION MARK}",
)


def spec(names: dict[str, str], comment: str = "plain words") -> str:
    plain = {place: f"plain_{place}" for place in PLACES}
    return SPEC.substitute(plain | names, comment=comment)


def code(path: Path, text: str, backend: str) -> str | None:
    """The generated code; None where the spec is refused in words."""
    path.write_text(text)
    compilation = archspec.load(path)
    made = compilation.generate(backend)
    if made is None or compilation.failed:
        assert compilation.diagnostics
        return None
    (written,) = made.files.values()
    return written


def shape(node: ast.AST) -> Iterator[str]:
    """The kinds of all nodes in order, without names, texts, and comments."""
    yield type(node).__name__
    for child in ast.iter_child_nodes(node):
        yield from shape(child)


def calls(text: str) -> list[str]:
    """What is called by a name of its own or of a module, sorted."""
    made = [one.func for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Call)]
    found = [ast.unparse(one) for one in made if isinstance(one, ast.Attribute)]
    found = [one for one in found if "(" not in one]
    return sorted(one for one in found if one.startswith(("nn.", "keras.", "layers.", "torch.")))


RESERVED = {
    *("if", "else", "for", "in", "and", "or", "not", "from", "_", "network", "block", "let"),
    *("layer", "input", "output", "use", "expect", "default", "layers", "parameters", "training"),
    *("range", "len", "int", "round", "enumerate", "zip", "min", "max", "sum", "abs"),
}
"""Words, functions and totals of the language: refused in some places, or everywhere."""


@pytest.mark.parametrize("backend", ["torch", "keras"])
def test_every_name_in_every_place(backend: str, tmp_path: Path) -> None:
    # Each spec has another name in each place, and after all of them each name was everywhere.
    path = tmp_path / "net.arch"
    harmless = code(path, spec({}), backend)
    assert harmless is not None
    usable = [name for name in HOSTILE if name not in RESERVED]
    for number in range(len(usable)):
        names = {p: usable[(number + i) % len(usable)] for i, p in enumerate(PLACES)}
        text = code(path, spec(names), backend)
        assert text is not None, names
        assert list(shape(ast.parse(text))) == list(shape(ast.parse(harmless))), text
        assert calls(text) == calls(harmless), text


@pytest.mark.parametrize("backend", ["torch", "keras"])
@pytest.mark.parametrize("comment", COMMENTS)
def test_any_comment(backend: str, comment: str, tmp_path: Path) -> None:
    path = tmp_path / "net.arch"
    text, harmless = code(path, spec({}, comment), backend), code(path, spec({}), backend)
    assert text is not None
    assert harmless is not None
    assert list(shape(ast.parse(text))) == list(shape(ast.parse(harmless))), text


@pytest.mark.parametrize("name", ["__class__", "__init__", "\N{CYRILLIC SMALL LETTER A}bc", "a-b"])
def test_names_that_deceive_are_refused(name: str, tmp_path: Path) -> None:
    for place in PLACES:
        assert code(tmp_path / "net.arch", spec({place: name}), "torch") is None, place


@pytest.mark.parametrize("name", ["range", "sum", "int"])
def test_functions_of_the_language_are_not_defined_again(name: str, tmp_path: Path) -> None:
    # Their calls would be written as calls of Python's own.
    assert code(tmp_path / "net.arch", spec({"function": name}), "torch") is None
    (tmp_path / "used.arch").write_text(f"let {name}(n: int) = n\nblock b {{ dense({name}(2)) }}")
    uses = 'use b from "used.arch"\nnetwork n { input x[8] b }'
    assert code(tmp_path / "net.arch", uses, "torch") is None
