"""Budget: what the elaboration of the networks of one run may still cost."""

from __future__ import annotations

from dataclasses import dataclass

from archspec.source import limits


@dataclass(slots=True)
class Budget:
    """What was spent so far; networks that are checked together share one.

    A file may hold many networks, each within the limits, and a check builds them all.
    """

    steps: int = 0
    scopes: int = 0
    layers: int = 0
    networks: int = 0
    repeated: int = 0

    def begin(self, definitions: int) -> None:
        """Account for one more network: its elaboration looks at all definitions once."""
        self.networks += 1
        self.steps += 50 + definitions

    @property
    def spent(self) -> bool:
        """Whether some limit was exceeded."""
        return (
            self.steps > limits.EVALUATION_STEPS
            or self.scopes > limits.SCOPES
            or self.layers > limits.LAYERS
        )

    def what(self) -> str:
        """What the limits are about."""
        return "the network" if self.networks < 2 else "the networks that are checked together"

    def help(self) -> str:
        """What the author of the spec can do."""
        if self.networks < 2:
            return "repeat less, or put the network together from fewer layers"
        return "check one at a time with `--network`, or put them into files of their own"
