"""What sources share: where validation samples of their own are."""

from __future__ import annotations

from archspec.ops.attribute import Attribute

VALIDATION = Attribute(
    "validation", "text", "where samples for validation are, if not a part of these", default=None
)
