"""From the tree to JSON."""

from __future__ import annotations

import json
from typing import Any

from archspec.frontends.external.nodes import kept, kind
from archspec.syntax import File, Node


def to_json(file: File) -> str:
    """The external form of a file; values that equal their default are left out."""
    return json.dumps(_plain(file), indent=2, ensure_ascii=False) + "\n"


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if not isinstance(value, Node):
        return value
    name = kind(type(value))
    plain: dict[str, Any] = {} if name is None else {"kind": name}
    for field in kept(type(value)):
        found = getattr(value, field.name)
        if found is not field.default and found != field.default:
            plain[field.name] = _plain(found)
    return plain
