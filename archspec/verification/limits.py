"""How close is equal.

The same meaning computed by two frameworks differs by rounding only: about 1e-5 in float32 and
1e-7 in float64 for 50 layers; the smallest mistakes that were seen (another form of GELU) make
5e-5 after one layer in float32 and as much in float64. So float64 tells them apart.
"""

from __future__ import annotations

FLOAT64 = 1e-6
"""Largest relative difference of two sides in float64."""

FLOAT32_FLOOR = 2e-5
"""What is always allowed in float32."""

ROUNDING = 4.0
"""Otherwise the difference may be this many times the sides' own rounding, float32 to float64, or
what the reference shows of rounding."""

FLOAT32_UNEVEN = 10.0
"""A side whose rounding is this many times that of the other one does more than rounding, unless
the network answers numbers moved by `SHAKE` as strongly."""

FLOAT32_SMALLEST = 1e-6
"""Rounding below this is luck and bounds nothing. A gradient sums terms as large as the largest
gradient, and where they cancel, what is left of their rounding counts relative to it."""

CANCELS = 1e4
"""How many times larger than a gradient the terms are taken to be, at most."""

SHAKE = 2.0**-22
"""How far numbers are moved at first, relative to themselves, to see what rounding does to a
network: four times what rounding to float32 moves them."""

SHAKES = 6
"""How often they are, twice as far each time, since rounding adds up on the way. At the right
distance a maximum that float32 moves to another place does so in about half of them."""

FARTHEST = 12
"""How often more they are moved so far as the last time, where nothing before has explained a
difference. In a network of a hundred layers some rectifier is always near its edge, and one jump
over it shows in the gradients of its own layer only: it must happen again to be told from a
mistake, and is missed so often once in some thousand times."""

INSIDE = SHAKES - 1
"""As which of those all values inside the reference are moved, to see what rounding becomes where a
network normalises what nothing else tells apart."""

INSIDE64 = -28
"""The same for float64: eight times its rounding, as sums over all cells add it up."""

GROWING = -14
"""The same to see how many times rounding grows: far above that of float64, and so little that
nothing keeps it from growing."""

GROWN = 10.0
"""Rounding that grows less than this, against that of weights and inputs, is as in any network (2
to 5 were seen); behind one normalisation of what is constant it grows to a hundred and more."""

SILENT = 1e-8
"""Gradients this much smaller than the largest of their kind are compared relative to this: they
are zero but for rounding, such as that of a bias before a batch normalisation. A bias sums over all
cells, and with it over their rounding (7e-16 of the largest gradient were seen)."""

VAIN = 1e-9
"""What is this much smaller than the largest value inside the network is rounding of what cancels.
Where all gradients are, outputs hardly depend on anything, and a note says so."""

VAIN32 = 3e-2
"""The same for float32: with `FLOAT32_FLOOR` it allows as many units in the last place."""

REFERENCE_MACS = 10_000_000_000
"""The NumPy reference takes part in networks with at most as many multiply-adds."""

PATIENCE = 1800.0
"""Seconds that a framework may take to build a network, or for one run of it."""
