"""All planted faults by name."""

from __future__ import annotations

from activation import ACTIVATION
from chance import CHANCE
from convolution import CONVOLUTION
from fault import Fault
from normalisation import NORMALISATION
from pooling import POOLING
from structure import STRUCTURE

FAULTS: dict[str, Fault] = {
    **CONVOLUTION,
    **POOLING,
    **NORMALISATION,
    **ACTIVATION,
    **STRUCTURE,
    **CHANCE,
}
