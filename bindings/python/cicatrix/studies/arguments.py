"""What the commands take that study an outcome."""

import argparse

from cicatrix.studies.figure_files import KINDS, figure_file

FIGURE = f"{', '.join(KINDS[:-1])} or {KINDS[-1]}"
MEASURED_EXAMPLE = """\
day,readout,value,standard_deviation
90,wrinkle_depth effect,-1.0,0.3
180,wrinkle_depth effect,-1.2,0.3"""
METHODS = ("sobol", "morris")


def add_sensitivity(parser: argparse.ArgumentParser) -> None:
    """The arguments of `cicatrix sensitivity`."""
    parser.add_argument("scenario", metavar="SCENARIO", help="with a table [sweep] that says what varies and is asked")
    parser.add_argument("-o", "--output", metavar="FILE", help="result file; otherwise <scenario>.sensitivity.nc")
    told = "sobol: in each of thousands of samples a run for each factor; morris: 64 trajectories in all, each with a "
    told += "run for each factor, which finds the few of many that are worth a study of sobol"
    parser.add_argument("--method", choices=METHODS, default="sobol", help=told)
    parser.add_argument(
        "--until", metavar="WIDTH", type=_width, default=0.02, help="of the widest 95 %% interval; otherwise 0.02"
    )
    _add_limits(parser)
    parser.add_argument(
        "--samples",
        metavar="N",
        type=positive,
        help="at most so many samples, or trajectories of morris; sweep.samples has no part in it",
    )
    parser.add_argument("--single-precision", action="store_true", help="for screening; for rtol 3e-6 and more")
    parser.add_argument("--figure", metavar="FILE", type=figure_file, help=f"draw the bars as well: {FIGURE}")


def add_optimum(parser: argparse.ArgumentParser) -> None:
    """The arguments of `cicatrix optimum`."""
    parser.add_argument("scenario", metavar="SCENARIO", help="of the patient for whom a protocol is looked for")
    parser.add_argument("-o", "--output", metavar="FILE", help="result file; otherwise <scenario>.optimum.nc")
    for goal, example in (("minimise", "'downtime final', sessions"), ("maximise", "'visible_result final'")):
        parser.add_argument(
            f"--{goal}", metavar="GOAL", action="append", default=[], help=f"{example}; two goals make a front"
        )
    parser.add_argument(
        "--subject-to", metavar="CONDITION", action="append", default=[], help="'wrinkle_depth effect final <= -10 um'"
    )
    parser.add_argument(
        "--vary",
        metavar="KEY=CHOICE",
        action="append",
        default=[],
        help="'device.needle_length=0.5 mm to 2 mm', 'protocol.passes=1 to 20' or "
        "'protocol.sessions=every {2..8} weeks x {1..6}'; otherwise what the scenario's own sweep varies",
    )
    _add_limits(parser)
    parser.add_argument("--figure", metavar="FILE", type=figure_file, help=f"draw the search as well: {FIGURE}")


def add_gradient(parser: argparse.ArgumentParser) -> None:
    """The arguments of `cicatrix gradient`."""
    parser.add_argument("scenario", metavar="SCENARIO", help="of a course without space")
    parser.add_argument(
        "outcome", metavar="OUTCOME", nargs="+", help="'wrinkle_depth effect final', 'erythema auc', 'tewl at 3 days'"
    )
    parser.add_argument(
        "--parameter",
        metavar="NAME",
        action="append",
        default=[],
        help="a parameter, or a key that is a number such as device.needle_length; otherwise all parameters",
    )
    told = f"run one outcome with each parameter at both ends of its range and draw that: {FIGURE}"
    parser.add_argument("--figure", metavar="FILE", type=figure_file, help=told)
    parser.add_argument("--threads", metavar="N", type=positive, help="otherwise one for each processor")


def add_calibrate(parser: argparse.ArgumentParser) -> None:
    """The arguments of `cicatrix calibrate`."""
    parser.add_argument("scenario", metavar="SCENARIO", help="of the patient and the treatment that were measured")
    parser.add_argument(
        "measured", metavar="CSV", help="a line for each measurement: day, readout, value, standard_deviation"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="result file; otherwise <scenario>.calibration.nc")
    parser.add_argument(
        "--parameter", metavar="NAME", action="append", required=True, help="to fit; as often as needed"
    )
    parser.add_argument("--threads", metavar="N", type=positive, help="otherwise one for each processor")


def add_paired(parser: argparse.ArgumentParser) -> None:
    """The arguments of `cicatrix paired`."""
    parser.add_argument("sweep", metavar="RESULT|DIR", help="the directory of a sweep with sweep.arms, or merged")
    parser.add_argument("outcome", metavar="OUTCOME", nargs="*", help="otherwise every outcome of the sweep")
    for place in ("first", "second"):
        parser.add_argument(f"--{place}", metavar="NAME", help=f"the {place} protocol; the second less the first")
    parser.add_argument("--figure", metavar="FILE", type=figure_file, help=f"draw the differences: {FIGURE}")


def _add_limits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--within", metavar="TIME", default="5 minutes", help="stop after this time; otherwise 5 minutes"
    )
    parser.add_argument("--threads", metavar="N", type=positive, help="otherwise one for each processor")


def positive(text: str) -> int:
    """A whole number from 1 on, as a command is given it."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} has to be a whole number, 1 or more")
    return number


def _width(text: str) -> float:
    try:
        width = float(text)
    except ValueError:
        width = 0.0
    if not 0 < width < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} has to be a number above 0, for example 0.02")
    return width
