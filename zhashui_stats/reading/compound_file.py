"""Files within an OLE compound file, which Excel 97 to 2003, Word and encrypted workbooks are."""

import struct
from collections.abc import Iterator

__all__ = ["find_stream"]

_END = 0xFFFFFFFA  # this and more: no sector
_ENTRY = 128


def find_stream(content: bytes, *names: str) -> bytes | None:
    """Return the first of these files that is there; None where none is.

    Raises:
        ValueError: The compound file is damaged.
    """
    try:
        return _find(content, names)
    except (struct.error, IndexError) as error:
        raise ValueError("a damaged compound file") from error


def _find(content: bytes, names: tuple[str, ...]) -> bytes | None:
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    small = 1 << struct.unpack_from("<H", content, 32)[0]
    directory, _, cutoff, small_table = struct.unpack_from("<4I", content, 48)
    table = _allocation(content, size)
    entries = dict(_entries(_chain(content, table, directory, size, 1)))
    root = entries.get("Root Entry", (0, 0))
    for name in names:
        if name in entries:
            start, length = entries[name]
            if length >= cutoff:
                return _chain(content, table, start, size, 1)[:length]
            held = _chain(content, table, root[0], size, 1)
            places = _numbers(_chain(content, table, small_table, size, 1))
            return _chain(held, places, start, small, 0)[:length]
    return None


def _allocation(content: bytes, size: int) -> list[int]:
    """Return which sector follows each sector."""
    sectors = list(struct.unpack_from("<109I", content, 76))
    more = struct.unpack_from("<I", content, 68)[0]
    while more < _END and len(sectors) * size <= len(content):
        *others, more = _numbers(content[(more + 1) * size : (more + 2) * size])
        sectors += others
    table: list[int] = []
    for sector in sectors:
        if sector < _END:
            table += _numbers(content[(sector + 1) * size : (sector + 2) * size])
    return table


def _chain(content: bytes, table: list[int], sector: int, size: int, head: int) -> bytes:
    """Join the sectors from one on; ``head`` stand before the first."""
    parts: list[bytes] = []
    while sector < _END:
        if len(parts) > len(table):
            raise ValueError("a chain without end")
        parts.append(content[(sector + head) * size : (sector + head + 1) * size])
        sector = table[sector]
    return b"".join(parts)


def _entries(directory: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        entry = directory[place : place + _ENTRY]
        length, kind = struct.unpack_from("<HB", entry, 64)
        if kind:
            name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
            yield name, struct.unpack_from("<II", entry, 116)


def _numbers(sector: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))
