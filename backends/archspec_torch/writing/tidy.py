"""Last touches to the statements of a constructor."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Sequence
from textwrap import dedent


def loaded(statements: Sequence[str]) -> Counter[str]:
    """How often each name is read."""
    tree = ast.parse(dedent("\n".join(statements)))
    return Counter(
        part.id
        for part in ast.walk(tree)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
    )


def without_unused(statements: list[str], kept: set[str]) -> list[str]:
    """Leaves out assignments of names that nothing reads, again until none is left."""
    while True:
        counts = loaded(statements)
        found = []
        for line in statements:
            match = re.match(r"\s*([A-Za-z_]\w*) = ", line)
            if match is None or counts[match[1]] or match[1] in kept:
                found.append(line)
        if len(found) == len(statements):
            return found
        statements = found


def one_name(statements: list[str]) -> list[str]:
    """A later loop carries its channels in the variable of an earlier one that is done."""
    found = list(statements)
    names = dict.fromkeys(re.findall(r"\bchannels_\d+\b", "\n".join(found)))
    for name in names:
        if _handed_on(found, name):
            continue
        first = next(n for n, line in enumerate(found) if re.search(rf"\b{name}\b", line))
        start = re.match(rf"(\s*){name} = (.*)", found[first])
        before, after = "\n".join(found[:first]), "\n".join(found[first + 1 :])
        mine = r"(?<![\w.])channels\b"
        if start and re.search(mine, before) and not re.search(mine, after):
            found[first:] = [re.sub(rf"\b{name}\b", "channels", line) for line in found[first:]]
            if found[first].strip() == "channels = channels":
                del found[first]
    return found


def _handed_on(statements: list[str], name: str) -> bool:
    """An inner loop that only takes its channels from the outer one's, and gives them back."""
    stripped = [line.strip() for line in statements]
    if f"{name} = channels" not in stripped or f"channels = {name}" not in stripped:
        return False
    first, last = stripped.index(f"{name} = channels"), stripped.index(f"channels = {name}")
    between = "\n".join(statements[first + 1 : last])
    if re.search(r"(?<![\w.])channels\b", between) or name in "\n".join(statements[last + 1 :]):
        return False
    statements[first : last + 1] = [
        re.sub(rf"\b{name}\b", "channels", line) for line in statements[first + 1 : last]
    ]
    return True


def stored_first(stored: dict[str, str], statements: list[str]) -> list[str]:
    """Keeps parameters at once, and other names where they get their value."""
    found = list(statements)
    for name, attribute in reversed(stored.items()):
        line = f"        self.{attribute} = {name}"
        made = [n for n, one in enumerate(found) if one.startswith(f"        {name} = ")]
        found.insert(made[-1] + 1 if made else 0, line)
    return found
