"""Where the project's notebooks are."""

import contextlib
import os
from pathlib import Path

from zhashui_stats.errors import MissingNotebook

__all__ = ["find_notebook"]


def find_notebook(name: str) -> Path:
    """Return one of the project's notebooks: from the folder at work, or from the checkout.

    Raises:
        MissingNotebook: It is in neither place.
    """
    places = [Path(__file__).parents[2]]
    with contextlib.suppress(OSError):  # the working folder may be deleted
        places = [Path.cwd(), *Path.cwd().parents, *places]
    for place in places:
        path = place / "notebooks" / f"{name}.ipynb"
        if os.path.isfile(path):  # noqa: PTH113 -- false where it is forbidden
            return path
    raise MissingNotebook(f"找不到 notebooks/{name}.ipynb；请在项目文件夹里运行，或重新安装本程序")
