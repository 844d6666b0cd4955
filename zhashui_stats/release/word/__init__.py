"""A circular as a Word document, laid out as Chinese offices do (GB/T 9704-2012).

What never changes (page, styles, numbering, fonts, page numbers) stands as XML in
``parts``; ``package`` makes a document of it and writes it as bytes, ``letter`` fills in
the circular, ``titles`` breaks its titles, ``tables`` draws the annexes by what ``table_cells``
holds and as ``layout`` shares the page, ``text`` holds what a run of text needs in a Chinese
document.
"""

from zhashui_stats.release.word.letter import write_circular

__all__ = ["write_circular"]
