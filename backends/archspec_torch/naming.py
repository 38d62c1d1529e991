"""Names in generated code: classes, attributes and variables that collide with nothing."""

from __future__ import annotations

import keyword
import sys

from archspec.lowering.names import Names

IMPORTED = frozenset(
    {
        "Callable",
        "F",
        "Sequence",
        "Tensor",
        "in_channels",
        "math",
        "nn",
        "partial",
        "reduce",
        "self",
        "torch",
    }
)
"""What generated code imports or uses itself, so nothing else may be called so."""

MODULE = frozenset(
    {
        "T_destination",
        "add_module",
        "apply",
        "bfloat16",
        "buffers",
        "call_super_init",
        "children",
        "compile",
        "cpu",
        "cuda",
        "double",
        "dump_patches",
        "eval",
        "extra_repr",
        "float",
        "forward",
        "get_buffer",
        "get_extra_state",
        "get_parameter",
        "get_submodule",
        "half",
        "ipu",
        "load_state_dict",
        "modules",
        "mtia",
        "named_buffers",
        "named_children",
        "named_modules",
        "named_parameters",
        "parameters",
        "register_backward_hook",
        "register_buffer",
        "register_forward_hook",
        "register_forward_pre_hook",
        "register_full_backward_hook",
        "register_full_backward_pre_hook",
        "register_load_state_dict_post_hook",
        "register_load_state_dict_pre_hook",
        "register_module",
        "register_parameter",
        "register_state_dict_post_hook",
        "register_state_dict_pre_hook",
        "requires_grad_",
        "set_extra_state",
        "set_submodule",
        "share_memory",
        "state_dict",
        "to",
        "to_empty",
        "train",
        "training",
        "type",
        "xpu",
        "zero_grad",
    }
)
"""What every `nn.Module` has already."""


def module_name(network: str) -> str:
    """The name of a network's file, which must not hide a module that others import.

    >>> module_name("resnet50"), module_name("random")
    ('resnet50', 'random_network')
    """
    taken = network in sys.stdlib_module_names or network in ("numpy", "torch", "torchvision")
    return f"{network}_network" if taken or keyword.iskeyword(network) else network


def attributes() -> Names:
    """Names for the attributes of a module."""
    return Names(MODULE)


def plural(name: str) -> str:
    """What a list of such things is called.

    >>> plural("stage"), plural("branch"), plural("features")
    ('stages', 'branches', 'features_list')
    """
    word, _, number = name.rpartition("_")
    if word and number.isdigit():
        return f"{plural(word)}_{number}"
    if name.endswith("s"):
        return f"{name}_list"
    return f"{name}es" if name.endswith(("ch", "sh", "x")) else f"{name}s"
