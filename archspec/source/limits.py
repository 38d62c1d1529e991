"""What a spec may cost; each excess has its own diagnostic `limit-exceeded`.

A spec is data from a stranger, so every quantity that it controls has an upper bound. The
bounds are far above any published network, and low enough that every spec is answered in about
a second. `docs/guide/language.md` lists those that people may meet.
"""

from __future__ import annotations

FILE_BYTES = 4_000_000
TOKENS = 150_000
NESTING = 100
EVALUATION_STEPS = 1_000_000
LAYERS = 50_000
LIST_ITEMS = 200_000
INTEGER_BITS = 256
NAME_LENGTH = 200
TENSOR_ELEMENTS = 2**62
DIAGNOSTICS = 100
FILES = 100
