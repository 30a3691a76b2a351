"""Files that are replaced as a whole: a kill, or a full disk, leaves the old content or the new one."""

import os
from pathlib import Path
from stat import S_IMODE

__all__ = ["replace"]


def replace(path: Path, content: bytes) -> None:
    """Puts `content` in the place of what `path` holds, if anything. Raises OSError.

    A link stays one and leads to the new content, permissions stay, and what was written survives a loss of power.
    """
    target = path.resolve()
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            draft.chmod(S_IMODE(target.stat().st_mode))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
