"""Two hundred damaged files: each is read or told in a sentence, and nothing is written."""

import io
import random
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pytest
from data_folders import TOWNS, as_csv, make_data
from office import save_by_office

from zhashui_stats.cli import main

Captured = pytest.CaptureFixture[str]
KINDS = [".csv", ".xlsx", ".xls", ".ods"]
EACH = 50


LEDGER = [
    ["标题", "投稿单位", "类别", "发布日期", "状态"],
    *([f"稿件{n}", "东河镇", "政务公开", f"2022-01-{n:02}", "采用"] for n in range(1, 20)),
]
ROWS = {"towns": TOWNS, "ledger": LEDGER}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A table and a ledger of each kind, without a fault."""
    folder = tmp_path_factory.mktemp("sound")
    files = {f"{name}.csv": as_csv(rows).encode() for name, rows in ROWS.items()}
    for name, rows in ROWS.items():
        for kind in KINDS[1:]:
            path = save_by_office(folder / f"{name}{kind}", {"表": rows})
            files[path.name] = path.read_bytes()
    return files


def mutated(content: bytes, number: int, others: list[bytes]) -> bytes:
    """Damage a file in one of four ways, by a number."""
    chance = random.Random(number)
    match number % 4:
        case 0:
            changed = bytearray(content)
            for _ in range(chance.randint(1, 8)):
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
            return bytes(changed)
        case 1:
            return content[: chance.randrange(len(content))]
        case 2:
            start, end = sorted(chance.randrange(len(content)) for _ in range(2))
            return content[:start] + content[end:] + content[start:end]
        case _:
            return swapped(content, chance, chance.choice(others))


def swapped(content: bytes, chance: random.Random, other: bytes) -> bytes:
    """Put what one member of an archive holds into another, or another archive's member there."""
    try:
        with ZipFile(io.BytesIO(content)) as source, ZipFile(io.BytesIO(other)) as from_:
            held = {name: source.read(name) for name in source.namelist()}
            strange = [from_.read(name) for name in from_.namelist()]
    except BadZipFile:
        return other[: len(content)]
    name = chance.choice(sorted(held))
    held[name] = chance.choice([*held.values(), *strange])
    stream = io.BytesIO()
    with ZipFile(stream, "w") as target:
        for member, data in held.items():
            target.writestr(member, data)
    return stream.getvalue()


def state(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["towns", "ledger"])
def test_damaged_files(
    tmp_path: Path, sound: dict[str, bytes], kind: str, name: str, capsys: Captured
) -> None:
    """It is read, or there is a message with status 1; never a traceback."""
    data = make_data(tmp_path)
    path = data / f"2022H1/{name}{kind}"
    (data / "2022H1/towns.csv").unlink()
    others = [content for other, content in sound.items() if other != path.name]
    for number in range(EACH // 2):
        path.write_bytes(mutated(sound[path.name], number, others))
        before = state(data)
        status = main(["check", "2022H1", "--data-dir", str(data)])
        said = capsys.readouterr()

        assert status in (0, 1), number
        assert "Traceback" not in said.err, number
        assert bool(status) == ("处问题" in said.err), number
        assert before == state(data), number
