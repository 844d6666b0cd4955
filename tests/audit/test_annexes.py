"""A document's own annexes: their titles in both places, and their tables as a period."""

from collections.abc import Callable

import pytest
from conftest import ROOT

from tests.truth import DEPARTMENTS, TOWNS
