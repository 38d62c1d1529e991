"""The only place that knows the order of the phases.

Each phase reports what it finds and returns what it made, or None; nothing raises at the user.
Phases that a call does not need are not imported.
"""

from __future__ import annotations

from archspec.compiler.checked import Overrides, Sizes
from archspec.compiler.compilation import Compilation, load

__all__ = ["Compilation", "Overrides", "Sizes", "load"]
