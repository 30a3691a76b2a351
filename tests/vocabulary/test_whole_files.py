"""Replacing a file: whole or not at all, and nothing else about it changes."""

from pathlib import Path

import pytest

from hobnob import whole_files


def test_a_new_file_and_a_replaced_one(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    whole_files.replace(path, b"one")
    assert path.read_bytes() == b"one"
    path.chmod(0o600)
    whole_files.replace(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_one(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    whole_files.replace(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_what_cannot_be_replaced_is_left_alone_and_no_draft_stays(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(OSError, match="irectory"):
        whole_files.replace(folder, b"new")
    assert list(tmp_path.iterdir()) == [folder]
