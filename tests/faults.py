"""What is told of a file that is refused for a single reason."""

from collections.abc import Callable
from typing import Any

import pytest

from zhashui_stats.errors import Fault, FaultyData


def only_fault(call: Callable[..., object], *arguments: Any, **options: Any) -> Fault:
    """Return the one fault for which a call refuses what it was given."""
    with pytest.raises(FaultyData) as caught:
        call(*arguments, **options)
    [fault] = caught.value.faults
    return fault
