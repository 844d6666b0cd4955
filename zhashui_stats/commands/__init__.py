"""One module a command: its arguments, what it does, and what it prints.

Beside the commands stands what they share:

- ``chinese_parser``: argparse in Chinese.
- ``arguments``: arguments that several commands have, and how each is read.
- ``saying``: what several commands print.
- ``group_tables``: the tables that ``new`` leaves blank and ``count`` fills in.
"""
