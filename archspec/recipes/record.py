"""The records of what a recipe is made of: everything that is known about a part stands in one.

A part lives in a file of its own below `archspec/recipes/<kind>/`, which has the part's name and
binds `PART`.
"""

from __future__ import annotations

from dataclasses import dataclass

from archspec.ops.attribute import Attribute


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One loss, optimizer, schedule and so on, as it may be named in a `train` section.

    `kind` is the folder of its file, `example` a setting as it is written in a spec.
    """

    name: str
    kind: str
    summary: str
    doc: str
    source: str
    attributes: tuple[Attribute, ...]
    example: str

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of that name, if the part has it."""
        return next((one for one in self.attributes if one.name == name), None)
