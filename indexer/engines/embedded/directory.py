"""Where an index lives: numbered directories, and a pointer to the one that is in use.

    index/
    ├── current.json   {"format": 1, "directory": "000002"}
    ├── lock           held by whoever writes
    └── 000002/        tantivy's files

A new index is filled beside the old one and put in its place by renaming the pointer, so that searches in other
processes always find a whole one. Numbered directories that nothing points to are what a killed rebuild left.
"""

import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from hobnob.errors import EngineError
from indexer.engines.embedded.failures import REBUILD

__all__ = ["FORMAT", "Building", "Home", "is_index"]

FORMAT = 1
"""Grows whenever the fields of a document, or what stands in them, change."""

_POINTER = "current.json"
_LOCK = "lock"
_NUMBERED = re.compile(r"\d{6}\Z")
_POLL_SECONDS = 0.05


class _Pointer(msgspec.Struct):
    format: int
    directory: str


@dataclass(frozen=True, slots=True)
class Home:
    """The directory of an engine, and how many seconds to wait for another process that writes there."""

    path: Path
    patience: float

    def current(self) -> Path | None:
        """The numbered directory in use; None when nothing has been written yet.

        Raises EngineError when the files are not an index, or one of another version.
        """
        try:
            pointer = msgspec.json.decode((self.path / _POINTER).read_bytes(), type=_Pointer)
        except FileNotFoundError:
            self._check_ours()
            return None
        except (OSError, msgspec.MsgspecError) as error:
            raise EngineError(f"the search index at {self.path} cannot be read: {error}", hint=REBUILD) from error
        if pointer.format != FORMAT:
            raise EngineError(f"the search index has format {pointer.format}, not {FORMAT}", hint=REBUILD)
        found = self.path / pointer.directory
        if not _NUMBERED.match(pointer.directory) or not found.is_dir():
            raise EngineError(f"the search index at {self.path} is not complete", hint=REBUILD)
        return found

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """The directory to write to, held against other writers; a new one, put in use at the end, when there is
        none."""
        with self.locked():
            found = self.current()
            if found is not None:
                self._remove_all_but(found.name)
                yield found
                return
            with self.replacing() as new:
                yield new

    @contextmanager
    def replacing(self) -> Iterator[Path]:
        """A new empty directory, put in use when the block ends without an error. The lock must be held."""
        kept = self._pointed_at()
        self._remove_all_but(kept)
        new = self.path / f"{int(kept or 0) + 1:06d}"
        try:
            new.mkdir()
            yield new
            self._point_at(new)
        except BaseException:
            self._remove_all_but(kept)
            raise
        self._remove_all_but(new.name)

    def _point_at(self, new: Path) -> None:
        draft = self.path / f"{_POINTER}.new"
        with draft.open("wb") as file:
            file.write(msgspec.json.encode(_Pointer(FORMAT, new.name)))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path / _POINTER)
        _sync_directory(self.path)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the index against other writers. Raises EngineError when one is still there after `patience`."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            file = (self.path / _LOCK).open("ab")
        except OSError as error:
            raise EngineError(f"cannot write the search index at {self.path}: {error.strerror}") from error
        with file:
            self._wait_for(file.fileno())
            yield

    def _wait_for(self, descriptor: int) -> None:
        until = time.monotonic() + self.patience
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() >= until:
                    raise EngineError(
                        "another hobnob is writing the search index", hint="try again when it is done"
                    ) from error
                time.sleep(_POLL_SECONDS)
            else:
                return

    def _pointed_at(self) -> str | None:
        try:
            name = msgspec.json.decode((self.path / _POINTER).read_bytes(), type=_Pointer).directory
        except (OSError, msgspec.MsgspecError):
            return None
        return name if _NUMBERED.match(name) else None

    def _remove_all_but(self, kept: str | None) -> None:
        for entry in self.path.iterdir():
            if _NUMBERED.match(entry.name) and entry.name != kept:
                shutil.rmtree(entry, ignore_errors=True)

    def _check_ours(self) -> None:
        try:
            names = [entry.name for entry in self.path.iterdir()]
        except FileNotFoundError:
            return
        except OSError as error:
            raise EngineError(f"cannot read the search index at {self.path}: {error.strerror}") from error
        ours = (_LOCK, f"{_POINTER}.new")
        foreign = [name for name in names if not (_NUMBERED.match(name) or name in ours or name.startswith("."))]
        if foreign:
            raise EngineError(f"{self.path} holds other files than a search index ({foreign[0]!r})", hint=REBUILD)


@dataclass(frozen=True, slots=True)
class Building:
    """A directory that is being filled by the process that holds the lock."""

    path: Path

    def current(self) -> Path | None:
        return self.path if is_index(self.path) else None

    @contextmanager
    def writing(self) -> Iterator[Path]:
        yield self.path


def is_index(path: Path) -> bool:
    """Whether tantivy has written there."""
    return (path / "meta.json").is_file()


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
