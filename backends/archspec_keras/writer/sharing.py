"""Writes layer instances: one layer, a `Sequential` or a nested model, called several times."""

from __future__ import annotations

from archspec.ir import Node, dotted
from archspec.lowering.plan import Apply, CallShared, Declare, SharedLayer
from archspec_keras.site import Layer
from archspec_keras.writer.body import results, write_body
from archspec_keras.writer.frame import Frame, Place
from archspec_keras.writer.paths import join
from archspec_keras.writer.steps import constructed, lowered, named


def declare(frame: Frame, element: Declare, place: Place) -> None:
    """Make the layer, once."""
    layer = element.layer
    path = join(place.path, _segment(layer), element.indices, frame.text)
    name = frame.names.fresh(layer.name)
    frame.shared[layer] = name
    chain = _chain(frame, layer, path)
    if chain == []:
        frame.emit(f"{name} = layers.Identity({named(path)})")
    elif chain is not None and len(chain) == 1:
        frame.emit(f"{name} = {chain[0]}")
    elif chain is not None:
        frame.emit(f"{name} = keras.Sequential([{', '.join(chain)}], {named(path)})")
    else:
        _model(frame, layer, name, path)


def _segment(layer: SharedLayer) -> str:
    """The segment of the declaration, as the weights have it: `head`, `head_2`."""
    use = layer.instances[0]
    for node in use.walk():
        if isinstance(node, Node):
            inside = dotted(node.path[len(use.path) :])
            for weight in node.weights.values():
                whole = weight.name.removesuffix(f".{inside}.{weight.role}")
                if whole != weight.name:
                    parts = reversed(whole.split("."))
                    return next(part for part in parts if not part.isdecimal())
    return layer.name


def call(frame: Frame, element: CallShared, place: Place) -> None:
    """One use of the layer, after the one before where that makes a difference."""
    value = frame.current(element)
    earlier = frame.context.order.before(element)
    if earlier:
        path = f"{frame.path(place.path, element)}_after"
        values = ", ".join([value, *(frame.calls[one] for one in earlier)])
        value = f"After({named(path)})([{values}])"
    result = results(frame, element, place)
    frame.emit(f"{result} = {frame.shared[element.layer]}({value})")
    frame.calls |= dict.fromkeys(element.instances, result)


def _chain(frame: Frame, layer: SharedLayer, path: str) -> list[str] | None:
    """The layers of a body that is a plain chain of them."""
    found = []
    for element in layer.body.elements:
        if not isinstance(element, Apply) or len(element.inputs) != 1:
            return None
        inside = join(path, element.segment, element.indices, frame.text)
        for step in lowered(frame, element):
            if not isinstance(step, Layer) or step.when or "{x}" in " ".join(step.arguments):
                return None
            found.append(constructed(step, inside))
    return found


def _model(frame: Frame, layer: SharedLayer, name: str, path: str) -> None:
    outer = frame.anchor
    frame.anchor = frame.names.fresh(f"{layer.name}_input")
    output = frame.names.fresh(f"{layer.name}_output")
    frame.emit(f"{frame.anchor} = keras.Input({_shape(frame, layer)})")
    (found,) = write_body(frame, layer.body, [frame.anchor], Place(path, output))
    frame.emit(f"{name} = keras.Model({frame.anchor}, {found}, {named(path)})")
    frame.anchor = outer


def _shape(frame: Frame, layer: SharedLayer) -> str:
    """The sizes that all uses agree on; None where they differ."""
    (variable,) = layer.body.incoming
    sizes = []
    for axis, found in enumerate(zip(*variable.shapes, strict=True)):
        code = variable.sizes[axis] if len(variable.sizes) == len(variable.shapes[0]) else None
        if len(set(found)) == 1:
            sizes.append(str(found[0]))
        else:
            sizes.append("None" if code is None else frame.text(code))
    return f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"
