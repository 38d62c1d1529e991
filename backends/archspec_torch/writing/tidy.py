"""Last touches to the statements of a constructor."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Sequence
from textwrap import dedent

from archspec_torch.writing.headers import headed


def tidied(statements: list[str], kept: set[str]) -> list[str]:
    """The statements as one would write them by hand; names that are `kept` stay."""
    found = without_unused(statements, kept)
    # What the forward pass reads keeps its value to the end.
    found = found if "channels" in kept else one_name(found, kept)
    return headed(by_name(one_list(found)))


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


def one_name(statements: list[str], kept: set[str]) -> list[str]:
    """A later loop carries its channels in the variable of an earlier one that is done."""
    found = list(statements)
    names = dict.fromkeys(re.findall(r"\bchannels_\d+\b", "\n".join(found)))
    for name in names:
        if name in kept or _handed_on(found, name):
            continue
        first = next(n for n, line in enumerate(found) if re.search(rf"\b{name}\b", line))
        start = re.match(rf"(\s*){name} = (.*)", found[first])
        before, after = "\n".join(found[:first]), "\n".join(found[first + 1 :])
        mine = r"(?<![\w.])channels\b"
        free = not re.search(mine, after) and not _read_again(found, first)
        if start and re.search(mine, before) and free:
            found[first:] = [re.sub(rf"\b{name}\b", "channels", line) for line in found[first:]]
            if found[first].strip() == "channels = channels":
                del found[first]
    return found


def _read_again(statements: Sequence[str], at: int) -> bool:
    """Whether a loop around this statement reads `channels` from the round before."""
    for loop in _loops_around(statements, at):
        mine = [one for one in statements[loop + 1 : at] if re.search(r"(?<![\w.])channels\b", one)]
        depth = _depth(statements[loop + 1])
        anew = re.fullmatch(r" *channels = (.*)", mine[0]) if mine else None
        if mine and (
            anew is None or _depth(mine[0]) != depth or re.search(r"(?<![\w.])channels\b", anew[1])
        ):
            return True
    return False


def one_list(statements: list[str]) -> list[str]:
    """A later list of modules takes the name of an earlier one that is done.

    >>> first, second = "a: list[nn.Module] = [f()]", ["a_2: list[nn.Module] = []", "t = g(a_2)"]
    >>> one_list([first, "s = g(a)", *second])[2:]
    ['a = []', 't = g(a)']
    >>> inside = ["for i in n:", "    a.append(f())", *(f"    {line}" for line in second)]
    >>> one_list([first, *inside])[3:] == inside[2:]
    True
    """
    found = list(statements)
    for name in re.findall(r"^ *(\w+_\d+): list\[nn\.Module\] = ", "\n".join(found), re.MULTILINE):
        base = name.rpartition("_")[0]
        start = next(n for n, line in enumerate(found) if line.lstrip().startswith(f"{name}: "))
        declared = f"{base}: list[nn.Module] = "
        first = next((n for n in range(start) if found[n].lstrip().startswith(declared)), None)
        mine = re.compile(rf"(?<![\w.]){base}\b")
        # In a loop that starts in between, the next round would still need the first list.
        if first is None or any(first < loop for loop in _loops_around(found, start)):
            continue
        if any(map(mine.search, found[start:])):
            continue
        found[start] = found[start].replace(f"{name}: list[nn.Module] =", f"{base} =")
        found[start:] = [re.sub(rf"(?<![\w.]){name}\b", base, line) for line in found[start:]]
    return found


def by_name(statements: list[str]) -> list[str]:
    """Channels that were computed under a name just before are handed on by that name.

    >>> by_name(["wide = f(2 * n)", "s = g(wide)", "channels = f(2 * n)"])[-1]
    'channels = wide'
    >>> by_name(["wide = f(2 * n)", "n = g(wide)", "channels = f(2 * n)"])[-1]
    'channels = f(2 * n)'
    >>> by_name(["wide = f(2 * n)", "for i in n:", "    wide = 1", "channels = f(2 * n)"])[-1]
    'channels = f(2 * n)'
    """
    found = list(statements)
    for number, line in enumerate(found):
        match = re.fullmatch(r"( *)channels = (.*\(.*)", line)
        if match is None:
            continue
        for at, earlier in reversed([*enumerate(found[:number])]):
            same = re.fullmatch(rf"{match[1]}(\w+) = {re.escape(match[2])}", earlier)
            if same is not None and not any(_sets(one, same[1]) for one in found[at + 1 : number]):
                found[number] = f"{match[1]}channels = {same[1]}"
            if same is not None or _depth(earlier) < len(match[1]) or _sets(earlier, match[2]):
                break
    return found


def _sets(line: str, value: str) -> bool:
    """Whether the statement gives another meaning to a name in the value."""
    match = re.match(r"\s*(?:for )?([\w, ()]+?) (?:=|in) ", line)
    return match is not None and bool(
        {*re.findall(r"\w+", match[1])} & {*re.findall(r"\w+", value)}
    )


def _loops_around(statements: Sequence[str], at: int) -> list[int]:
    """Where the loops begin that a statement stands in."""
    found, depth = [], _depth(statements[at])
    for number in range(at - 1, -1, -1):
        if _depth(statements[number]) < depth:
            depth = _depth(statements[number])
            if statements[number].lstrip().startswith("for "):
                found.append(number)
    return found


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _handed_on(statements: list[str], name: str) -> bool:
    """An inner loop that only takes its channels from the outer one's, and gives them back."""
    stripped = [line.strip() for line in statements]
    if f"{name} = channels" not in stripped:
        return False
    first = stripped.index(f"{name} = channels")
    last = next((n for n in range(first + 1, len(stripped)) if _sets_channels(stripped[n])), None)
    if last is None or _depth(statements[first]) != _depth(statements[last]):
        return False
    value = stripped[last].removeprefix("channels = ")
    if not re.search(rf"\b{name}\b", value):
        return False
    between = "\n".join([*statements[first + 1 : last], value])
    after = "\n".join([*statements[:first], *statements[last + 1 :]])
    if re.search(r"(?<![\w.])channels\b", between) or re.search(rf"\b{name}\b", after):
        return False
    end = last if value == name else last + 1
    statements[first : last + 1] = [
        re.sub(rf"\b{name}\b", "channels", line) for line in statements[first + 1 : end]
    ]
    return True


def _sets_channels(line: str) -> bool:
    return line.startswith("channels = ")


def stored_first(stored: dict[str, str], statements: list[str]) -> list[str]:
    """Keeps parameters at once, and other names where they have got their last value.

    >>> stored_first({"n": "n"}, ["        n = 1", "        for i in m:", "            n = 2"])[-1]
    '        self.n = n'
    """
    found = list(statements)
    for name, attribute in reversed(stored.items()):
        line = f"        self.{attribute} = {name}"
        made = [n + 1 for n, one in enumerate(found) if re.match(rf" +{name} = ", one)]
        place = made[-1] if made else 0
        while place < len(found) and _depth(found[place]) > _depth(line):
            place += 1
        found.insert(place, line)
    return found
