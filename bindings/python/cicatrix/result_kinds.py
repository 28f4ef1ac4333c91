"""Of which kind a result file is, so that none is replaced by one of another kind."""

from collections.abc import Mapping
from pathlib import Path

from cicatrix._core import FileError
from cicatrix.storage import is_damaged, is_result

COURSE, SWEEP = "a course", "a merged sweep"
_TOLD = ("study", "method", "minimise", "maximise")  # attributes that say what a study was asked


def kind_of(path: Path) -> str:
    """`a course`, `a merged sweep`, `a sensitivity study by morris`, ...; empty for what is no whole result."""
    import h5py

    try:
        if not path.is_file() or not is_result(path) or is_damaged(path):  # HDF5 may crash on a damaged file
            return ""
        with h5py.File(path, "r") as file:
            if "member" in file:
                return SWEEP
            told = {key: file.attrs[key] for key in _TOLD if key in file.attrs}
            return kind_of_study(told) or (COURSE if "time" in file else "")
    except (OSError, FileError):
        return ""  # whoever writes there says what is wrong with the place


def scenario_in(path: Path) -> str:
    """The text of the scenario that a result was made from; empty where there is none."""
    import h5py

    try:
        with h5py.File(path, "r") as file:
            return _text(file.attrs.get("scenario_toml", ""))
    except OSError:
        return ""


def kind_of_study(attributes: Mapping[str, object]) -> str:
    """How a study is called, by the attributes of its file; empty for another result."""
    told = {key: _text(attributes.get(key, "")) for key in _TOLD}
    if told["study"] == "optimum" and len(_goals(told["minimise"]) + _goals(told["maximise"])) > 1:
        return "a front between two goals"
    article = "an" if told["study"][:1] in ("a", "e", "i", "o", "u") else "a"
    method = f" by {told['method']}" if told["method"] else ""
    kind = f"{told['study']} study" if told["study"] == "sensitivity" else told["study"]
    return f"{article} {kind}{method}" if kind else ""


def _goals(text: str) -> list[str]:
    return [goal for goal in text.split("; ") if goal]


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
