"""Makes hostile texts from the shipped specs and from nothing; the same for the same seed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
TOKEN = re.compile(r'#[^\n]*|"[^"\n]*"|\w+|->|\*\*|//|[=!<>]=|\s+|.', re.DOTALL)
NUMBERS = (
    *("0", "-1", "1", "2", "3", "7", "100", "10_000", "24_999", "25_001", "2 ** 31", "2 ** 62"),
    *(
        "2 ** 63",
        "2 ** 256",
        "10 ** 10 ** 10",
        "1e308",
        "1e-400",
        "0.5",
        "1_000_000",
        "999999999999",
    ),
)
WORDS = (
    *("network", "block", "let", "layer", "input", "output", "from", "use", "expect", "default"),
    *("for", "in", "enumerate", "range", "zip", "sum", "repeat", "each", "if", "else", "then"),
    *("{", "}", "(", ")", "[", "]", "->", "|", ":", ",", "=", "**", "//", "-", "not", "and", "or"),
    *("conv", "dense", "add", "concat", "multiply", "relu", "identity", "none", "split", "weight"),
    *("true", "when", "training", "through", "train", "#", "##", '"s"', '"', "'", "\\", "_", "@"),
    *(".channels", ".height", "input.channels", "same", "value", "list[int]", "int", "\n", "\r"),
    *(
        "\u2028",
        "\u202e",
        "\ufeff",
        "é",
        "->->",
        "\x00",
        "\x1b[31m",
        "\ud7ff",
        "{{ x }}",
        "\U0001f600",
    ),
)


@cache
def specs() -> tuple[str, ...]:
    """The texts of all shipped specs, and those of the corpus."""
    files = [*sorted((ROOT / "specs").rglob("*.arch")), *sorted(corpus_files("*.arch"))]
    return tuple(path.read_bytes().decode("utf-8", "replace") for path in files)


def corpus_files(pattern: str) -> list[Path]:
    """The committed inputs that fit a pattern."""
    return sorted((Path(__file__).parent / "corpus").glob(pattern))


@cache
def tokens(text: str) -> tuple[str, ...]:
    """The words, signs, comments and spaces of a text."""
    return tuple(TOKEN.findall(text))


def tokenwise(random: Random) -> bytes:
    """A spec with a few tokens deleted, doubled, swapped, or replaced."""
    found = list(tokens(random.choice(specs())))
    for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
        _change(found, random)
    return "".join(found).encode("utf-8", "surrogatepass")


def _change(found: list[str], random: Random) -> None:
    solid = [index for index, one in enumerate(found) if one and not one.isspace()]
    if not solid:
        return
    at = random.choice(solid)
    kind = random.randrange(8)
    if kind == 0:
        del found[at : at + random.choice((1, 1, 1, 4, 40))]
    elif kind == 1:
        found[at:at] = [*found[at : at + random.choice((1, 1, 5, 50))], " "]
    elif kind == 2:
        other = random.choice(solid)
        found[at], found[other] = found[other], found[at]
    elif kind == 3:
        donor = tokens(random.choice(specs()))
        start = random.randrange(len(donor))
        found[at : at + 1] = donor[start : start + random.choice((1, 2, 10))]
    elif kind == 4:
        found[at] = random.choice(WORDS)
    elif kind == 5:
        numbers = [index for index in solid if found[index][:1].isdigit()] or [at]
        found[random.choice(numbers)] = random.choice(NUMBERS)
    elif kind == 6:
        names = [index for index in solid if found[index].isidentifier()] or [at]
        found[random.choice(names)] = found[random.choice(names)]
    else:
        _nest(found, at, random)


def _nest(found: list[str], at: int, random: Random) -> None:
    """Put a part into braces, brackets or loops, few or very many."""
    times = random.choice((1, 3, 20, 99, 101, 400))
    pairs = (
        *(("(", ")"), ("[", "]"), ("{ ", " }"), ("add { | ", " | identity }"), ("-", "")),
        *((f"repeat {random.choice(NUMBERS)} {{ ", " }"), ("for i in range(3) { ", " }")),
    )
    opening, closing = random.choice(pairs)
    end = at + random.choice((1, 1, 5, 30))
    found[at:end] = [opening * times, *found[at:end], closing * times]


def numeric(random: Random) -> bytes:
    """A spec with other numbers, which leaves many texts valid, and some of them large."""
    found = list(tokens(random.choice(specs())))
    numbers = [index for index, one in enumerate(found) if one[:1].isdigit()]
    for at in random.choices(numbers, k=random.choice((1, 1, 2, 5))) if numbers else ():
        few = ("1", "2", "3", "4", "8", "12", "100", found[at] + "0", found[at][:1])
        found[at] = random.choice(few if random.random() < 0.8 else NUMBERS)
    return "".join(found).encode("utf-8", "surrogatepass")


def bytewise(random: Random) -> bytes:
    """A spec with a few bytes changed."""
    data = bytearray(random.choice(specs()).encode("utf-8", "surrogatepass"))
    return bytes(change_bytes(data, random))


def change_bytes(data: bytearray, random: Random) -> bytearray:
    """The bytes with a few of them flipped, cut out, doubled or moved."""
    for _ in range(random.choice((1, 2, 4, 16))):
        at = random.randrange(len(data) + 1)
        length = random.choice((1, 1, 2, 8, 64))
        kind = random.randrange(5)
        if kind == 0 and at < len(data):
            data[at] ^= 1 << random.randrange(8)
        elif kind == 1:
            del data[at : at + length]
        elif kind == 2:
            data[at:at] = data[at : at + length]
        elif kind == 3:
            data[at : at + length] = random.randbytes(length)
        else:
            data[at : at + length] = random.choice((b"\0", b"\xff")) * length
    return data


def noise(random: Random) -> bytes:
    """Random bytes, characters or tokens."""
    kind = random.randrange(3)
    if kind == 0:
        return random.randbytes(random.randrange(300))
    if kind == 1:
        points = [
            random.choice((random.randrange(128), random.randrange(0xD800))) for _ in range(99)
        ]
        return "".join(map(chr, points)).encode()
    words = [random.choice((*WORDS, *NUMBERS, "x", "y", "x")) for _ in range(random.randrange(60))]
    return b"network n { input x[8, 8, 3]\n" * random.randrange(2) + " ".join(words).encode()


def stretched(random: Random) -> bytes:
    """A spec in which a stretch stands very often, or a number in it is very large."""
    found = list(tokens(random.choice(specs())))
    at = random.randrange(len(found))
    piece = found[at : at + random.choice((1, 2, 3, 8, 30))]
    size = random.choice((2_000, 20_000, 60_000))
    times = max(1, size // max(1, len("".join(piece))))
    found[at:at] = [random.choice(("", " ", "\n", ", ")).join(["".join(piece)] * times)]
    return "".join(found).encode("utf-8", "surrogatepass")


def external(random: Random) -> bytes:
    """A spec in the JSON form, changed in its tree or byte by byte."""
    text = random.choice(_json())
    if random.random() < 0.4:
        return bytes(change_bytes(bytearray(text.encode()), random))
    tree = json.loads(text)
    for _ in range(random.choice((1, 2, 5))):
        _change_tree(tree, random)
    return json.dumps(tree).encode("utf-8", "surrogatepass")


@cache
def _json() -> tuple[str, ...]:
    from archspec.diagnostics import Report
    from archspec.frontends.dsl.parser import parse
    from archspec.frontends.external.writer import to_json
    from archspec.source import SourceText

    files = sorted((ROOT / "specs").glob("*.arch"))[:12]
    made = [parse(SourceText(path.name, path.read_text()), Report()) for path in files]
    return tuple(map(to_json, made))


def _change_tree(tree: object, random: Random) -> None:
    """Replace, remove or double one value somewhere in the tree."""
    places = list(_places(tree))
    if not places:
        return
    holder, key = random.choice(places)
    other, name = random.choice(places)
    values = (None, -1, 0, 10**40, 1e308, "", "x y", "if", "__class__", [], {}, True, other[name])
    value = random.choice(values)
    if random.random() < 0.2:
        del holder[key]
    else:
        holder[key] = json.loads(json.dumps(value))


def _places(tree: object) -> list[tuple[object, object]]:
    found: list[tuple[object, object]] = []
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        pairs = one.items() if isinstance(one, dict) else enumerate(one)
        for key, value in pairs:
            found.append((one, key))
            if isinstance(value, (dict, list)):
                waiting.append(value)
    return found


KINDS: tuple[tuple[str, int, Callable[[Random], bytes]], ...] = (
    ("tokens", 50, tokenwise),
    ("numbers", 10, numeric),
    ("bytes", 14, bytewise),
    ("noise", 14, noise),
    ("stretched", 4, stretched),
    ("json", 8, external),
)
"""What is made, how many of a hundred, and how."""


def made(seed: int, number: int) -> tuple[str, bytes]:
    """The kind and the text of one number; the same again for the same seed."""
    random = Random(f"{seed}/{number}")
    weights = [weight for _, weight, _ in KINDS]
    name, _, make = random.choices(KINDS, weights)[0]
    return name, make(random)
