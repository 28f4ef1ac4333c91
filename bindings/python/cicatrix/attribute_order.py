"""The order of the attributes of a result, of which xarray prints the first six and the last six."""

from typing import Any

FIRST = ("title", "summary", "model", "calibrated", "not_medical_advice", "version")


def with_title_first(attributes: dict[Any, Any]) -> dict[Any, Any]:
    """The same attributes, with those in front that say what the result is."""
    return {name: attributes[name] for name in FIRST if name in attributes} | attributes
