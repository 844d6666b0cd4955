"""Nothing twice: what has not changed is not made again.

- ``fingerprint``: all that a page is made from, as one hash.
- ``receipts``: which files were made from what, kept in the user's cache.
"""
