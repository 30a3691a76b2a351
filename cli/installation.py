"""How to start this same hobnob as another process."""

import os
import sys
import sysconfig
from pathlib import Path

__all__ = ["own_command"]

_NAME = "hobnob"


def own_command() -> list[str]:
    """The words that start this installation, its path absolute: what was called, the script beside this Python, or
    else Python itself, which then does not look for modules in the current directory."""
    for path in (Path(sys.argv[0]), Path(sysconfig.get_path("scripts")) / _NAME):
        if path.name == _NAME and path.is_absolute() and path.is_file() and os.access(path, os.X_OK):
            return [str(path)]
    return [sys.executable, "-P", "-c", "from cli.program import run; run()"]
