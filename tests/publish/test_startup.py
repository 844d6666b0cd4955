"""What is imported in the background is never told there, however it ends."""

import contextlib
import threading

import pytest

from zhashui_stats.publish.startup import import_meanwhile

# As a module that is still being imported when the interpreter ends.
FAILS = 'raise RuntimeError("can\'t register atexit after shutdown")'


@pytest.fixture(autouse=True)
def failing_module(tmp_path, monkeypatch):
    (tmp_path / "broken.py").write_text(FAILS)
    monkeypatch.syspath_prepend(str(tmp_path))


def test_a_module_that_fails_meanwhile_says_nothing(capfd):
    with import_meanwhile("broken"):
        pass

    assert capfd.readouterr() == ("", "")


def test_a_module_that_fails_after_an_interruption_says_nothing(capfd):
    before, started = set(threading.enumerate()), set()

    with contextlib.suppress(KeyboardInterrupt), import_meanwhile("broken"):
        started = set(threading.enumerate()) - before
        raise KeyboardInterrupt

    for thread in started:
        thread.join()
    assert capfd.readouterr() == ("", "")
