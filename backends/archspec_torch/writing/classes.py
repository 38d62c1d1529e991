"""The text of one class: signature, constructor, forward pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archspec.lowering.docs import docstring
from archspec.lowering.plan import Definition, Reference, Variable
from archspec_torch.writing.arguments import Kept, default, signature
from archspec_torch.writing.forward import Forward
from archspec_torch.writing.lines import Lines
from archspec_torch.writing.place import Place
from archspec_torch.writing.tidy import loaded, stored_first, tidied
from archspec_torch.writing.training import write_results
from archspec_torch.writing.writer import ClassWriter
from archspec_torch.writing.written import Written

if TYPE_CHECKING:
    from archspec_torch.writing.source import SourceWriter


def write_class(
    file: SourceWriter, definition: Definition, outer: ClassWriter | None = None
) -> Written:
    """One definition as a class; with `outer` a part of that one."""
    writer = ClassWriter(file, definition, outer)
    names = _inputs(writer)
    init, lines = Lines(2), Lines(2)
    network = definition.kind == "network"
    place = Place(lambda instance: [("", instance)], init, lines, top=network)
    forward = Forward(writer)
    # A block that only training needs is written in full.
    forward.training = not definition.training_results
    forward.body(definition.body, place)
    write_results(forward, definition, place)
    is_root = definition is file.plan.definitions[-1]
    if is_root and file.initial.alike and file.initial.owners:
        init.add("self.apply(init_weights)")
    file.fixed_size = file.fixed_size or writer.fixed_size
    if is_root and file.fixed_size:
        lines.found[:0] = _size_check(definition, names)
    return _assembled(writer, names, init, lines)


def _inputs(writer: ClassWriter) -> list[str]:
    names = []
    for variable in writer.definition.inputs:
        name = writer.local(variable.label) if variable.label else "x"
        if name in names:
            # A named value that is called like the one without a name.
            name = writer.locals.take(name)
        writer.values.set(variable, name)
        names.append(name)
    if names:
        writer.first = names[0]
    return names


def _assembled(writer: ClassWriter, names: Sequence[str], init: Lines, lines: Lines) -> Written:
    definition, scope = writer.definition, writer.scope
    statements = tidied(init.found, set(scope.stored))
    used = {*loaded(statements), *scope.stored}
    sizes = [(key, name) for key, name in scope.sizes.items() if name in used]
    sizes.sort(key=lambda one: _number(definition, one[0][0]))
    parameters, kept = [f"{name}: int" for _, name in sizes], []
    frees = [(one, name) for one, name in scope.frees.values() if name in used]
    parameters += [f"{name}: {writer.type_of(code)}" for code, name in frees]
    mine = [one for one in definition.parameters if scope.bind(one.name) in used]
    seen = {
        one.name: [instance.bindings.get(one.name) for instance in definition.instances]
        for one in mine
    }
    mine.sort(key=lambda one: default(one, seen[one.name], writer) is not None)
    for one in mine:
        parameters.append(signature(one, seen[one.name], writer))
        required = default(one, seen[one.name], writer) is None
        kept.append(Kept(one.name, scope.bind(one.name), required))
    name = writer.file.class_of(definition)
    text = [f"class {name}(nn.Module):"]
    if doc := _doc(definition):
        text += [docstring(doc, "    "), ""]
    text.append(f"    def __init__({', '.join(['self', *parameters])}) -> None:")
    text.append("        super().__init__()")
    text += stored_first(scope.stored, statements)
    arguments = "".join(f", {one}: Tensor" for one in names)
    text += ["", f"    def forward(self{arguments}) -> {_returned(definition)}:", *lines.found]
    found = [(_number(definition, base), axis) for (base, axis), _ in sizes]
    whole = "\n\n\n".join([*writer.before, "\n".join(text)])
    codes = [code for code, _ in frees]
    return Written(definition, name, whole, found, kept, writer.members, codes)


def _number(definition: Definition, base: str) -> int:
    if base == "input":
        return 0
    return next(n for n, one in enumerate(definition.inputs) if one.label == base)


def _returned(definition: Definition) -> str:
    count = len(definition.body.results)
    more = len(definition.training_results)

    def kind(number: int) -> str:
        return "Tensor" if number == 1 else f"tuple[{', '.join(['Tensor'] * number)}]"

    return f"{kind(count)} | {kind(count + more)}" if more else kind(count)


def _shape(variable: Variable | Reference) -> str:
    *sizes, channels = variable.shapes[0]
    return f"(N, {', '.join(map(str, (channels, *sizes)))})"


def _doc(definition: Definition) -> str:
    doc = definition.doc or ""
    if definition.kind != "network":
        return doc
    inputs = ", ".join(f"`{one.label}` {_shape(one)}" for one in definition.inputs)
    word = "Input" if len(definition.inputs) == 1 else "Inputs"
    channels = (
        ", channels first" if any(len(one.shapes[0]) > 1 for one in definition.inputs) else ""
    )
    told = f"{word}: {inputs}{channels}."
    if len(definition.result_names) > 1:
        told += f" Outputs: {_listed(definition.result_names, definition.body.results)}."
    if definition.training_results:
        names = definition.training_result_names
        more = _listed(names, definition.training_results)
        told += f" In training mode more outputs follow: {more}."
    return f"{doc}\n\n{told}".strip()


def _listed(names: Sequence[str], results: Sequence[Reference]) -> str:
    pairs = zip(names, results, strict=True)
    return ", ".join(f"`{name}` {_shape(one)}" for name, one in pairs)


def _size_check(definition: Definition, names: Sequence[str]) -> list[str]:
    """Padding that depends on the size of the input is written for one size."""
    lines = []
    for variable, name in zip(definition.inputs, names, strict=True):
        *sizes, _ = variable.shapes[0]
        if not sizes:
            continue
        wanted = ", ".join(map(str, sizes)) + ("," if len(sizes) == 1 else "")
        text = " x ".join(map(str, sizes))
        lines.append(f"        if {name}.shape[2:] != ({wanted}):")
        got = f"{{tuple({name}.shape[2:])}}"
        lines.append(f'            raise ValueError(f"expected {text} cells, got {got}")')
    return lines
