"""A file together with all files that it uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from archspec.diagnostics import Report
from archspec.source import SourceText
from archspec.syntax.definitions import File, Network, Use, Variant


@dataclass(eq=False, slots=True)
class Program:
    """`used` holds the file behind each `use`; a `use` whose file was not found is absent.

    `parse` is the front end, for texts that ops carry as their expansion.
    """

    main: File
    parse: Callable[[SourceText, Report], File]
    used: dict[Use, File] = field(default_factory=dict)

    @property
    def networks(self) -> tuple[Network | Variant, ...]:
        """The networks of the main file, in the order of the text."""
        found = self.main.definitions
        return tuple(one for one in found if isinstance(one, Network | Variant))
