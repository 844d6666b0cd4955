"""Where the sockets of kernels may live: their names must be short."""

import contextlib
import os
import sys
import tempfile

from zhashui_stats.errors import ReportFailed

__all__ = ["CONNECTION_FILE", "TRANSPORT", "find_staging_place"]

# Windows has no IPC sockets in ZeroMQ; there the kernel listens on the loopback address only.
TRANSPORT = "tcp" if sys.platform == "win32" else "ipc"
CONNECTION_FILE = "k.json"
# A socket's name holds 107 bytes on Linux and 103 on macOS; "zs-" and eight characters of a staging
# folder, the connection file and "-ipc-5" are part of it.
_SOCKET_BYTES = 100
_STAGED = f"/zs-12345678/{CONNECTION_FILE}-ipc-5"
_SHORT_PLACE = "/tmp"  # noqa: S108, RUF100 -- only where the user's own place is too long


def find_staging_place() -> str:
    """Return a folder for staging folders in which sockets can be named.

    Raises:
        ReportFailed: There is none.
    """
    places = [_SHORT_PLACE]
    with contextlib.suppress(FileNotFoundError):
        places.insert(0, tempfile.gettempdir())
    for place in places:
        fits = TRANSPORT != "ipc" or len(os.fsencode(place + _STAGED)) < _SOCKET_BYTES
        if fits and os.access(place, os.W_OK | os.X_OK):
            return place
    raise ReportFailed(
        "没有可用的临时文件夹：要能写入，路径不超过 70 个字节；请把环境变量 TMPDIR 指向这样一处"
    )
