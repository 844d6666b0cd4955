"""A kernel client that is ready as soon as its kernel is."""

from queue import Empty
from time import monotonic

from jupyter_client.asynchronous.client import AsyncKernelClient

__all__ = ["ReportKernelClient"]

_REPLY_SECONDS = 1.0
_IDLE_SECONDS = 0.1  # comes with the reply, unless it was said before this client listened
_LONGEST_WAIT = 60.0


class ReportKernelClient(AsyncKernelClient):
    """Talks to a kernel that its own manager started.

    Jupyter's client listens on for 0.2 s after the kernel's first answer, in case there is more
    to come. This one waits for the message by which the kernel says that it is done (``idle``):
    it is the last of a request's, so nothing is left to come.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers on both channels.

        Raises:
            RuntimeError: It died, or did not answer in time (s).
        """
        end = monotonic() + (_LONGEST_WAIT if timeout is None else timeout)
        while not await self._answers(self.kernel_info()):
            if not await self.is_alive():
                raise RuntimeError("the kernel died before it was ready")
            if monotonic() > end:
                raise RuntimeError("the kernel was not ready in time")

    async def _answers(self, request: str) -> bool:
        """Wait a while for the reply to a request, and for the end of its work."""
        try:
            reply = await self.shell_channel.get_msg(timeout=_REPLY_SECONDS)
            while reply["parent_header"].get("msg_id") != request:
                reply = await self.shell_channel.get_msg(timeout=_REPLY_SECONDS)
            while True:
                said = await self.iopub_channel.get_msg(timeout=_IDLE_SECONDS)
                if said["parent_header"].get("msg_id") == request and (
                    said["content"].get("execution_state") == "idle"
                ):
                    break
        except Empty:  # ask again
            return False
        self._handle_kernel_info_reply(reply)
        return True
