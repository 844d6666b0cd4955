"""One table of settings: its values are taken by key, and what is wrong with them is collected."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

from zhashui_stats.errors import Fault, FaultKind, say_nearest
from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.names import RESERVED, SAFE_NAME, fold_heading, is_safe_name
from zhashui_stats.reading.cells import MOST, MOST_DECIMALS
from zhashui_stats.reading.file_names import COUNTY

__all__ = ["SettingTable"]


class SettingTable:
    """A table of ``county.toml`` that knows where it stands.

    A value that is wrong is a fault, and something harmless stands in for it; where there are
    faults, the result is not to be used.

    Attributes:
        where: Its path, such as ``groups[1]``; empty for the whole file.
        faults: What is wrong, shared by all tables of the file.
    """

    def __init__(self, values: Mapping[str, Any], where: str, faults: list[Fault]) -> None:
        """Take the parsed values."""
        self._values = values
        self.where = where
        self.faults = faults

    def __contains__(self, key: str) -> bool:
        """Tell whether a key is given."""
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        """Give the keys."""
        return iter(self._values)

    def hold_keys(self, *known: str) -> None:
        """Refuse keys that nobody knows: they may be misspelt."""
        for key in self._values:
            if key not in known:
                hint = say_nearest(difflib.get_close_matches(key, known, n=1))
                self.fault(key, "不认识的键", f"其中之一：{'、'.join(known)}{hint}")

    def hold_unreserved(self, key: str, texts: Iterable[str]) -> None:
        """Refuse, under a key, what has its own meaning in every table."""
        for text in texts:
            if fold_heading(text) in RESERVED:
                expected = f"不与表中的固定用语相同（{'、'.join(sorted(RESERVED))}）"
                self.fault(key, text, expected)

    # --- Values ---------------------------------------------------------------------------------

    def id(self) -> str:
        """Take the ``id``, which can stand in a file name and in a cell."""
        text = self.text("id")
        if text and not is_safe_name(text):
            self.fault("id", repr(text), SAFE_NAME)
        return text

    def text(self, key: str, default: str | None = None) -> str:
        """Take a text of one line; one that need not be there has a default."""
        if default is not None and key not in self:
            return default
        value = self._values.get(key)
        if isinstance(value, str) and value.strip() and value.isprintable():
            return value.strip()
        self.fault(key, _shown(value), "一段不为空的文字")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts; empty where it is not given."""
        value = self._values.get(key, [])
        if isinstance(value, list) and all(isinstance(text, str) for text in value):
            return tuple(value)
        self.fault(key, _shown(value), '一组文字，如 ["甲", "乙"]')
        return ()

    def count(self, key: str, least: int = 0) -> int | None:
        """Take a whole number; None where it is not given."""
        value = self._values.get(key)
        if value is None or (type(value) is int and value >= least):
            return value
        self.fault(key, _shown(value), "正整数" if least else "0 或正整数")
        return None

    def amount(self, key: str) -> Amount | None:
        """Take a number by its digits, as a table could hold it; None where it is not given."""
        match self._values.get(key):
            case None:
                return None
            case int() as value if type(value) is int and abs(value) <= MOST:
                return value
            case Decimal() as value if _is_usual(value):
                return Fraction(value)
            case value:
                self.fault(key, _shown(value), "一个数，如 90 或 82.5")
                return None

    def flag(self, key: str) -> bool:
        """Take true or false; false where it is not given."""
        value = self._values.get(key, False)
        if isinstance(value, bool):
            return value
        self.fault(key, _shown(value), "true 或 false")
        return False

    def choice(self, key: str, known: Iterable[str], default: str | None = None) -> str:
        """Take one of several texts; one that need not be there has a default."""
        if default is not None and key not in self:
            return default
        value, known = self._values.get(key), list(known)
        if isinstance(value, str) and value in known:
            return value
        self.fault(key, _shown(value), f"其中之一：{'、'.join(known)}")
        return ""

    def choices(self, key: str, known: Iterable[str]) -> tuple[str, ...]:
        """Take several of some texts, each one once; empty where none is given."""
        texts, known = self.texts(key), list(known)
        for text in dict.fromkeys(texts):
            if text not in known:
                self.fault(key, repr(text), f"其中之一：{'、'.join(known)}")
            elif texts.count(text) > 1:
                self.fault(key, repr(text), "每个只写一次")
        return tuple(text for text in dict.fromkeys(texts) if text in known)

    def value(self, key: str) -> object:
        """Return a value as it stands; None where it is not given."""
        return self._values.get(key)

    # --- Tables ---------------------------------------------------------------------------------

    def table(self, key: str) -> Self:
        """Take a section; an empty one where it is not given."""
        path, values = self._path(key), self._values.get(key, {})
        if not isinstance(values, Mapping):
            self.fault(key, _shown(values), f"[{path}] 开头的一节")
            values = {}
        return type(self)(values, path, self.faults)

    def tables(self, key: str, *, required: bool = False) -> list[Self]:
        """Take the sections of one name."""
        path, tables = self._path(key), self._values.get(key, [])
        is_list = isinstance(tables, list) and all(isinstance(table, Mapping) for table in tables)
        if not is_list or (required and not tables):
            self.fault(key, "" if is_list else str(tables), f"至少一节 [[{path}]]")
            return []
        return [
            type(self)(table, f"{path}[{number}]", self.faults)
            for number, table in enumerate(tables, 1)
        ]

    # --- Faults ---------------------------------------------------------------------------------

    def fault(self, key: str, found: str, expected: str) -> None:
        """Collect what is wrong with a key; with the table itself where the key is empty."""
        column = self._path(key) if key else self.where
        self.faults.append(Fault(COUNTY, None, column, FaultKind.BAD_SETTING, found, expected))

    def _path(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key


def _is_usual(number: Decimal) -> bool:
    """Tell whether a table could hold a number; 1e5000 would take for ever to print."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and number.copy_abs() <= MOST and exponent >= -MOST_DECIMALS


def _shown(value: object) -> str:
    if isinstance(value, int) and abs(value) > 10**18:
        return "过大的整数"  # Python refuses to write out the longest ones.
    if isinstance(value, Decimal):
        return str(value)
    return "没有填写" if value is None else repr(value)
