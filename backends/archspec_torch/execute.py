"""Runs generated source as a module of its own, whose text tracebacks and compilers can see."""

from __future__ import annotations

import linecache
import sys
from itertools import count
from types import ModuleType

_NUMBERS = count(1)


def execute(name: str, source: str) -> ModuleType:
    """A fresh module that ran `source`; `name` is what messages call it."""
    full = f"archspec_generated_{next(_NUMBERS)}.{name}"
    place = f"<generated {full}>"
    module = ModuleType(full)
    module.__file__ = place
    # Registered first: dataclasses, pickling and torch.compile look modules up by their name.
    sys.modules[full] = module
    linecache.cache[place] = (len(source), None, source.splitlines(keepends=True), place)
    try:
        exec(compile(source, place, "exec"), module.__dict__)
    except BaseException:
        del sys.modules[full]
        raise
    return module
