"""Files that are read: whether they are there, whether they are results, and whether they are whole."""

import hashlib
import os
from pathlib import Path

from cicatrix._core import FileError, seal

HDF5_SIGNATURE = b"\x89HDF\r\n\x1a\n"
SEAL = seal.encode()  # at the end of a result, before the checksum of all bytes in front of it

_DIGITS = 2 * hashlib.sha256().digest_size
_SUPERBLOCK_SIZE = 48  # bytes of HDF5's own table at the begin of a file
_AT_ONCE = 1 << 20  # bytes


def file_error(fault: str, path: str | os.PathLike[str], reason: str) -> FileError:
    """A FileError as the core makes it."""
    error = FileError(f"{os.fspath(path)}: {reason}")
    error.fault = fault
    error.path = os.fspath(path)
    return error


def readable_file(path: str | os.PathLike[str]) -> Path:
    """`path`, if it is an ordinary file that may be read; FileError otherwise."""
    place = Path(path)
    try:
        if not place.exists():
            near = namesake(place)
            told = f"there is no such file; did you mean {near}?" if near else "there is no such file"
            raise file_error("no_input", path, told)
        if not place.is_file():
            raise file_error("no_input", path, "is not an ordinary file")
        with place.open("rb"):
            return place
    except FileError:
        raise
    except OSError as error:
        raise file_error("no_input", path, f"cannot be read: {error.strerror or error}") from None


def namesake(place: Path) -> Path | None:
    """A file that is called as the one that is not there, here or in `results`, where `./run` puts them."""
    near = (Path(place.name), Path("results") / place.name)
    return next((path for path in near if path != place and path.is_file()), None)


def require_place(path: str | os.PathLike[str]) -> None:
    """FileError when a file cannot be written there: asked before hours of work, which would be lost for its sake."""
    place = Path(path).absolute()
    if not place.parent.is_dir():
        raise file_error("cannot_create", path, f"cannot be written: there is no folder {place.parent}")
    if place.is_dir():
        raise file_error("cannot_create", path, "cannot be written: it is a folder")
    if not os.access(place.parent, os.W_OK):
        raise file_error(
            "cannot_create", path, f"cannot be written: the folder {place.parent} is not yours to write to"
        )


def is_damaged(path: str | os.PathLike[str]) -> bool:
    """True for a result file whose seal does not fit, or is gone although no other program has rewritten the file."""
    with Path(path).open("rb") as stream:
        begin = stream.read(_SUPERBLOCK_SIZE)
        size = stream.seek(0, os.SEEK_END)
        sealed = max(size - len(SEAL) - _DIGITS, 0)
        stream.seek(sealed)
        end = stream.read()
        if not end.startswith(SEAL):
            return _end_of_hdf5(begin) not in (None, size)
        stream.seek(0)
        checksum = hashlib.sha256()
        for at in range(0, sealed, _AT_ONCE):
            checksum.update(stream.read(min(_AT_ONCE, sealed - at)))
    return end != SEAL + checksum.hexdigest().encode()


def _end_of_hdf5(begin: bytes) -> int | None:
    """Where an HDF5 file says that it ends, as a rewritten one does; None in layouts that results do not have."""
    if len(begin) < _SUPERBLOCK_SIZE or begin[8] not in (2, 3):
        return None
    return int.from_bytes(begin[28:36], "little")


def is_result(path: str | os.PathLike[str]) -> bool:
    """True for a result file, by its first bytes or, when they are damaged, by its name."""
    place = readable_file(path)
    with place.open("rb") as stream:
        return stream.read(len(HDF5_SIGNATURE)) == HDF5_SIGNATURE or place.suffix == ".nc"
