"""Who makes the pages of a batch: threads of this process, or a cluster.

Threads are enough here: the figures are computed in the kernels, which are processes of their own.
"""

import asyncio
import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from zhashui_stats.errors import OutputError, ReportFailed
from zhashui_stats.publish.kernels.manager import end_kernels
from zhashui_stats.publish.many.batch import Parcel, close_unused_parent

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["Workers", "cluster_workers", "local_workers"]

_CONNECT_SECONDS = 10
_POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Workers:
    """An executor, and how the data gets to where it works.

    Attributes:
        executor: Of any kind.
        send: The data folder and its files (by their paths below it) -> what ``run_job`` takes.
    """

    executor: Executor
    send: Callable[[Path, Mapping[str, Path]], object]


@contextlib.contextmanager
def local_workers(number: int | None = None) -> Iterator[Workers]:
    """Give workers on this machine, which read the data where it is.

    Args:
        number: How many pages are made at a time; None: one more than there are processors, as
            each waits for a while until its kernel is there.
    """
    executor = ThreadPoolExecutor(number or _processors() + 1)
    try:
        yield Workers(executor, lambda folder, _: folder)
    except BaseException:
        _give_up(executor)
        raise
    finally:
        executor.shutdown()


def _give_up(executor: Executor) -> None:
    """End whatever runs, and what a thread is only just about to start, until no thread is left."""
    ending = Thread(target=lambda: executor.shutdown(cancel_futures=True))
    ending.start()
    while ending.is_alive():
        end_kernels()
        ending.join(_POLL_SECONDS)


def _processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def cluster_workers(address: str) -> Iterator[Workers]:
    """Give the workers of a Dask cluster; each keeps the data, once it has come.

    Args:
        address: Of its scheduler, such as ``tcp://10.0.0.1:8786``.

    Raises:
        ReportFailed: dask.distributed is not installed.
        OutputError: The scheduler does not answer, or has no workers.
    """
    with _connected(address) as client:
        executor = client.get_executor(pure=False)
        try:
            yield Workers(executor, lambda folder, files: _hand_over(client, folder, files))
        finally:
            with contextlib.suppress(OSError):  # the scheduler is gone
                executor.shutdown(wait=False)
                client.run(close_unused_parent, on_error="ignore")


@contextlib.contextmanager
def _connected(address: str) -> "Iterator[Client]":
    try:
        from distributed import Client  # noqa: PLC0415 -- for this wish only
    except ImportError:
        raise ReportFailed(
            "没有安装 dask.distributed，不能使用集群；请运行 pip install 'zhashui-stats[cluster]'"
        ) from None
    try:
        with ThreadPoolExecutor(1) as thread:  # in a notebook, this thread has a loop already
            thread.submit(asyncio.run, _greet(address)).result()
        client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise OutputError(
            f"无法连接集群调度器 {address}；请检查地址（形如 tcp://主机:8786）和网络"
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        except OSError as error:
            raise OutputError(
                f"集群 {address} 里没有计算节点；请先在各节点上启动：dask worker {address}"
            ) from error
        yield client


async def _greet(address: str) -> None:
    """Hold that somebody answers there: a client that fails to connect may linger for 20 s."""
    from distributed.comm.core import connect  # noqa: PLC0415
    from distributed.security import Security  # noqa: PLC0415

    manner = Security().get_connection_args("client")
    comm = await connect(address, timeout=_CONNECT_SECONDS, **manner)
    await comm.close()


def _hand_over(client: "Client", folder: Path, files: Mapping[str, Path]) -> object:
    """Give the cluster the data as a task of its own: where it is lost, it is made again."""
    import dask  # noqa: PLC0415

    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TB"}):
        return client.submit(_take_parcel, Parcel.pack(folder, files), pure=False)


def _take_parcel(parcel: Parcel) -> Parcel:
    """Take the data, on a worker: all that this task does is to have them there."""
    return parcel
