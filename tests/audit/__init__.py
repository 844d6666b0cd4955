"""Tests of the audit: its parts, and its trials over generated and mutated circulars."""
