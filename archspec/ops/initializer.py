"""How weights start: the named distributions of the language, with their arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class OutOfRange(ValueError):
    """A value of the right type that is too small, too large or not finite."""


KNOWN: dict[str, dict[str, float | None]] = {
    "zeros": {},
    "ones": {},
    "constant": {"value": None},
    "normal": {"stddev": 0.05},
    "truncated_normal": {"stddev": 0.05},
    "uniform": {"limit": 0.05},
    "glorot_uniform": {},
    "glorot_normal": {},
    "he_uniform": {},
    "he_normal": {},
    "he_out_normal": {},
    "lecun_uniform": {},
    "lecun_normal": {},
}
"""Each initialiser with its arguments and their defaults, None where one must be given."""


SCALED = ("glorot_", "he_", "lecun_")
"""How the names of those begin that scale with the sizes of a layer."""


@dataclass(frozen=True, slots=True)
class Initializer:
    """A named distribution; `arguments` in the order of `KNOWN`.

    The scaled ones follow Glorot and Bengio (2010) and He et al. (2015): the variance is
    2 / (fan in + fan out), 2 / fan in, or 1 / fan in; the normal ones are not truncated.
    `he_out_normal` has 2 / fan out, which keeps the size of gradients instead of values.
    """

    name: str
    arguments: tuple[float, ...] = ()

    @staticmethod
    def make(name: str, given: dict[str, Any]) -> Initializer:
        """The initialiser of that name; `ValueError` in words for people when it is wrong."""
        if name not in KNOWN:
            raise ValueError(f"`{name}` is no initialiser; known are {', '.join(KNOWN)}")
        wanted = KNOWN[name]
        for key in given:
            if key not in wanted:
                raise ValueError(f"initialiser `{name}` takes no `{key}`")
        values = []
        for key, default in wanted.items():
            value = given.get(key, default)
            if not isinstance(value, (int, float)) or isinstance(value, bool):
                raise ValueError(f"initialiser `{name}` needs a number for `{key}`")
            if key != "value" and value < 0:
                raise OutOfRange(f"`{key}` of `{name}` must be at least 0, not {value}")
            values.append(float(value))
        return Initializer(name, tuple(values))
