"""Nothing twice: fingerprints of what a page is made from, and receipts of what was made."""
