"""A copy of the catalogue's file to try something on: it goes when that is done, or the next time if it was killed."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cli.progress import Shown
from cli.session import Session
from indexer.catalogue import Catalogue
from indexer.upkeep.owners import is_dead, new_owner

__all__ = ["passing_copy"]

_OWNER = "owner"
_DAYS = 2 * 24 * 3600  # seconds; where nobody can tell who lives, nobody tries for longer


@contextmanager
def passing_copy(session: Session, file: Path, shown: Shown) -> Iterator[Catalogue]:
    """A copy of the catalogue in `file`, in a directory beside it. Raises CatalogueError."""
    prefix = f".{file.name}.rejudge-"
    _remove_left(file.parent, prefix)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=file.parent) as folder:
        (Path(folder) / _OWNER).write_text(new_owner(), encoding="utf-8")
        shown.step("copying the catalogue")
        path = Path(folder) / file.name
        session.catalogue.backup(path)
        with Catalogue.open(f"sqlite:///{path}", now=session.now) as copy:
            yield copy


def _remove_left(folder: Path, prefix: str) -> None:
    """Removes what those left behind who were killed."""
    with suppress(OSError):
        for left in folder.iterdir():
            if left.name.startswith(prefix) and left.is_dir() and not left.is_symlink() and _is_left(left):
                shutil.rmtree(left, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    try:
        owner = (folder / _OWNER).read_text(encoding="utf-8", errors="replace")
    except OSError:
        owner = ""
    try:
        return is_dead(owner.strip()) or time.time() - folder.stat().st_mtime > _DAYS
    except OSError:
        return False
