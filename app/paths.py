"""Where things are: what ships with the program, and the folder that holds a branch's data."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path, PurePath

import platformdirs

if sys.platform == "win32":
    import ctypes

HOME_VARIABLE = "KIST_HOME"  # another data folder than the one of this operating-system user

KIST_DB = "kist.db"  # the books
DOCUMENTS_DB = "documents.db"  # bytes of files that came in, by hash
LOCAL_DB = "local.db"  # of this station alone; never in a backup
KEYS_JSON = "keys.json"  # wrapped keys, never a bare one (but for the demonstration's)
SHARED_JSON = "shared.json"  # where the books are, when a server keeps them; no secret
SHARED_CA = "shared-ca.pem"  # whom that server's certificate is trusted by
LOCK_FILE = "kist.lock"  # held by the one program that has the embedded files open
DEMO_MARK = "demonstration.json"  # this folder was made by the demonstration and may be replaced

_MOUNTS = Path("/proc/mounts")
_SHARED_FILE_SYSTEM = re.compile(
    r"afpfs|afs|ceph|cifs|glusterfs|lustre|ncpfs|nfs[34]?|smb(fs|[23])?|vboxsf"
    r"|(fuse\.)?(davfs|glusterfs|rclone|sshfs)"
)
_SYNCHRONISED = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "my drive",
    "icloud drive",
    "icloud~",
    "iclouddrive",
    "mobile documents",
    "com~apple~clouddocs",
    "nextcloud",
    "owncloud",
    "syncthing",
    "pcloud",
    "box sync",
)


def resources() -> Path:
    """The folder of icons, fonts, theme, products, rules and catalogues.

    It lies beside the package `app` in the source tree, in an installed wheel and in a frozen
    program alike.
    """
    return Path(__file__).resolve().parents[1] / "resources"


def data_folder() -> Path:
    """The folder of this user's data, which may not exist yet; `KIST_HOME` names another."""
    chosen = os.environ.get(HOME_VARIABLE, "")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return Path(platformdirs.user_data_dir("Kist", appauthor=False, roaming=False))


def is_risky_place(path: Path) -> str | None:
    """Why an encrypted database must not be kept here, or None: `network` or `synchronised`.

    SQLite's locks do not hold on network file systems, and a program that copies the file while
    it is written to makes a damaged copy and puts it back.
    """
    where = path.expanduser().absolute()
    if _is_unc(path) or _is_on_another_pc(where):
        return "network"
    return "synchronised" if _is_synchronised(where) else None


def _is_unc(path: PurePath) -> bool:
    return str(path).startswith(("\\\\", "//"))


def _is_on_another_pc(path: Path) -> bool:
    if sys.platform == "win32":
        remote = 4  # DRIVE_REMOTE of GetDriveTypeW: a letter given to a network share
        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == remote)
    return bool(_SHARED_FILE_SYSTEM.fullmatch(_file_system_of(path)))


def _is_synchronised(path: Path) -> bool:
    return any(part.lower().startswith(_SYNCHRONISED) for part in path.parts) or any(
        _is_under(path, os.environ.get(name, ""))
        for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
    )


def _is_under(path: Path, folder: str) -> bool:
    return bool(folder) and path.is_relative_to(Path(folder).absolute())


def _file_system_of(path: Path) -> str:
    """The type of the file system that holds `path`; empty where the system does not say."""
    try:
        lines = _MOUNTS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    real = path.resolve()
    best, kind = -1, ""
    for line in lines:
        fields = line.split(" ")
        point = Path(_unescaped(fields[1]))
        if real.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind


def _unescaped(mount_point: str) -> str:
    r"""The mount point as it is; the kernel writes spaces and the like as `\040`."""
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        mount_point = mount_point.replace(code, letter)
    return mount_point
