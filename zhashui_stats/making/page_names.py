"""What the pages of units are called as files: names that every system can hold side by side."""

from collections.abc import Iterable
from hashlib import sha256
from unicodedata import normalize

__all__ = ["INDEX", "page_names"]

INDEX = "index"
"""The name of the page that lists the others."""

_REFUSED = '<>:"|?*\\/%'  # by Windows in file names; and our own mark
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"}
_DEVICES |= {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
_MOST_BYTES = 200  # of a name; most systems hold 255


def page_names(units: Iterable[str]) -> dict[str, str]:
    """Return the names of units' pages, without their ending: every system can hold them all.

    To Windows ``Abc`` and ``abc`` are one file; the later of the two gets a mark. A name that is
    too long is cut, and ends in a hash of the whole.

    >>> list(page_names(["营盘镇", "甲/乙", "index", "Con", "ABC", "abc"]).values())
    ['营盘镇', '甲%2F乙', 'index%', 'Con%', 'ABC', 'abc%']
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for unit in units:
        name = _page_name(unit)
        while (seen := normalize("NFC", name).casefold()) in taken:
            name += "%"
        taken.add(seen)
        names[unit] = name
    return names


def _page_name(unit: str) -> str:
    spelt = "".join(f"%{ord(sign):02X}" if sign in _REFUSED else sign for sign in unit)
    stem = spelt.casefold().partition(".")[0]  # to Windows con.txt is a device as well
    if len(spelt.encode()) > _MOST_BYTES:
        short = spelt.encode()[:_MOST_BYTES].decode(errors="ignore")
        return f"{short}%{sha256(unit.encode()).hexdigest()[:8]}"
    is_taken = stem in {INDEX, *_DEVICES} or spelt.endswith((".", " "))
    return f"{spelt}%" if is_taken else spelt
