"""Two programs timed in turns, so that whatever else the machine does meets both of them."""

import gc
import time
from collections.abc import Callable

__all__ = ["best"]


def best(rounds: int, *functions: Callable[[], object], warm: bool = False) -> list[float]:
    """The shortest processor time of each of the functions, in seconds, over `rounds` turns.

    `warm`: a turn that does not count goes before each, for what takes so little time that what the other one left in
    the processor's caches would weigh.
    """
    times: list[list[float]] = [[] for _ in functions]
    for _ in range(rounds):
        for function, taken in zip(functions, times, strict=True):
            gc.collect()
            if warm:
                function()
            started = time.process_time()
            function()
            taken.append(time.process_time() - started)
    return [min(taken) for taken in times]
