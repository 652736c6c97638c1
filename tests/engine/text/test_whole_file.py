"""Files are written whole or not at all, and what they replace keeps what it allowed."""

import errno
import os
from pathlib import Path

import pytest
from accounts import acting_as, needs_root

from engine.text.whole_file import create_file, make_folder, replace_file

MINE, OTHERS, GROUP = 5001, 5002, 5100


def refuse(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_new_file_stands_where_it_should_when_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So it is not there, empty, where somebody kills what writes it, or the disk is full when it is closed."""
    file, seen, sync = tmp_path / "new.toml", list[bool](), os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (seen.append(file.exists()), sync(handle)))
    create_file(str(file), "text", ".part-")
    assert (seen, file.read_text(), os.listdir(tmp_path)) == ([False], "text", ["new.toml"])


@pytest.mark.parametrize("call", ["fsync", "link"])
def test_what_can_not_be_written_leaves_nothing(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, call, refuse)
    if call == "link":  # as on a file system without links, which is then full
        monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="No space left"):
        create_file(str(tmp_path / "new.toml"), "text", ".part-")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("has_links", [True, False])
def test_a_new_file_replaces_nothing(has_links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not has_links:
        monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "file").write_text("precious")
    (tmp_path / "link").symlink_to("nowhere")
    for name in ("file", "link"):
        with pytest.raises(FileExistsError):
            create_file(str(tmp_path / name), "text", ".part-")
    create_file(str(tmp_path / "new"), "text", ".part-")
    assert sorted(os.listdir(tmp_path)) == ["file", "link", "new"]
    assert ((tmp_path / "file").read_text(), (tmp_path / "new").read_text()) == ("precious", "text")


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link, target = tmp_path / "link", tmp_path / "elsewhere" / "target"
    (tmp_path / "second").symlink_to(target)
    link.symlink_to("second")
    for text in ("made", "replaced"):
        replace_file(link, text, ".part-")
        assert (link.is_symlink(), target.is_symlink(), target.read_text()) == (True, False, text)
    assert sorted(os.listdir(tmp_path / "elsewhere")) == ["target"]


def test_a_link_into_a_folder_that_is_not_there_makes_none(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("unmounted/target")
    with pytest.raises(FileNotFoundError):
        replace_file(tmp_path / "link", "text", ".part-")
    assert os.listdir(tmp_path) == ["link"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_file_that_is_replaced_allows_what_it_did(mode: int, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("before")
    file.chmod(mode)
    replace_file(file, "after", ".part-")
    assert (file.stat().st_mode & 0o777, file.read_text()) == (mode, "after")


@pytest.mark.parametrize(("folder", "file"), [(0o700, 0o600), (0o755, 0o600), (0o2770, 0o660), (0o777, 0o666),
                                              (0o1777, 0o660)], ids=oct)
def test_a_new_file_is_its_owners_alone_but_in_a_shared_folder(folder: int, file: int, tmp_path: Path) -> None:
    tmp_path.chmod(folder)
    replace_file(tmp_path / "file", "text", ".part-")
    assert (tmp_path / "file").stat().st_mode & 0o777 == file


@pytest.mark.parametrize(("above", "mode"), [(0o700, 0o700), (0o775, 0o700), (0o2750, 0o2700), (0o2775, 0o2770)],
                         ids=oct)
def test_a_new_folder_is_its_owners_alone_but_in_a_shared_one(above: int, mode: int, tmp_path: Path) -> None:
    tmp_path.chmod(above)
    make_folder(tmp_path / "a" / "b")
    assert [path.stat().st_mode & 0o7777 for path in (tmp_path / "a", tmp_path / "a" / "b")] == [mode, mode]


def test_in_a_working_directory_that_is_gone_no_folder_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(FileNotFoundError):
        make_folder(Path("a/b"))


@needs_root
def test_what_root_writes_into_somebodys_folder_is_theirs(open_folder: Path) -> None:
    os.chown(open_folder, MINE, GROUP)
    make_folder(open_folder / "a" / "b")
    create_file(str(open_folder / "a" / "new"), "text", ".part-")
    replace_file(open_folder / "a" / "b" / "file", "text", ".part-")
    replace_file(open_folder / "a" / "b" / "file", "text again", ".part-")
    for path in open_folder.rglob("*"):
        assert (path.stat().st_uid, path.stat().st_gid) == (MINE, GROUP), path
    with acting_as(MINE, GROUP):
        assert (open_folder / "a" / "b" / "file").read_text() == "text again"


@needs_root
def test_root_makes_no_file_where_somebody_elses_link_leads(open_folder: Path) -> None:
    (open_folder / "theirs").symlink_to(open_folder / "target")
    os.lchown(open_folder / "theirs", OTHERS, OTHERS)
    with pytest.raises(PermissionError):
        replace_file(open_folder / "theirs", "text", ".part-")
    assert os.listdir(open_folder) == ["theirs"]


@needs_root
def test_two_who_share_a_folder_can_read_what_the_other_has_written(open_folder: Path) -> None:
    """Also where one of them has a group of their own, and where a file allows all to read it."""
    os.chown(open_folder, MINE, GROUP)
    open_folder.chmod(0o2770)
    file = open_folder / "file"
    for account in (MINE, OTHERS, MINE):
        with acting_as(account, account, GROUP):
            replace_file(file, f"by {account}", ".part-")
            assert (file.stat().st_gid, file.stat().st_mode & 0o777) == (GROUP, 0o660)
    open_folder.chmod(0o777)
    file.chmod(0o604)
    with acting_as(OTHERS, OTHERS):
        replace_file(file, "by a stranger", ".part-")
    assert file.stat().st_mode & 0o777 == 0o644
