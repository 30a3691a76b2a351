"""SIGTERM: how service managers, containers and `schedule run` ask a program to end."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["sigterm_is_ctrl_c"]


@contextmanager
def sigterm_is_ctrl_c() -> Iterator[None]:
    """Within the block SIGTERM is what Ctrl-C is: KeyboardInterrupt, which ends what is under way in good order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
