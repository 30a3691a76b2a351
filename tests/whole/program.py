"""How the program is run from the checkout, as a process of its own."""

import os
import sys
from pathlib import Path

COMMAND = (sys.executable, "-c", "from cli.program import run; run()")


def environment(checkout: Path) -> dict[str, str]:
    """This process's variables without hobnob's, and with the checkout to import from."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HOBNOB_")}
    return inherited | {"PYTHONPATH": str(checkout)}
