"""A project to measure in: copies of the data and the notebooks, in a folder that goes afterwards.

Nothing of the checkout or of the user's own caches is read or written by what is measured.
"""

import csv
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from measuring import Command, Way, clean_environment

__all__ = ["BIN", "PERIOD", "ROOT", "Project", "projects"]

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PERIOD = "2022H1"


@dataclass(frozen=True)
class Project:
    """A project with caches of its own.

    Attributes:
        folder: Where data and notebooks are.
        shared: Where libraries keep what they make once (font lists, profiles), for all projects.
    """

    folder: Path
    shared: Path

    def way(self, name: str, *commands: Command) -> Way:
        """Return a way that runs in this project."""
        return Way(name, commands, self.folder, self._environment())

    def fresh_way(self, name: str, *commands: Command) -> Way:
        """Return a way that finds neither a cache nor an earlier report."""
        return Way(name, commands, self.folder, self._environment(), self._forget)

    def changing_way(self, name: str, *commands: Command) -> Way:
        """Return a way that finds one count changed since the last run."""
        self._drop_totals()
        return Way(name, commands, self.folder, self._environment(), self._change)

    def _environment(self) -> dict[str, str]:
        return {
            **clean_environment(),
            "XDG_CACHE_HOME": str(self._cache),
            "MPLCONFIGDIR": str(self.shared / "matplotlib"),
            "IPYTHONDIR": str(self.shared / "ipython"),
            "JUPYTER_DATA_DIR": str(self.shared / "jupyter"),
        }

    @property
    def _cache(self) -> Path:
        return self.folder / "cache"

    def _forget(self) -> None:
        for folder in (self._cache, self.folder / "reports"):
            shutil.rmtree(folder, ignore_errors=True)

    def _drop_totals(self) -> None:
        """A declared total would be false once a count has changed."""
        rows = self._rows()
        self._write(row for row in rows if "合计" not in row)

    def _change(self) -> None:
        """Add 1 to a count: no run has seen these figures before, so no cache can hold them."""
        header, first, *rest = self._rows()
        first[-1] = str(int(first[-1]) + 1)
        self._write([header, first, *rest])

    def _rows(self) -> list[list[str]]:
        with self._table.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))

    def _write(self, rows: Iterator[list[str]] | list[list[str]]) -> None:
        with self._table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    @property
    def _table(self) -> Path:
        return self.folder / "data" / PERIOD / "towns.csv"


@contextmanager
def projects(*names: str) -> Iterator[list[Project]]:
    """Make projects for as long as they are measured in."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as name:
        place = Path(name)
        made = [Project(place / folder, place / "shared") for folder in names]
        for project in made:
            for part in ("data", "notebooks"):
                shutil.copytree(ROOT / part, project.folder / part)
        yield made
