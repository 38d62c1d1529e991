"""A class that has been written: what calls of it need to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archspec.ir import Scope
from archspec.lowering.plan import Code, Definition
from archspec_torch.writing.arguments import Kept
from archspec_torch.writing.items import Found, Maker
from archspec_torch.writing.place import Member


@dataclass(eq=False)
class Written:
    """The class of a definition.

    `sizes` are the input sizes that the constructor takes first, as (input number, axis);
    `parameters` those of the definition that it kept; `frees` are, for a class that is a part of
    another, the codes of the outer class that the constructor takes.
    """

    definition: Definition
    name: str
    text: str
    sizes: list[tuple[int, str]]
    parameters: list[Kept]
    members: list[Member]
    frees: list[Code]

    def inside(self, scope: Scope) -> Maker:
        """The modules of the call that made `scope`."""
        number = next(n for n, one in enumerate(self.definition.instances) if one is scope)
        return lambda path: self.modules(number, f"{path}.")

    def modules(self, instance: int, prefix: str = "") -> Iterator[Found]:
        """All modules of nodes below an instance of the class."""
        for member in self.members:
            for suffix, number in member.at(instance):
                yield from member.maker(number)(f"{prefix}{member.attribute}{suffix}")
