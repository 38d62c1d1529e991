"""Names that are declared twice, are reserved, or are too long."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import singledispatch

from archspec import syntax
from archspec.diagnostics import Label, Report
from archspec.elaborate.functions import FUNCTIONS
from archspec.ops import registry
from archspec.source import NOWHERE, Span, limits

Names = dict[str, Span]


def name_place(node: syntax.Node, name: str) -> Span:
    """The place of a name inside a node that has no span of its own for it."""
    own = vars(node).get("name_span", NOWHERE)
    if own is not NOWHERE and own.text == name:
        return own if isinstance(own, Span) else NOWHERE
    span = vars(node).get("span", NOWHERE)
    assert isinstance(span, Span)
    return _word(span, name) or span


def _word(span: Span, name: str, start: int = 0) -> Span | None:
    """The first place in the text of `span` where `name` stands as a word, from `start` on."""
    text = span.text
    # A tree with a mistake in it may have a name that is empty.
    while name and (start := text.find(name, start)) >= 0:
        end = start + len(name)
        if not any(map(_in_word, (text[start - 1 : start], text[end : end + 1]))):
            return Span(span.source, span.start + start, span.start + end)
        start = end
    return None


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def base_place(definition: syntax.Variant) -> Span:
    """The place of `base` in `network name = base(…)`."""
    span = definition.span
    equals = span.text.find("=")
    place = span.text.find(definition.base, equals + 1)
    if equals < 0 or place < 0:
        return span
    start = span.start + place
    return Span(span.source, start, start + len(definition.base))


def check_definitions(file: syntax.File, report: Report) -> None:
    """Report every definition of the file whose name cannot stand."""
    names: Names = {}
    defaults: Names = {}
    for definition in file.definitions:
        if isinstance(definition, syntax.Default):
            _defaults(definition.call, defaults, report)
        for name, span in _declares(definition):
            _declare(name, span, names, report)
            if registry.builtin(name) and not isinstance(definition, syntax.Constant):
                report.add(
                    "duplicate-name",
                    span,
                    f"`{name}` is the name of an op, which a file cannot define again",
                    label="already an op",
                    help=f"give it another name, such as `my_{name}`",
                )
    if any(isinstance(one, syntax.Train) for one in file.definitions):
        from archspec.elaborate.recipe.sections import check_sections

        check_sections(file, report)


def _defaults(call: syntax.LayerCall, before: Names, report: Report) -> None:
    """Report attributes that the file sets twice for one op."""
    for argument in call.arguments or ():
        if argument.name is None:
            continue
        key = f"{call.name}.{argument.name}"
        if key in before:
            report.add(
                "repeated-argument",
                argument.span,
                f"the file gives `{argument.name}` of `{call.name}` twice",
                label="given again",
                labels=[Label(before[key], "given here first")],
                help="remove one of them",
            )
        before.setdefault(key, argument.span)


def check_uses(file: syntax.File, used: Collection[str], report: Report) -> None:
    """Warn about names that the file brings in for nothing."""
    for definition in file.definitions:
        if not isinstance(definition, syntax.Use):
            continue
        for name, span in _declares(definition):
            if name not in used:
                report.add(
                    "unused-name",
                    span,
                    f"`{name}` is brought in and never used",
                    label="brought in here",
                    help="use it or remove it",
                    severity="warning",
                )


def check_beside(nodes: Iterable[syntax.Node], report: Report) -> None:
    """Report declarations side by side, parameters or statements, whose names cannot stand."""
    names: Names = {}
    for node in nodes:
        if isinstance(node, syntax.Chain) and not node.labels:
            continue
        for name, span in _declares(node):
            _declare(name, span, names, report)


def check_functions(files: Iterable[syntax.File], report: Report) -> None:
    """Report functions of the files that would hide one of the language, such as `range`."""
    for definition in [one for file in files for one in file.definitions]:
        if isinstance(definition, syntax.Function) and definition.name in FUNCTIONS:
            report.add(
                "duplicate-name",
                name_place(definition, definition.name),
                f"`{definition.name}` is a function of the language, which a file cannot define",
                label="already a function",
                help=f"give it another name, such as `my_{definition.name}`",
            )


def check_name(name: str, span: Span, report: Report) -> None:
    """Report a name that nothing may have."""
    if name.startswith("__"):
        report.add(
            "reserved-name",
            span,
            f"names that begin with `__` are reserved: `{name}`",
            help="begin the name with a letter",
        )
    if len(name) > limits.NAME_LENGTH:
        report.add(
            "limit-exceeded",
            span,
            f"this name has {len(name):,} characters, more than {limits.NAME_LENGTH}",
            help="choose a shorter name",
        )


def _declare(name: str, span: Span, names: Names, report: Report) -> None:
    check_name(name, span, report)
    if name not in names:
        names[name] = span
        return
    report.add(
        "duplicate-name",
        span,
        f"`{name}` is defined twice",
        label="defined again",
        labels=[Label(names[name], "first defined here")],
        help="give one of them another name",
    )


@singledispatch
def _declares(node: syntax.Node) -> Iterator[tuple[str, Span]]:
    """The names that a definition, parameter or statement declares, with their places."""
    yield from ()


@_declares.register(syntax.Block)
@_declares.register(syntax.Network)
@_declares.register(syntax.Variant)
@_declares.register(syntax.Function)
@_declares.register(syntax.Constant)
@_declares.register(syntax.Parameter)
@_declares.register(syntax.Let)
@_declares.register(syntax.LayerInstance)
@_declares.register(syntax.Input)
def _(node: syntax.Node) -> Iterator[tuple[str, Span]]:
    name = vars(node)["name"]
    yield name, name_place(node, name)


@_declares.register
def _(use: syntax.Use) -> Iterator[tuple[str, Span]]:
    end = use.span.start
    for name in use.names:
        place = _word(use.span, name, end - use.span.start) or use.span
        end = place.end
        yield name, place


@_declares.register
def _(chain: syntax.Chain) -> Iterator[tuple[str, Span]]:
    for label in chain.labels:
        yield label.name, label.span
