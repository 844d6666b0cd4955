"""Pictures within the page: the media types that it holds, and how one is written there."""

import base64

__all__ = ["PICTURES", "picture_address"]

PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
"""Media types, the best first; a drawing that is shown as a picture runs and loads nothing."""


def picture_address(kind: str, content: str) -> str:
    r"""Return an address that holds the whole picture.

    Args:
        kind: One of ``PICTURES``.
        content: In base64, as notebooks have it; a drawing may be written out.

    >>> picture_address("image/png", "iVBO\nRw0K")
    'data:image/png;base64,iVBORw0K'
    >>> picture_address("image/svg+xml", "<svg/>")
    'data:image/svg+xml;base64,PHN2Zy8+'
    """
    if content.lstrip().startswith("<"):
        content = base64.b64encode(content.encode()).decode()
    return f"data:{kind};base64,{''.join(content.split())}"
