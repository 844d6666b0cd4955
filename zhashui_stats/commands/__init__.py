"""One module a command: its arguments, what it does, and what it prints.

``new``, ``check``, ``report``, ``briefs``, ``audit``, ``count`` and ``sample`` are called as their
commands; ``release`` has those for a release and for what became of it since.

Beside the commands stands what they share:

- ``chinese_parser``: argparse in Chinese.
- ``arguments``: arguments that several commands have, and how each is read.
- ``saying``: what several commands print.
- ``group_tables``: the tables that ``new`` leaves blank and ``count`` fills in.
"""
