"""The text of one class: signature, constructor, forward pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from archspec.lowering.docs import docstring
from archspec.lowering.plan import Definition, Reference, Variable
from archspec_torch.writing.arguments import Kept, default, signature
from archspec_torch.writing.forward import Forward
from archspec_torch.writing.lines import Lines
from archspec_torch.writing.place import Place
from archspec_torch.writing.training import write_results
from archspec_torch.writing.writer import ClassWriter
from archspec_torch.writing.written import Written

if TYPE_CHECKING:
    from archspec_torch.writing.source import SourceWriter


def write_class(file: SourceWriter, definition: Definition) -> Written:
    """One definition as a class."""
    writer = ClassWriter(file, definition)
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
        writer.values.set(variable, name)
        names.append(name)
    if names:
        writer.first = names[0]
    return names


def _assembled(writer: ClassWriter, names: Sequence[str], init: Lines, lines: Lines) -> Written:
    definition, scope = writer.definition, writer.scope
    used = _used(init.found, scope.stored)
    statements = _one_name(_without_unused(init.found, used))
    used = _used(statements, scope.stored)
    sizes = [(key, name) for key, name in scope.sizes.items() if name in used]
    sizes.sort(key=lambda one: _number(definition, one[0][0]))
    parameters, kept = [f"{name}: int" for _, name in sizes], []
    required = [default(one, writer) is None for one in definition.parameters]
    ordered = sorted(zip(required, definition.parameters, strict=True), key=lambda one: not one[0])
    for must, one in ordered:
        python = scope.bind(one.name)
        if python in used:
            values = [instance.bindings.get(one.name) for instance in definition.instances]
            parameters.append(signature(one, values, writer))
            kept.append(Kept(one.name, python, must))
    name = writer.file.classes[id(definition)]
    text = [f"class {name}(nn.Module):"]
    if doc := _doc(definition):
        text += [docstring(doc, "    "), ""]
    text.append(f"    def __init__({', '.join(['self', *parameters])}) -> None:")
    text.append("        super().__init__()")
    text += _stored_first(scope.stored, statements)
    arguments = "".join(f", {one}: Tensor" for one in names)
    text += ["", f"    def forward(self{arguments}) -> {_returned(definition)}:", *lines.found]
    found = [(_number(definition, base), axis) for (base, axis), _ in sizes]
    return Written(definition, name, "\n".join(text), found, kept, writer.members)


def _number(definition: Definition, base: str) -> int:
    if base == "input":
        return 0
    return next(n for n, one in enumerate(definition.inputs) if one.label == base)


def _used(statements: Sequence[str], stored: dict[str, str]) -> set[str]:
    text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', "\n".join(statements))
    return {*re.findall(r"(?<![\w.])[A-Za-z_]\w*", text), *stored}


def _without_unused(statements: list[str], used: set[str]) -> list[str]:
    """Leaves out assignments of names that nothing reads, again until none is left."""
    while True:
        counts: dict[str, int] = {}
        for name in re.findall(r"(?<![\w.])[A-Za-z_]\w*", "\n".join(statements)):
            counts[name] = counts.get(name, 0) + 1
        kept = []
        for line in statements:
            match = re.match(r"\s*([A-Za-z_]\w*) = ", line)
            if match is None or counts[match[1]] > 1:
                kept.append(line)
        if len(kept) == len(statements):
            return kept
        statements = kept


def _one_name(statements: list[str]) -> list[str]:
    """A later loop carries its channels in the variable of an earlier one that is done."""
    found = list(statements)
    names = dict.fromkeys(re.findall(r"\bchannels_\d+\b", "\n".join(found)))
    for name in names:
        if _handed_on(found, name):
            continue
        first = next(n for n, line in enumerate(found) if re.search(rf"\b{name}\b", line))
        start = re.match(rf"(\s*){name} = (.*)", found[first])
        before, after = "\n".join(found[:first]), "\n".join(found[first + 1 :])
        mine = r"(?<![\w.])channels\b"
        if start and re.search(mine, before) and not re.search(mine, after):
            found[first:] = [re.sub(rf"\b{name}\b", "channels", line) for line in found[first:]]
            if found[first].strip() == "channels = channels":
                del found[first]
    return found


def _handed_on(statements: list[str], name: str) -> bool:
    """An inner loop that only takes its channels from the outer one's, and gives them back."""
    stripped = [line.strip() for line in statements]
    if f"{name} = channels" not in stripped or f"channels = {name}" not in stripped:
        return False
    first, last = stripped.index(f"{name} = channels"), stripped.index(f"channels = {name}")
    between = "\n".join(statements[first + 1 : last])
    if re.search(r"(?<![\w.])channels\b", between) or name in "\n".join(statements[last + 1 :]):
        return False
    statements[first : last + 1] = [
        re.sub(rf"\b{name}\b", "channels", line) for line in statements[first + 1 : last]
    ]
    return True


def _stored_first(stored: dict[str, str], statements: list[str]) -> list[str]:
    """Keeps parameters at once, and other names where they get their value."""
    found = list(statements)
    for name, attribute in reversed(stored.items()):
        line = f"        self.{attribute} = {name}"
        made = [n for n, one in enumerate(found) if one.startswith(f"        {name} = ")]
        found.insert(made[-1] + 1 if made else 0, line)
    return found


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
    return f"{doc}\n\n{word}: {inputs}{channels}.".strip()


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
