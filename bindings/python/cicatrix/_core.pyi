"""Types of the compiled core; made by bindings/python/stubs.py."""

import collections.abc
import typing
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy
import numpy as np
import numpy.typing
import numpy.typing as npt

Attribute: TypeAlias = str | float | int | npt.NDArray[np.generic]

class Problem:
    """
    One fault of an input, with everything needed to mend it.
    """

    def __repr__(self) -> str: ...

    @property
    def allowed(self) -> str: ...

    @property
    def code(self) -> str: ...

    @property
    def column(self) -> int: ...

    @property
    def file(self) -> str: ...

    @property
    def line(self) -> int: ...

    @property
    def path(self) -> str: ...

    @property
    def suggestion(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def what(self) -> str: ...

class InputError(ValueError):
    """
    An input that cannot be used; `problems` lists all of its faults.
    """
    problems: list[Problem]

class FileError(OSError):
    """
    A file that could not be read or written; see `fault` and `path`.
    """
    fault: str
    path: str

class NumericalError(RuntimeError):
    """
    An integration that did not reach its end; see `member`, `time` and `state`.
    """
    member: int
    time: float
    state: str

class Variable:
    """
    A named array of a group.
    """

    @property
    def attributes(self) -> dict[str, Attribute]: ...

    @property
    def dimensions(self) -> tuple[str, ...]: ...

    @property
    def name(self) -> str: ...

    @property
    def values(self) -> npt.NDArray[Any] | list[str]:
        """
        A read-only numpy array, or a list of texts.
        """

class Group:
    """
    Named variables with their dimensions and attributes.
    """

    def write(self, path: str) -> None:
        """
        Writes a netCDF-4 file; on failure nothing is left behind.
        """

    @property
    def attributes(self) -> dict[str, Attribute]: ...

    @property
    def dimensions(self) -> dict[str, int]: ...

    @property
    def groups(self) -> list[Group]: ...

    @property
    def name(self) -> str: ...

    @property
    def variables(self) -> list[Variable]: ...

class StateRow:
    """
    A state of a model.
    """

    @property
    def meaning(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def unit(self) -> str: ...

class ConstantRow:
    """
    A number that follows from the parameters of a model.
    """

    @property
    def meaning(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def unit(self) -> str: ...

class ParameterRow:
    """
    A parameter of a model.
    """

    @property
    def grade(self) -> str: ...

    @property
    def high(self) -> float: ...

    @property
    def low(self) -> float: ...

    @property
    def meaning(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def source(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def value(self) -> float: ...

class ReadoutRow:
    """
    What is seen or measured, made from the states.
    """

    @property
    def formula(self) -> str: ...

    @property
    def grade(self) -> str: ...

    @property
    def long_name(self) -> str: ...

    @property
    def meaning(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def source(self) -> str: ...

    @property
    def unit(self) -> str: ...

class SessionRow:
    """
    What a result says of each session.
    """

    @property
    def formula(self) -> str: ...

    @property
    def meaning(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def unit(self) -> str: ...

class KeyRow:
    """
    A key of scenario files.
    """

    @property
    def allowed(self) -> str: ...

    @property
    def default(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def meaning(self) -> str: ...

    @property
    def needed_by(self) -> list[str]:
        """
        Kinds of device that do not go without it.
        """

    @property
    def path(self) -> str: ...

    @property
    def required(self) -> bool: ...

    @property
    def stored_only(self) -> bool: ...

    @property
    def unit(self) -> str: ...

class DeviceDefault:
    """
    What a kind of device takes for a key that is left out.
    """

    @property
    def device(self) -> str: ...

    @property
    def grade(self) -> str: ...

    @property
    def path(self) -> str: ...

    @property
    def source(self) -> str: ...

    @property
    def value(self) -> str: ...

class ErrorPage:
    """
    The page that explains a code.
    """

    @property
    def bad(self) -> str: ...

    @property
    def code(self) -> str: ...

    @property
    def good(self) -> str: ...

    @property
    def mend(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def title(self) -> str: ...

class SiteRow:
    """
    A treated part of the body.
    """

    @property
    def dermis_female(self) -> float:
        """
        mm
        """

    @property
    def dermis_male(self) -> float:
        """
        mm
        """

    @property
    def epidermis(self) -> float:
        """
        mm
        """

    @property
    def give(self) -> float: ...

    @property
    def grade(self) -> str: ...

    @property
    def horny_layer(self) -> float:
        """
        mm
        """

    @property
    def name(self) -> str: ...

    @property
    def resting_strain(self) -> float: ...

    @property
    def source(self) -> str: ...

class BaselineRow:
    """
    What the skin was like before the first session.
    """

    @property
    def elastin(self) -> float: ...

    @property
    def extra_age(self) -> float:
        """
        years
        """

    @property
    def grade(self) -> str: ...

    @property
    def mature_collagen(self) -> float: ...

    @property
    def name(self) -> str: ...

    @property
    def scar_depth(self) -> float:
        """
        mm
        """

    @property
    def source(self) -> str: ...

class ConditionRow:
    """
    A condition that makes needling risky.
    """

    @property
    def changes(self) -> dict[str, float]: ...

    @property
    def must_acknowledge(self) -> bool: ...

    @property
    def name(self) -> str: ...

    @property
    def warning(self) -> str: ...

class CompoundRow:
    """
    A compound that the program knows.
    """

    @property
    def everyday_names(self) -> list[str]: ...

    @property
    def grade(self) -> str: ...

    @property
    def molecular_mass(self) -> float:
        """
        g/mol
        """

    @property
    def name(self) -> str: ...

    @property
    def permeability(self) -> float:
        """
        of intact skin, mm/d
        """

    @property
    def solubility(self) -> float:
        """
        g/mm3
        """

    @property
    def source(self) -> str: ...

class SpaceRow:
    """
    A body in which a model may live.
    """

    @property
    def cells(self) -> int:
        """
        unless a scenario says otherwise
        """

    @property
    def length(self) -> float:
        """
        from the middle of the wound to the outer border
        """

    @property
    def meaning(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def wound(self) -> float:
        """
        how far from the middle the wound reaches
        """

class ModelCard:
    """
    What a model says of itself.
    """

    @property
    def faults(self) -> list[str]: ...

    @property
    def front(self) -> str:
        """
        What having healed means in space; empty without it.
        """

    @property
    def id(self) -> str: ...

    @property
    def source(self) -> str: ...

    @property
    def spaces(self) -> list[SpaceRow]: ...

    @property
    def time_unit(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def variants(self) -> dict[str, str]: ...

class Session:
    """
    A session as planned and as the skin takes it.
    """

    def __repr__(self) -> str: ...

    @property
    def at(self) -> float:
        """
        d
        """

    @property
    def channel_density(self) -> float:
        """
        distinct channels, cm-2
        """

    @property
    def channel_depth(self) -> float:
        """
        mean depth below the surface, mm
        """

    @property
    def injured_fraction(self) -> float:
        """
        share of the dermis's volume
        """

    @property
    def minutes(self) -> float: ...

    @property
    def needle_length(self) -> float:
        """
        mm; NaN for a prescribed injury
        """

    @property
    def open_area(self) -> float:
        """
        share of the area
        """

    @property
    def passes(self) -> float:
        """
        NaN for a prescribed injury
        """

    @property
    def price(self) -> float:
        """
        USD
        """

    @property
    def reached_fraction(self) -> float:
        """
        share of the dermis within reach of a channel
        """

    @property
    def strike_density(self) -> float:
        """
        needles that strike, cm-2
        """

class CalendarEntry:
    """
    What is done from one day to another.
    """

    @property
    def from_day(self) -> float:
        """
        d
        """

    @property
    def to_day(self) -> float:
        """
        d
        """

    @property
    def what(self) -> str: ...

class Scenario:
    """
    A checked scenario.
    """

    def __repr__(self) -> str: ...

    @property
    def calendar(self) -> list[CalendarEntry]:
        """
        Care at home and sessions, by day.
        """

    @property
    def file(self) -> str: ...

    @property
    def is_course(self) -> bool:
        """
        False for a published model.
        """

    @property
    def model(self) -> str: ...

    @property
    def notes(self) -> list[str]: ...

    @property
    def question(self) -> str: ...

    @property
    def resolved(self) -> str: ...

    @property
    def sessions(self) -> list[Session]: ...

    @property
    def settings(self) -> dict[str, float]:
        """
        Parameters and initial states of the model, by name.
        """

    @property
    def space(self) -> str:
        """
        The space in which a published model lives; empty without one.
        """

    @property
    def text(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def warnings(self) -> list[str]:
        """
        What speaks against the patient or the protocol; runs the course to know.
        """

class Factor:
    """
    One thing that differs between the members of a sweep.
    """

    def __repr__(self) -> str: ...

    @property
    def choices(self) -> list[str]:
        """
        What the values 0, 1, ... stand for; empty for a number.
        """

    @property
    def distribution(self) -> str:
        """
        As the file words it; empty for a list of levels.
        """

    @property
    def grade(self) -> str:
        """
        Evidence of a parameter, A to D or assumed; else empty.
        """

    @property
    def high(self) -> float | None:
        """
        The largest value; None for a choice.
        """

    @property
    def kind(self) -> str: ...

    @property
    def levels(self) -> list[float] | None:
        """
        Its values in the order of the file; None under a distribution.
        """

    @property
    def low(self) -> float | None:
        """
        The least value; None for a choice.
        """

    @property
    def meaning(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def unit(self) -> str:
        """
        Empty for choices and plain numbers.
        """

    @property
    def whole(self) -> bool:
        """
        Whether only whole numbers are allowed.
        """

class Batch:
    """
    What became of some rows of a sweep.
    """

    def __len__(self) -> int: ...

    def __repr__(self) -> str: ...

    def failures(self) -> list[tuple[int, int, str, float, str]]:
        """
        Row, arm, status, time reached in d, and state of each member that failed.
        """

    @property
    def limiting_state(self) -> npt.NDArray[np.int32]:
        """
        Position of the state that limited the last step.
        """

    @property
    def status(self) -> npt.NDArray[np.int8]:
        """
        0: done.
        """

    @property
    def steps(self) -> npt.NDArray[np.int64]: ...

    @property
    def time_reached(self) -> npt.NDArray[np.float64]:
        """
        d
        """

    @property
    def values(self) -> npt.NDArray[np.float64]:
        """
        Of each row the outcomes arm by arm; NaN where a member failed.
        """

class Gradient:
    """
    Derivatives of the outcomes of a sweep by its factors, at one row.
    """

    def __repr__(self) -> str: ...

    @property
    def obstacles(self) -> list[str]:
        """
        Of each factor why there is no derivative; else empty.
        """

    @property
    def slopes(self) -> npt.NDArray[np.float64]:
        """
        Of each outcome by each factor, in the factor's unit; NaN where there is no derivative.
        """

    @property
    def status(self) -> str:
        """
        How the course ended: done, or why it did not.
        """

    @property
    def values(self) -> list[float]:
        """
        Of the outcomes; NaN where the course failed.
        """

class OutcomeColumn:
    """
    One outcome in one arm.
    """

    def __repr__(self) -> str: ...

    @property
    def arm(self) -> str: ...

    @property
    def meaning(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def unit(self) -> str: ...

class Sweep:
    """
    A checked sweep.
    """

    def __repr__(self) -> str: ...

    def design(self, first: typing.SupportsInt | typing.SupportsIndex, count: typing.SupportsInt | typing.SupportsIndex) -> npt.NDArray[np.float64]:
        """
        Rows of the design.
        """

    def gradient(self, row: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], arm: typing.SupportsInt | typing.SupportsIndex=0, *, threads: typing.SupportsInt | typing.SupportsIndex=1) -> Gradient:
        """
        Derivatives of the outcomes by the factors at a row, in one arm; of courses of the fidelity lumped.
        """

    def member_scenario(self, index: typing.SupportsInt | typing.SupportsIndex, arm: typing.SupportsInt | typing.SupportsIndex=0) -> str:
        """
        The text of a scenario that is this member alone.
        """

    def require_single_precision(self) -> None:
        """
        Raises InputError where members would be such as single precision cannot carry.
        """

    def row_scenario(self, row: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], arm: typing.SupportsInt | typing.SupportsIndex=0, title: str='A row of a sweep') -> str:
        """
        The same of a row of one's own.
        """

    def rows_at(self, points: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """
        Rows at points of the unit cube, one coordinate for each factor, above 0 and below 1.
        """

    def run(self, first: typing.SupportsInt | typing.SupportsIndex, count: typing.SupportsInt | typing.SupportsIndex, *, threads: typing.SupportsInt | typing.SupportsIndex=1, lanes: typing.SupportsInt | typing.SupportsIndex=0, single_precision: bool=False, progress: Callable[[int, int], bool] | None=None) -> Batch:
        """
        Runs rows of the design; `progress` gets the rows done and those that failed, in whatever arm, and returns False to stop.
        """

    def run_rows(self, rows: npt.ArrayLike, *, threads: typing.SupportsInt | typing.SupportsIndex=1, lanes: typing.SupportsInt | typing.SupportsIndex=0, single_precision: bool=False, progress: Callable[[int, int], bool] | None=None) -> Batch:
        """
        Runs rows of one's own.
        """

    @property
    def arms(self) -> list[str]: ...

    @property
    def design_name(self) -> str: ...

    @property
    def factors(self) -> list[Factor]: ...

    @property
    def members(self) -> int:
        """
        Rows of the design; 0 when it has no end of its own.
        """

    @property
    def outcomes(self) -> list[OutcomeColumn]:
        """
        The columns of a batch's values.
        """

    @property
    def resolved(self) -> str:
        """
        The sweep with every default filled in, as TOML.
        """

    @property
    def scenario(self) -> Scenario:
        """
        The first arm without what varies.
        """

    @property
    def seed(self) -> int: ...

class Roller:
    """
    A drum with rows of needles.
    """

    def __init__(self, *, needles: typing.SupportsFloat | typing.SupportsIndex=192.0, rows: typing.SupportsInt | typing.SupportsIndex=8, diameter: typing.SupportsFloat | typing.SupportsIndex=20.0, width: typing.SupportsFloat | typing.SupportsIndex=20.0) -> None: ...

    @property
    def density_per_pass(self) -> float:
        """
        needles that strike in a pass, 1/mm2
        """

class Pen:
    """
    A motorised tip that glides, or dwells where `dwell` is above 0.
    """

    def __init__(self, *, needles: typing.SupportsFloat | typing.SupportsIndex=12.0, stamp_rate: typing.SupportsFloat | typing.SupportsIndex=90.0, tip_width: typing.SupportsFloat | typing.SupportsIndex=10.0, glide_speed: typing.SupportsFloat | typing.SupportsIndex=50.0, dwell: typing.SupportsFloat | typing.SupportsIndex=0.0) -> None: ...

    @property
    def density_per_pass(self) -> float:
        """
        needles that strike in a pass, 1/mm2
        """

class Stamp:
    """
    A square array of needles that is pressed on.
    """

    def __init__(self, *, needles: typing.SupportsFloat | typing.SupportsIndex=64.0, width: typing.SupportsFloat | typing.SupportsIndex=10.0) -> None: ...

    @property
    def density_per_pass(self) -> float:
        """
        needles that strike in a pass, 1/mm2
        """

class FractionalLaser:
    """
    A scanned lattice of beams.
    """

    def __init__(self, *, density: typing.SupportsFloat | typing.SupportsIndex=4.0, column_diameter: typing.SupportsFloat | typing.SupportsIndex=0.1, column_depth: typing.SupportsFloat | typing.SupportsIndex=0.3, ablation: typing.SupportsFloat | typing.SupportsIndex=0.5) -> None: ...

    @property
    def density_per_pass(self) -> float:
        """
        needles that strike in a pass, 1/mm2
        """

class Scattered:
    """
    Channels of a given density at random places.
    """

    def __init__(self, *, density: typing.SupportsFloat | typing.SupportsIndex, drive: str='rolled') -> None: ...

    @property
    def density_per_pass(self) -> float:
        """
        needles that strike in a pass, 1/mm2
        """

class Channels:
    """
    What a session opens.
    """

    def density_reaching(self, depth: typing.SupportsFloat | typing.SupportsIndex) -> float:
        """
        channels that reach a depth, 1/mm2
        """

    def injured_share(self, depth: typing.SupportsFloat | typing.SupportsIndex) -> float:
        """
        injured share of the plane at a depth
        """

    @property
    def density(self) -> float:
        """
        distinct channels, 1/mm2
        """

    @property
    def depth(self) -> float:
        """
        mean depth below the surface, mm
        """

    @property
    def depth_spread(self) -> float:
        """
        standard deviation of the depth, mm
        """

    @property
    def mouth_radius(self) -> float:
        """
        of the hole in the surface, mm
        """

    @property
    def open_area(self) -> float:
        """
        share of the surface
        """

    @property
    def radius(self) -> float:
        """
        of the tissue that the widest part injures, mm
        """

    @property
    def strikes(self) -> float:
        """
        needles that struck, 1/mm2
        """

    @property
    def taper(self) -> float:
        """
        length over which the radius falls to nothing, mm
        """

    @property
    def thermal(self) -> bool: ...

class Estimate:
    """
    A mean over independent patches.
    """

    def __repr__(self) -> str: ...

    @property
    def mean(self) -> float: ...

    @property
    def standard_error(self) -> float: ...

class Strike:
    """
    One needle that struck.
    """

    @property
    def depth(self) -> float:
        """
        mm
        """

    @property
    def is_new(self) -> bool:
        """
        false: it entered an older hole of the session
        """

    @property
    def pass_index(self) -> int:
        """
        from 0
        """

    @property
    def x(self) -> float: ...

    @property
    def y(self) -> float: ...

class ChannelMap:
    """
    Counts of a Monte Carlo map.
    """

    @property
    def density(self) -> Estimate:
        """
        of distinct channels, 1/mm2
        """

    @property
    def nearest(self) -> Estimate:
        """
        mean distance to the nearest channel, mm
        """

    @property
    def open_area(self) -> Estimate:
        """
        share of the surface
        """

    @property
    def reaching(self) -> list[Estimate]:
        """
        channels that reach each depth, 1/mm2
        """

    @property
    def reentered(self) -> list[Estimate]:
        """
        share of the strikes of each pass
        """

    @property
    def strikes(self) -> Estimate:
        """
        1/mm2
        """

class Budget:
    """
    What the processes have made of a quantity since day 0, in its unit.
    """

    @property
    def changes(self) -> npt.NDArray[np.float64]:
        """
        A row for each process, a column for each day.
        """

    @property
    def range(self) -> float:
        """
        From its lowest to its highest along the course.
        """

    @property
    def start(self) -> float:
        """
        On day 0, before any session.
        """

    @property
    def values(self) -> npt.NDArray[np.float64]:
        """
        On each day.
        """

class Explanation:
    """
    Why quantities of a course change.
    """

    @property
    def processes(self) -> list[str]: ...

    @property
    def reads(self) -> list[list[int]]:
        """
        Places of the states that each quantity reads by itself.
        """

    @property
    def time_constants(self) -> npt.NDArray[np.float64]:
        """
        d; a row for each state of the model, a column for each day.
        """

    @property
    def treated(self) -> list[Budget]:
        """
        A budget for each quantity.
        """

    @property
    def untreated(self) -> list[Budget]:
        """
        A budget for each quantity.
        """

class GatheredFile:
    """
    A netCDF-4 file of many members, filled piece by piece.
    """

    def __init__(self, path: str, dimensions: typing.Any, variables: typing.Any, attributes: typing.Any) -> None:
        """
        `variables` has for each name its dimensions, its values (of those along `member` only the kind) and its attributes.
        """

    def abandon(self) -> None:
        """
        Gives the file up, unless it has its name.
        """

    def append(self, name: str, values: typing.Any) -> None:
        """
        The next values of a variable along `member`.
        """

    def finish(self) -> str:
        """
        Gives the file its name; returns its SHA-256.
        """

def baselines() -> list[BaselineRow]: ...

def bleeding_density(channels: Channels, parameters: collections.abc.Mapping[str, typing.SupportsFloat | typing.SupportsIndex]={}) -> float:
    """
    Channels that reach the capillaries, 1/mm2.
    """

def channel_map(device: Roller | Pen | Stamp | FractionalLaser | Scattered, channels: Channels, *, seed: typing.SupportsInt | typing.SupportsIndex=1, width: typing.SupportsFloat | typing.SupportsIndex=20.0, passes: typing.SupportsInt | typing.SupportsIndex=15, directions: typing.SupportsInt | typing.SupportsIndex=4, reentry_radius: typing.SupportsFloat | typing.SupportsIndex=0.05, patches: typing.SupportsInt | typing.SupportsIndex=16, depths: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]=[]) -> ChannelMap:
    """
    Maps square patches of `width` mm and counts.
    """

def channels(device: Roller | Pen | Stamp | FractionalLaser | Scattered, *, passes: typing.SupportsFloat | typing.SupportsIndex, needle_length: typing.SupportsFloat | typing.SupportsIndex=0.0, needle_diameter: typing.SupportsFloat | typing.SupportsIndex=0.25, force: typing.SupportsFloat | typing.SupportsIndex=0.1, give: typing.SupportsFloat | typing.SupportsIndex=1.0, parameters: collections.abc.Mapping[str, typing.SupportsFloat | typing.SupportsIndex]={}) -> Channels:
    """
    The channels that a session opens; lengths in mm, force in N, parameters of the injury by name.
    """

def compound_readouts() -> list[ReadoutRow]:
    """
    What a result says of each compound on the skin.
    """

def compounds() -> list[CompoundRow]: ...

def conditions() -> list[ConditionRow]: ...

def constants(model: str) -> list[ConstantRow]: ...

def course_parameters() -> list[ParameterRow]:
    """
    Every parameter that a scenario of a course may change: model, injury, read-outs, absorption.
    """

def describes_sweep(text: str) -> bool:
    """
    Whether a text has a section [sweep].
    """

def device_defaults() -> list[DeviceDefault]: ...

def equations(model: str, variant: str='') -> str:
    """
    The equations of a model as Markdown with LaTeX.
    """

def error_pages() -> list[ErrorPage]: ...

def explain(scenario: Scenario, names: collections.abc.Sequence[str], days: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> Explanation:
    """
    Runs a scenario's course again, closely, and follows what each process makes of states and read-outs.
    """

def file_describes_sweep(path: str) -> bool:
    """
    The same of a file; raises FileError when it cannot be read.
    """

def give(site: str) -> float:
    """
    How far the skin of a site gives way, relative to the cheek.
    """

def keys() -> list[KeyRow]: ...

def layer_depths(site: str='cheek', parameters: collections.abc.Mapping[str, typing.SupportsFloat | typing.SupportsIndex]={}) -> tuple[float, float, float]:
    """
    Where the papillary dermis, the reticular dermis and the tissue below begin, mm below the surface.
    """

def model_cards() -> list[ModelCard]: ...

def models() -> list[str]: ...

def outcome(text: str) -> OutcomeColumn:
    """
    The outcome that is meant by its words in a scenario, or by the name of its variable.
    """

def parameters(model: str) -> list[ParameterRow]: ...

def parameters_in_use(scenario: Scenario) -> list[float]:
    """
    Of a course, in the order of course_parameters: what the conditions of the patient leave of each.
    """

def parse_scenario(text: str, file: str='scenario') -> Scenario:
    """
    Checks a scenario's text; `file` names it in messages.
    """

def parse_sweep(text: str, file: str='scenario') -> Sweep:
    """
    Checks a sweep's text; `file` names it in messages.
    """

def read_scenario(path: str) -> Scenario:
    """
    Reads and checks a scenario file.
    """

def read_sweep(path: str) -> Sweep:
    """
    Reads and checks a file that describes a sweep.
    """

def readouts() -> list[ReadoutRow]: ...

def run(scenario: Scenario, progress: Callable[[float], bool] | None=None) -> Group:
    """
    Runs a scenario's course; `progress` gets the share done and returns False to stop.
    """

def sbml(model: str, variant: str='', sessions: collections.abc.Sequence[tuple[typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex]]=[], settings: collections.abc.Mapping[str, typing.SupportsFloat | typing.SupportsIndex]={}) -> str:
    """
    The model as SBML. Sessions are (time, open share of the area, injured share of the volume), in ascending order; settings are parameters, conditions and initial states by name, after those of the variant.
    """

def schema() -> str:
    """
    JSON Schema of scenario files.
    """

def session_variables() -> list[SessionRow]:
    """
    What a result says of each session.
    """

def shard(sweep: typing.Any, first: typing.SupportsInt | typing.SupportsIndex, batch: typing.Any) -> Group:
    """
    The variables of the members from `first` on.
    """

def simulate(model: str, times: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], variant: str='', settings: collections.abc.Mapping[str, typing.SupportsFloat | typing.SupportsIndex]={}, relative: typing.SupportsFloat | typing.SupportsIndex=1e-06, absolute: typing.SupportsFloat | typing.SupportsIndex=1e-12) -> list[list[float]]:
    """
    The states of a model at ascending times, in its own unit of time; on the time of a jump those before it. Settings are parameters and initial states by name.
    """

def sites() -> list[SiteRow]: ...

def sobol_points(seed: typing.SupportsInt | typing.SupportsIndex, first: typing.SupportsInt | typing.SupportsIndex, count: typing.SupportsInt | typing.SupportsIndex, dimensions: typing.SupportsInt | typing.SupportsIndex) -> numpy.typing.NDArray[numpy.float64]:
    """
    Points (count, dimensions) of the unit cube, of the scrambled Sobol' sequence of a seed. Raises ValueError for more dimensions than the sequence has.
    """

def states(model: str) -> list[StateRow]: ...

def strike_map(device: Roller | Pen | Stamp | FractionalLaser | Scattered, channels: Channels, *, seed: typing.SupportsInt | typing.SupportsIndex=1, width: typing.SupportsFloat | typing.SupportsIndex=20.0, passes: typing.SupportsInt | typing.SupportsIndex=15, directions: typing.SupportsInt | typing.SupportsIndex=4, reentry_radius: typing.SupportsFloat | typing.SupportsIndex=0.05) -> list[Strike]:
    """
    Every strike on one patch, in the order in which they fall.
    """

def sweep_head(scenario: Scenario) -> Group:
    """
    What a sweep holds once: whence it comes and the parameters of its base.
    """

def topical_keys() -> list[KeyRow]:
    """
    What a table of care.topicals may hold.
    """

def write_file(path: str, data: bytes) -> None:
    """
    Writes a file whole or not at all.
    """

def write_shard(path: str, sweep: typing.Any, first: typing.SupportsInt | typing.SupportsIndex, batch: typing.Any) -> str:
    """
    Writes them as a file of their own, whole or not at all, and returns its SHA-256.
    """
compiler: str
git_commit: str
seal: str
version: str
