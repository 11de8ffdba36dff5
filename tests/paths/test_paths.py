"""The program finds what it ships, and refuses folders where a database comes to harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import paths


def test_what_ships_with_the_program_is_found() -> None:
    assert (paths.resources() / "fonts" / "NotoSans-Regular.ttf").is_file()


def test_the_home_variable_names_the_data_folder(home: Path) -> None:
    assert paths.data_folder() == home


def test_without_it_the_folder_is_this_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE)
    assert paths.data_folder().is_absolute()
    assert paths.data_folder().name == "Kist"


def test_a_plain_folder_is_fine(tmp_path: Path) -> None:
    assert paths.is_risky_place(tmp_path / "Kist" / "data") is None


@pytest.mark.parametrize(
    "folder",
    [
        "OneDrive",
        "OneDrive - Sahyog Finance",
        "Dropbox",
        "Dropbox (Personal)",
        "Google Drive",
        "My Drive",
        "iCloudDrive",
        "Mobile Documents",
        "Nextcloud",
    ],
)
def test_a_synchronised_folder_is_risky(tmp_path: Path, folder: str) -> None:
    assert paths.is_risky_place(tmp_path / folder / "Kist") == "synchronised"


def test_a_synchronised_folder_of_another_name_is_known_from_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Branch files"))
    assert paths.is_risky_place(tmp_path / "Branch files" / "Kist") == "synchronised"
    assert paths.is_risky_place(tmp_path / "Other files") is None


def test_a_unc_path_is_a_network_share() -> None:
    assert paths.is_risky_place(Path(r"\\server\share\Kist")) == "network"


@pytest.mark.parametrize(
    ("kind", "why"),
    [("nfs4", "network"), ("cifs", "network"), ("fuse.sshfs", "network"), ("ext4", None)],
)
def test_a_mounted_share_is_known_by_its_file_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, why: str | None
) -> None:
    point = tmp_path / "head office"
    mounts = tmp_path / "mounts"
    escaped = str(point).replace(" ", r"\040")
    mounts.write_text(f"root / ext4 rw 0 0\nserver:/ {escaped} {kind} rw 0 0\n", "utf-8")
    monkeypatch.setattr(paths, "_MOUNTS", mounts)
    assert paths.is_risky_place(point / "Kist") == why
    assert paths.is_risky_place(tmp_path / "Kist") is None
