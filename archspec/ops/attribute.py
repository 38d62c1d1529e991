"""What an op may be told: the typed attributes, and how a written value becomes a stored one."""

from __future__ import annotations

from dataclasses import dataclass
from sys import float_info
from typing import Any, Literal

from archspec.ops.initializer import Initializer, OutOfRange

Kind = Literal[
    "int",  # a whole number
    "float",  # any number, stored as a float
    "bool",
    "size",  # a whole number, or one for each spatial axis; stored as a tuple
    "padding",  # a word, a number, or a list; stored as a word or ((before, after), …)
    "pairs",  # amounts for each spatial axis; stored as ((before, after), …)
    "sizes",  # a list of whole numbers, stored as a tuple
    "floats",  # a list of numbers, stored as a tuple of floats
    "text",  # a text in quotes
    "word",  # a name that stands for itself, such as that of an output
    "paths",  # a list of paths in the network, stored as dotted texts
    "part",  # a part of a recipe, such as the schedule after a warm-up
    "choice",  # one of the words in `choices`
    "initializer",  # a word such as `zeros`, or a call such as `normal(stddev=0.02)`
]


class _Required:
    def __repr__(self) -> str:
        return "REQUIRED"


REQUIRED = _Required()


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: its kind, default, range and documentation.

    Attributes may be given without a name, in the order of declaration. A default
    of None means "not given" and is stored as None. `strict` is the reason why values that both
    frameworks would compute with are refused. `needs` names an attribute of kind bool without which
    a value says nothing, so that giving both is refused.
    """

    name: str
    kind: Kind
    doc: str
    default: Any = REQUIRED
    minimum: float | None = None
    maximum: float | None = None
    exclusive_maximum: float | None = None
    exclusive_minimum: float | None = None
    choices: tuple[str, ...] = ()
    unit: str = ""
    strict: str = ""
    needs: str = ""

    def store(self, value: Any, rank: int) -> Any:
        """The stored form of a written value for `rank` spatial axes.

        Raises `ValueError` with words for people when the value has the wrong type or range.
        """
        if value is None and self.default is None:
            return None
        return _STORE[self.kind](self, value, rank)

    def default_value(self, rank: int) -> Any:
        """The stored form of the default; `REQUIRED` where there is none."""
        return REQUIRED if self.default is REQUIRED else self.store(self.default, rank)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _in_range(attribute: Attribute, value: float) -> None:
    least, most, limit = attribute.minimum, attribute.maximum, attribute.exclusive_maximum
    above = attribute.exclusive_minimum
    if above is not None and value <= above:
        raise OutOfRange(f"must be more than {_counted(above, attribute)}, not {value}")
    if least is not None and value < least:
        raise OutOfRange(f"must be at least {_counted(least, attribute)}, not {value}")
    if most is not None and value > most:
        raise OutOfRange(f"must be at most {_counted(most, attribute)}, not {value}")
    if limit is not None and value >= limit:
        raise OutOfRange(f"must be less than {_counted(limit, attribute)}, not {value}")


def _counted(number: float, attribute: Attribute) -> str:
    """The number with the attribute's unit: `1 cell`, `2 cells`."""
    unit = attribute.unit.removesuffix("s") if number == 1 else attribute.unit
    return f"{number} {unit}" if unit else str(number)


def _int(attribute: Attribute, value: Any, rank: int) -> int:
    if not _whole(value):
        raise ValueError(f"must be a whole number, not {describe(value)}")
    _in_range(attribute, value)
    return int(value)


def _float(attribute: Attribute, value: Any, rank: int) -> float:
    if not _whole(value) and not isinstance(value, float):
        raise ValueError(f"must be a number, not {describe(value)}")
    if not abs(value) <= float_info.max:
        raise OutOfRange(f"must be a finite number, not {value}")
    _in_range(attribute, value)
    return float(value)


def _bool(attribute: Attribute, value: Any, rank: int) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {describe(value)}")
    return value


def _size(attribute: Attribute, value: Any, rank: int) -> tuple[int, ...]:
    if _whole(value):
        return (_int(attribute, value, rank),) * rank
    if not isinstance(value, (list, tuple)):
        raise ValueError(
            f"must be a whole number or one for each spatial axis, not {describe(value)}"
        )
    if len(value) != rank:
        many = "" if rank == 1 else "s"
        raise ValueError(
            f"must have {rank} number{many}, one for each spatial axis, not {len(value)}"
        )
    return tuple(_int(attribute, one, rank) for one in value)


def _pairs(attribute: Attribute, value: Any, rank: int) -> tuple[tuple[int, int], ...]:
    if _whole(value):
        amount = _int(attribute, value, rank)
        return ((amount, amount),) * rank
    if not isinstance(value, (list, tuple)) or len(value) != rank:
        raise ValueError(
            f"must be a number, or a list with one number or [before, after] for each of the"
            f" {rank} spatial axes, not {describe(value)}"
        )
    found = []
    for one in value:
        pair = one if isinstance(one, (list, tuple)) else (one, one)
        if len(pair) != 2:
            raise ValueError(
                f"takes a number or [before, after] for each axis, not {len(pair)} numbers"
            )
        found.append((_int(attribute, pair[0], rank), _int(attribute, pair[1], rank)))
    return tuple(found)


def _padding(attribute: Attribute, value: Any, rank: int) -> Any:
    if isinstance(value, str):
        if value not in ("valid", "same", "half"):
            raise ValueError(f"must be valid, same, half, a number or a list, not `{value}`")
        return value
    return _pairs(attribute, value, rank)


def _sizes(attribute: Attribute, value: Any, rank: int) -> tuple[int, ...]:
    if not isinstance(value, (list, tuple)):
        raise ValueError(f"must be a list of whole numbers, not {describe(value)}")
    return tuple(_int(attribute, one, rank) for one in value)


def _floats(attribute: Attribute, value: Any, rank: int) -> tuple[float, ...]:
    if not isinstance(value, (list, tuple)):
        raise ValueError(f"must be a list of numbers, not {describe(value)}")
    return tuple(_float(attribute, one, rank) for one in value)


def _text(attribute: Attribute, value: Any, rank: int) -> str:
    if not isinstance(value, str):
        raise ValueError(f"must be a text, not {describe(value)}")
    return value


def _texts(attribute: Attribute, value: Any, rank: int) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)):
        raise ValueError(f"must be a list of paths, not {describe(value)}")
    return tuple(_text(attribute, one, rank) for one in value)


def _part(attribute: Attribute, value: Any, rank: int) -> Any:
    return value


def _choice(attribute: Attribute, value: Any, rank: int) -> str:
    if value not in attribute.choices:
        words = ", ".join(attribute.choices)
        raise ValueError(f"must be one of {words}, not {describe(value)}")
    return str(value)


def _initializer(attribute: Attribute, value: Any, rank: int) -> Initializer:
    if isinstance(value, Initializer):
        return value
    if isinstance(value, str):
        return Initializer.make(value, {})
    raise ValueError(f"must be an initialiser such as he_normal, not {describe(value)}")


def describe(value: Any) -> str:
    """A value with its type, in the words of the language."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, str):
        return f"`{value}`"
    return str(value) if isinstance(value, (int, float)) else type(value).__name__.lower()


_STORE = {
    "int": _int,
    "float": _float,
    "bool": _bool,
    "size": _size,
    "padding": _padding,
    "pairs": _pairs,
    "sizes": _sizes,
    "floats": _floats,
    "text": _text,
    "word": _text,
    "paths": _texts,
    "part": _part,
    "choice": _choice,
    "initializer": _initializer,
}
