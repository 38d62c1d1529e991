"""What only training outputs need, in one block at the end of the function."""

from __future__ import annotations

from archspec_keras.writer.lines import Line, assigned, names

HEADER = "if training_outputs:"


def with_one_training_block(lines: list[Line]) -> list[Line]:
    """Moves blocks for training into the last one, where what they read is still there."""
    found = list(lines)
    starts = [at for at, line in enumerate(found) if line.depth == 1 and line.code == HEADER]
    for start in reversed(starts[:-1]):
        end = next(at for at in range(start + 1, len(found)) if found[at].depth == 1)
        last = max(at for at, line in enumerate(found) if line.depth == 1 and line.code == HEADER)
        block = found[start + 1 : end]
        used = {name for line in block for name in names(line.code)}
        if not any(used & assigned(line.code) for line in found[end:last]):
            found[last + 1 : last + 1] = block
            del found[start:end]
    return found
