"""What the commands `cicatrix sensitivity`, `cicatrix gradient` and `cicatrix optimum` take."""

import argparse

METHODS = ("sobol", "morris")


def add_sensitivity(parser: argparse.ArgumentParser) -> None:
    """The arguments of `cicatrix sensitivity`."""
    parser.add_argument("scenario", metavar="SCENARIO", help="with a table [sweep] that says what varies and is asked")
    parser.add_argument("-o", "--output", metavar="FILE", help="result file; otherwise <scenario>.sensitivity.nc")
    parser.add_argument("--method", choices=METHODS, default="sobol", help="morris: fewer runs, for many factors")
    parser.add_argument(
        "--until", metavar="WIDTH", type=float, default=0.02, help="of the widest 95 %% interval; otherwise 0.02"
    )
    _add_limits(parser)
    parser.add_argument("--samples", metavar="N", type=int, help="at most so many samples, or trajectories of morris")
    parser.add_argument("--single-precision", action="store_true", help="for screening; for rtol 3e-6 and more")
    parser.add_argument("--figure", metavar="FILE", help="draw the bars as well: .png, .svg or .pdf")


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
    parser.add_argument("--figure", metavar="FILE", help="draw the search as well: .png, .svg or .pdf")


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
    parser.add_argument("--threads", metavar="N", type=int, help="otherwise one for each processor")


def _add_limits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--within", metavar="TIME", default="5 minutes", help="stop after this time; otherwise 5 minutes"
    )
    parser.add_argument("--threads", metavar="N", type=int, help="otherwise one for each processor")
