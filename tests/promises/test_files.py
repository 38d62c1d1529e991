"""Files behind `use`: read once, below one root only, within limits, and never a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archspec.diagnostics import Report
from archspec.frontends.dsl.parser import parse
from archspec.frontends.external.writer import to_json
from archspec.frontends.load import load_program
from archspec.source import SourceText, limits
from archspec.syntax import Use
from archspec.syntax.program import Program

BLOCK = "block part { relu }\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder / next(iter(files))


def load(path: Path, root: Path | None = None) -> tuple[Program | None, list[str]]:
    report = Report()
    program = load_program(path, report, root)
    return program, [one.code for one in report.diagnostics]


def used(program: Program | None) -> dict[str, str]:
    assert program is not None
    return {use.path: file.span.source.name for use, file in program.used.items()}


def test_paths_are_relative_to_the_file_that_uses(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        {
            "main.arch": 'use a from "parts/a.arch"\n',
            "parts/a.arch": 'use part from "b.arch"\nuse c from "../c.arch"\nblock a { part }\n',
            "parts/b.arch": BLOCK,
            "c.arch": "let c = 1\n",
        },
    )
    program, codes = load(main)
    assert not codes
    assert used(program) == {
        "parts/a.arch": str(tmp_path / "parts/a.arch"),
        "b.arch": str(tmp_path / "parts/b.arch"),
        "../c.arch": str(tmp_path / "c.arch"),
    }


def test_files_that_use_each_other_are_read_once(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        {
            "main.arch": 'use part from "b.arch"\nuse other from "c.arch"\nblock mine { part }\n',
            "b.arch": f'use mine from "main.arch"\n{BLOCK}',
            "c.arch": 'use part from "./b.arch"\nblock other { part }\n',
        },
    )
    program, codes = load(main)
    assert not codes
    assert program is not None
    assert len(program.used) == 4
    assert len({id(file) for file in program.used.values()}) == 3
    assert program.main in program.used.values()


@pytest.mark.parametrize("path", ["../secret.arch", "/etc/hostname", "a/../../secret.arch", "C:/x"])
def test_nothing_outside_the_root_is_read(tmp_path: Path, path: str) -> None:
    main = write(tmp_path, {"in/main.arch": f'use part from "{path}"\n', "secret.arch": BLOCK})
    assert load(main)[1] == ["outside-root"]


def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    main = write(
        tmp_path, {"in/main.arch": 'use part from "link.arch"\n', "secret.arch": "block p { relu"}
    )
    (tmp_path / "in/link.arch").symlink_to(tmp_path / "secret.arch")
    assert load(main)[1] == ["outside-root"]
    assert load(main, root=tmp_path)[1] == ["syntax-error"]


def test_what_is_not_there(tmp_path: Path) -> None:
    assert load(tmp_path / "no.arch")[1] == ["file-not-found"]
    assert load(tmp_path)[1] == ["file-not-found"]
    assert load(tmp_path / "a\0b")[1] == ["file-not-found"]
    os.mkfifo(tmp_path / "pipe.arch")
    assert load(tmp_path / "pipe.arch")[1] == ["file-not-found"]
    main = write(tmp_path, {"main.arch": 'use part from "b.arch"\nuse par from "c.arch"\n'})
    write(tmp_path, {"c.arch": BLOCK})
    report = Report()
    program = load_program(main, report)
    found = {one.code: one for one in report.diagnostics}
    assert found["file-not-found"].span.line == 1
    assert program is not None
    assert [use.path for use in program.used] == ["c.arch"]


def test_a_name_that_the_file_lacks(tmp_path: Path) -> None:
    main = write(tmp_path, {"main.arch": 'use part, prat from "c.arch"\n', "c.arch": BLOCK})
    report = Report()
    load_program(main, report)
    (found,) = report.diagnostics
    assert (found.code, found.span.text) == ("unknown-name", "prat")
    assert "`part`" in found.help


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe", "not-text"),
        (b"block a { relu }\0", "not-text"),
        ("block a { relu }".encode("utf-16"), "not-text"),
        (b"#" * (limits.FILE_BYTES + 1), "limit-exceeded"),
    ],
)
def test_what_is_not_text(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "main.arch"
    path.write_bytes(data)
    assert load(path) == (None, [code])


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "main.arch"
    path.write_bytes(b"\xef\xbb\xbf" + BLOCK.encode())
    program, codes = load(path)
    assert not codes
    assert program is not None
    assert program.main.definitions[0].span.start == 0


def test_a_limited_number_of_files(tmp_path: Path) -> None:
    count = limits.FILES + 5
    main = write(
        tmp_path,
        {
            f"{n}.arch": f'use b{n + 1} from "{n + 1}.arch"\nblock b{n} {{ relu }}'
            for n in range(count)
        },
    )
    assert load(main)[1] == ["limit-exceeded"]


def test_json_is_chosen_by_the_name(tmp_path: Path) -> None:
    file = parse(SourceText("part", BLOCK), Report())
    main = write(tmp_path, {"main.arch": 'use part from "part.json"\n', "part.json": to_json(file)})
    program, codes = load(main)
    assert not codes
    assert program is not None
    (use,) = program.main.definitions
    assert isinstance(use, Use)
    assert program.used[use].same(file)


def test_links_of_folders_and_odd_names_do_not_lead_out(tmp_path: Path) -> None:
    secret = write(tmp_path, {"secret/s.arch": BLOCK}).parent
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "door").symlink_to(secret, target_is_directory=True)
    (folder / "chain").symlink_to(folder / "door")
    odd = ["door/s.arch", "chain/s.arch", "./door/../../secret/s.arch", "//secret/s.arch"]
    odd += [
        f"{secret}/s.arch",
        "\\\\server\\s.arch",
        "c:s.arch",
        "file:///etc/hostname",
        "~/s.arch",
    ]
    odd += ["", ".", "..", " ", "a/" * 400, "%2e%2e/secret/s.arch", "s.arch\\u0000", "\\n", "-"]
    for path in odd:
        quoted = path.replace("\\s", "\\\\s").replace('"', '\\"')
        main = write(folder, {"main.arch": f'use part from "{quoted}"\n'})
        codes = load(main)[1]
        assert codes, path
        assert set(codes) <= {"outside-root", "file-not-found", "syntax-error"}, (path, codes)
    with_spaces = {"main.arch": 'use part from "a b/ü-é.arch"\n', "a b/ü-é.arch": BLOCK}
    assert not load(write(folder, with_spaces))[1]
