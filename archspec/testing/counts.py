"""What a framework counts itself: the weights of a model, and the multiply-adds of one sample."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from math import prod
from typing import TYPE_CHECKING, Any

from archspec.ir import Graph
from archspec.lowering.backend import Model

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

MOVED_BY_INPUT = ("Conv2DBackpropInput", "Conv3DBackpropInputV2")
MOVED_BY_OUTPUT = ("Conv2D", "Conv3D", "DepthwiseConv2dNative")
PRODUCTS = ("MatMul", "BatchMatMulV2")
CALLS = ("PartitionedCall", "StatefulPartitionedCall")


def counted(native: Any) -> tuple[int, int] | None:
    """Numbers that a framework's model holds: (trainable, not), as the framework counts them."""
    if hasattr(native, "trainable_weights"):
        return _elements(native.trainable_weights), _elements(native.non_trainable_weights)
    if hasattr(native, "parameters") and hasattr(native, "buffers"):
        numbers = [one for one in native.buffers() if one.is_floating_point()]
        return _elements(native.parameters()), _elements(numbers)
    return None


def _elements(tensors: Iterable[Any]) -> int:
    return sum(prod(int(size) for size in one.shape) for one in tensors)


def multiply_adds(graph: Graph, model: Model, inputs: Mapping[str, Array]) -> int | None:
    """Multiply-adds of one sample, from the kernels that the framework runs and their real sizes.

    Convolutions and products of matrices are counted, whatever layer asked for them.
    """
    if hasattr(model.native, "named_buffers"):
        return _dispatched(model, {name: one[:1] for name, one in inputs.items()})
    if hasattr(model.native, "non_trainable_weights"):
        return _traced(graph, model.native)
    return None


def _dispatched(model: Model, inputs: Mapping[str, Array]) -> int:
    """PyTorch's own count of what goes through its dispatcher: two for each multiply-add."""
    counter: Any = import_module("torch.utils.flop_counter").FlopCounterMode(display=False)
    trained = [one for one in model.native.parameters() if one.requires_grad]
    # Its hooks fail on a module that gives back a weight of its own.
    for one in trained:
        one.requires_grad_(False)
    try:
        with counter:
            model.run(inputs)
    finally:
        for one in trained:
            one.requires_grad_(True)
    return int(counter.get_total_flops()) // 2


def _traced(graph: Graph, native: Any) -> int:
    """The kernels in TensorFlow's graph of the model on which its outputs at inference depend."""
    tf: Any = import_module("tensorflow")
    given = [tf.TensorSpec((1, *one.shape[1:]), one.dtype) for one in native.inputs]
    function = tf.function(
        lambda *given: native(given[0] if len(given) == 1 else list(given)), autograph=False
    )
    made = function.get_concrete_function(*given).structured_outputs
    outputs = [made[one] for one in graph.output_names] if isinstance(made, dict) else [made]
    return sum(map(_kernel, _behind(outputs)))


def _behind(tensors: Iterable[Any]) -> Iterator[Any]:
    """All operations that the tensors depend on, each once."""
    waiting = [one.op for one in tensors]
    seen = set()
    while waiting:
        operation = waiting.pop()
        if operation.name in seen:
            continue
        seen.add(operation.name)
        waiting += [one.op for one in operation.inputs]
        yield operation


def _kernel(operation: Any) -> int:
    """The multiply-adds of one of TensorFlow's operations."""
    if operation.type in CALLS:
        name = operation.get_attr("f").name
        called = operation.graph._get_function(name).graph
        return sum(map(_kernel, called.get_operations()))
    shapes = [[int(size) for size in one.shape] for one in operation.inputs if one.shape.rank]
    if operation.type in MOVED_BY_INPUT:
        _, kernel, moved = shapes
        return prod(moved[:-1]) * prod(kernel)
    if operation.type in MOVED_BY_OUTPUT:
        return prod(int(size) for size in _result(operation).shape[:-1]) * prod(shapes[1])
    if operation.type in PRODUCTS:
        turned = "transpose_a" if operation.type == "MatMul" else "adj_x"
        inner = shapes[0][-2 if operation.get_attr(turned) else -1]
        return prod(int(size) for size in operation.outputs[0].shape) * inner
    return 0


def _result(operation: Any) -> Any:
    """What a convolution makes.

    TensorFlow deals the cells of a dilated one out into samples, with cells that fill them up and
    are cut off again.
    """
    end = operation.outputs[0]
    while end.consumers() and end.consumers()[0].type in ("Squeeze", "BatchToSpaceND"):
        end = end.consumers()[0].outputs[0]
        if end.op.type == "BatchToSpaceND":
            return end
    return operation.outputs[0]
