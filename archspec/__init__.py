"""A compiler for neural-network architectures: one spec, checked facts, code for two frameworks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archspec.compiler import Compilation as Compilation
    from archspec.compiler import load as load

__version__ = "0.1.0"
__all__ = ["Compilation", "load"]


def __getattr__(name: str) -> object:
    # Importing the package must stay free for programs that use only a part of it.
    if name in __all__:
        from archspec import compiler

        return getattr(compiler, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
