"""How every chart looks: colours, strokes, type.

Colours are told apart by colour-blind readers and in black-and-white print.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.typing import RcKeyType

from zhashui_stats.page import fonts

__all__ = [
    "COLOURS",
    "FONT_SIZE",
    "MUTED",
    "PERIOD_COLOURS",
    "RULE",
    "STROKES",
    "apply_font",
    "chart_style",
    "readable_on",
]

COLOURS = ("#14294a", "#c0503c", "#93a5b8", "#5b7f6b", "#c9a35b", "#5d4a66")
"""For what stands side by side, such as categories."""

PERIOD_COLOURS = ("#14294a", "#6f87a0", "#b4c1ce")
"""For now, just before, and a year before: the older, the paler."""

STROKES = ("-", "--", ":", "-.")
"""For lines that cross, beside their colours."""

MUTED = "#595959"
"""For text that is read second, such as notes."""

RULE = "#8c8c8c"
"""For lines that only lead the eye."""

FONT_SIZE = 10.5
"""Points, of every text."""

_INK = "#222222"
_SETTINGS: dict[RcKeyType, object] = {
    "font.size": FONT_SIZE,
    "text.parse_math": False,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": RULE,
    "xtick.color": MUTED,
    "ytick.color": _INK,
    "svg.hashsalt": "zhashui",
}


@contextmanager
def chart_style() -> Iterator[None]:
    """Draw by our own settings on matplotlib's defaults: a user's matplotlibrc has no say."""
    with mpl.rc_context():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", mpl.MatplotlibDeprecationWarning)
            # What draws on screen is for whoever explores to choose.
            mpl.rcParams.update(
                {key: value for key, value in mpl.rcParamsDefault.items() if key != "backend"}
            )
        mpl.rcParams.update({**_SETTINGS, "font.family": [fonts.register()]})
        yield


def apply_font(ax: Axes) -> Axes:
    """Set every text in the Chinese font, also on axes that somebody else made."""
    for text in ax.findobj(Text):
        text.set_fontfamily(fonts.register())
        text.set_parse_math(False)
    return ax


def readable_on(colour: str) -> str:
    """Choose white or ink for text on a colour, whichever is told better.

    >>> readable_on("#14294a")
    'white'
    """
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return _INK if 0.299 * red + 0.587 * green + 0.114 * blue > 128 else "white"
