"""Any chart speaks Chinese: an analyst's own, too, without a line of set-up.

``import zhashui_stats`` lends matplotlib the Chinese font for the glyphs that the analyst's own
fonts do not have. It waits until something draws: matplotlib is not imported for it.
"""

import contextlib
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

__all__ = ["lend_to_charts"]

_FONT_MANAGER = "matplotlib.font_manager"


def lend_to_charts() -> None:
    """Let matplotlib fall back on the Chinese font: now, or as soon as it knows any fonts."""
    if _FONT_MANAGER in sys.modules:
        _fall_back_on_chinese()
    else:
        sys.meta_path.insert(0, _AfterFontManager())


class _AfterFontManager:
    """An import hook: it waits for one module, lets it be imported as ever, and goes."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> "ModuleSpec | None":
        """Find the one module where the others find it; of any other, know nothing."""
        if name != _FONT_MANAGER:
            return None
        # Where the package was loaded twice there are two hooks, which must not ask each other.
        others = [finder for finder in sys.meta_path if not isinstance(finder, _AfterFontManager)]
        found = (finder.find_spec(name, path, target) for finder in others)
        spec = next(filter(None, found), None)
        if spec:
            self._follow(spec.loader)
        return spec

    def _follow(self, loader: Any) -> None:
        """Let the module's loader add the font when it is done."""
        execute = loader.exec_module

        def execute_and_lend(module: ModuleType) -> None:
            execute(module)
            with contextlib.suppress(ValueError):
                sys.meta_path.remove(self)
            _fall_back_on_chinese()

        loader.exec_module = execute_and_lend


def _fall_back_on_chinese() -> None:
    """Put the font behind the families that are set: they keep every glyph that they have.

    Glyph by glyph, matplotlib goes through the families of this list alone: of a generic one, such
    as ``sans-serif``, it takes a single font. The defaults, from which our own charts start, stay.
    """
    import matplotlib as mpl  # noqa: PLC0415 -- who draws nothing pays nothing

    from zhashui_stats.page import fonts  # noqa: PLC0415

    families = mpl.rcParams["font.family"]
    if fonts.FAMILY not in families:
        mpl.rcParams["font.family"] = [*families, fonts.register()]
