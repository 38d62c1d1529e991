"""What a spec may cost; each excess has its own diagnostic `limit-exceeded`.

A spec is data from a stranger, so every quantity that it controls has an upper bound: far above
any published network, and low enough that a check of any spec ends within about a second. Only a
text that is itself long takes longer, in proportion to its words. `docs/guide/limits.md` lists
the bounds with their reasons.
"""

from __future__ import annotations

FILE_BYTES = 1_000_000
"""Of all files of a spec together."""
TOKENS = 125_000
"""Words and signs of all files of a spec together: 20,000 layers written out have 120,000."""
PARTS_OF_TREE = 200_000
"""Calls, arguments, names, numbers and so on of one text."""
FILES = 100
DEFINITIONS = 500
"""Of all files of a spec together."""
PARTS = 200
"""Parameters, arguments, inputs, outputs, expectations or imported names in one place."""
NESTING = 100
NAME_LENGTH = 200
STRING_LENGTH = 1_000

EVALUATION_STEPS = 400_000
"""Of all networks that are checked in one run, as are layers and scopes."""
LAYERS = 25_000
SCOPES = 30_000
"""Rounds of loops, calls of blocks, branches, braces and labels."""
LIST_ITEMS = 20_000
INTEGER_BITS = 256
TENSOR_ELEMENTS = 2**62

DIAGNOSTICS = 100
REPEATED = 2_000
"""Times that what is told already is met again, in the rounds of a loop, until a check gives up."""
SUGGESTED_FROM = 200
"""Known names that are compared with an unknown one."""
SUGGESTED_EFFORT = 20_000
"""Pairs of characters that are looked at for it: long names are compared with fewer."""
SUGGESTED_LENGTH = 100
"""Characters of an unknown name; for longer ones nothing is suggested."""
