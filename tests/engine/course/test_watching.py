"""Files that are watched."""

from pathlib import Path

from engine.course.watching import WatchedFiles


def test_files_are_listed_anew_at_each_look(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    files = WatchedFiles(lambda: sorted(map(str, tmp_path.iterdir())))
    a, b = str(tmp_path / "a"), str(tmp_path / "b")
    assert list(files.look()) == []
    Path(b).write_text("1")
    assert [list(files.look()), list(files.look())] == [[(b, "saved")], []]
    Path(a).unlink()
    assert [list(files.look()), list(files.look())] == [[], [(a, "gone")]]
    Path(a).write_text("1")
    Path(b).write_text("22")
    assert list(files.look()) == [(a, "saved"), (b, "saved")]
