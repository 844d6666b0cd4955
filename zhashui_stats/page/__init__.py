"""What a page shows beside its sentences: tables, charts with their text alternatives, type.

``exhibits`` joins them: one function a place in the half-year report. ``tables`` and
``evidence_tables`` say what a table holds, of counts and of a ledger, and ``table`` how any table
gets onto a page. ``charts`` draws and ``descriptions`` says the same in words, ``selection`` tells
both what is shown. Whoever draws more finds the axes, labels and legends in ``drawing``, colours
and type in ``style``, and in ``figure`` how a drawing gets onto a page, for which ``svg`` makes it
fit; ``points`` draws what points are made up of. ``fonts`` is the one Chinese font, which
``notebook_fonts`` lends to an analyst's own charts; ``provenance`` is what a page was made with.
"""
