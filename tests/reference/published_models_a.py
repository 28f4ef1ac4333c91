"""Solves published models again with SciPy, from their equations alone, and prints the table of the C++ test.

    python3 published_models_a.py > published_models_a_table.hpp

Every course is solved by Radau and again by LSODA, both at a relative tolerance of 1e-12 (absolute: 1e-17 of the
largest value of each state); the largest difference of the two, in units of the larger of the value and 1e-7 of the
state's own maximum, is printed beside the course. A course is made of pieces, each smooth and solved by itself, so that
jumps are landed on exactly; a row on the time of a jump is the state before it.
"""

# ruff: noqa: N803, N806 - the symbols are those of the publications
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, inf, log, log10, pi, sin
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

Rates = Callable[[float, Any], list[Any]]


@dataclass
class Piece:
    """Smooth rates that hold until a time, or until `crossing` changes its sign."""

    until: float
    rates: Rates
    crossing: Callable[[Any], float] | None = None


@dataclass
class Course:
    """One run of one model; `added` gives states that only the C++ model has, from the time."""

    model: str
    variant: str
    start: Sequence[float]
    times: Sequence[float]
    pieces: Sequence[Piece]
    added: Callable[[float], list[float]] = lambda _: []


def reynolds(k_pg: float) -> Rates:
    """Reynolds and others 2006, J Theor Biol 242:220; hours."""

    def rates(_: float, y: Any) -> list[Any]:
        P, N, D, CA = y

        def f(x: Any) -> Any:
            return x / (1 + (CA / 0.28) ** 2)

        R = f(0.01 * N + 0.1 * P + 0.02 * D)
        fs = f(N) ** 6 / (0.06**6 + f(N) ** 6)
        anti = f(N + 48 * D)
        return [
            k_pg * P * (1 - P / 20) - 0.6 * 0.005 * P / (0.002 + 0.01 * P) - 1.8 * f(N) * P,
            0.08 * R / (0.12 + R) - 0.05 * N,
            0.35 * fs - 0.02 * D,
            0.0125 + 0.04 * anti / (1 + anti) - 0.1 * CA,
        ]

    return rates


def recruited(T: Any) -> Any:
    return -2.47 * T**3 + 21.94 * T**2 + 6.41 * T + 1.75


def macrophages(alpha: float) -> Rates:
    """Waugh and Sherratt 2006, Bull Math Biol 68:197; days."""

    def rates(_: float, y: Any) -> list[Any]:
        I, R, T = y  # noqa: E741
        logistic = 0.05 * 0.693 * (1 - 0.002 * (I + R))
        return [
            alpha * recruited(T) + logistic * I - 0.2 * I,
            (1 - alpha) * recruited(T) + logistic * R - 0.2 * R,
            0.07 * I - 9.1 * T,
        ]

    return rates


NORMAL, DIABETIC = (20.0, 0.01, 1.0), (5.0, 0.001, 2.5)  # k11, k12, d4
APLIGRAF, DERMAGRAFT = (0.4, 1.0, 1550.0, 0.45, 2.5), (0.4, 1.0, 8000.0, 18.75, 80.0)
NOTHING = (0.0, 0.0, 0.0, 0.0, 0.0)


def skin_substitute(
    patient: Sequence[float], supply: Sequence[float], logarithm: Callable[[Any], Any], clamped: bool
) -> Rates:
    """Waugh and Sherratt 2007, Wound Repair Regen 15:556, while a graft gives `supply`; days."""
    k11, k12, d4 = patient
    sT, sP, sF, sC, sH = supply

    def rates(_: float, y: Any) -> list[Any]:
        I, R, T, P, F, C, H = y  # noqa: E741
        alpha = 0.4407 - 0.197 * logarithm(H)
        if clamped:
            alpha = min(max(alpha, 0.0), 1.0)
        crowd = 1 - (0.002 * (I + R) + 0.0025 * F + 0.0004 * C)
        MP = 15.333 * P**3 - 167.21 * P**2 + 452.38 * P + 2.6593
        fT = 0.0092 * T**3 - 0.1552 * T**2 + 0.6279 * T + 0.2527
        gC = -4.33e-10 * C**3 + 9e-7 * C**2 - 5.5e-4 * C + 0.13
        return [
            alpha * recruited(T) + 0.05 * 0.693 * I * crowd - 0.2 * I,
            (1 - alpha) * recruited(T) + 0.05 * 0.693 * R * crowd - 0.2 * R,
            0.07 * I + 0.004 * F + sT - 9.1 * T,
            0.015 * (I + R) + 0.0015 * F + sP - 4 * P,
            MP + 0.924 * F * crowd + sF - d4 * F,
            k11 * F * fT * gC + sC - 1.5e-5 * F * C,
            k12 * F + sH - 0.7 * H,
        ]

    return rates


def graft_course(variant: str, logarithm: Callable[[Any], Any], clamped: bool, ending: str) -> Course:
    patient = NORMAL if variant == "normal" else DIABETIC
    weeks, supply = {"apligraf": (5, APLIGRAF), "dermagraft": (8, DERMAGRAFT)}.get(variant, (0, NOTHING))
    without = skin_substitute(patient, NOTHING, logarithm, clamped)
    during = skin_substitute(patient, supply, logarithm, clamped)
    pieces = []
    for week in range(weeks):
        pieces += [Piece(28.0 + 7 * week, without), Piece(29.0 + 7 * week, during)]
    start = [200, 200, 6, 2, 50, 10, 0.01]
    times = [1.0, 5.0, 14.0, 28.0, 28.5, 56.0, 84.0, 200.0]
    return Course("waugh_sherratt_2007", variant + ending, start, times, [*pieces, Piece(200.0, without)])


def cooper(intended: bool) -> Rates:
    """Cooper and others 2015, J Theor Biol 367:86, without estrogen and cortisol; days."""

    def rates(_: float, y: Any) -> list[Any]:
        P, Pt, M, N = y
        fi = M / (1 + (N / 0.11) ** 2)
        R1 = 41.5 * Pt + 18.52 * P + 0.06 * M + 10.58 * N
        R2 = 2.97 * Pt + 17.58 * P
        slip = 1.0 if intended else 1 + 5.37 * N
        return [
            14.4 * P * (1 - P / 20) - 14.4 * 0.12 * P / (0.048 + 0.2 * P) - 35.03 * P * N - 34.8 * P * fi,
            1.02 * N - 2.03 * Pt * N * slip - 3.16 * Pt * fi - 0.37 * Pt,
            0.17 * R1 / (0.54 + R1) - 0.5 * M,
            0.38 * R2 / (3.3 + R2) - 1.02 * N - 6.42 * N * fi,
        ]

    return rates


def lymphatics(sigma: float) -> Rates:
    """Bianchi, Painter and Sherratt 2015, J Theor Biol 383:61, before (0) and after (1) capillaries form; days."""

    def rates(t: float, y: Any) -> list[Any]:
        T, M, V, L, C = y
        inflow = max(0.0, 1 - C / 1e4)
        formed = sigma * (0.05 + 0.001 * V) * L
        return [
            (0.029 * 2.5e5 * exp(-0.029 * 18 * t) + 0.45 * M) * (18 + 3e-5 * M) - 500 * T,
            542 + 0.5 * 8e8 * T**2 / (8.1e9 + T**4) + 0.005 * 1.22 * M * (1 - M / 6e5) - 0.2 * M - 1e-5 * C * M,
            1.9 + 0.0019 * M - 11 * V - 0.0014 * V * L,
            (0.42 + V / (42 + 4.1 * V)) * L / (1 + 0.24 * T)
            + (500 + 1e7 * V**2 / (8.1e9 + V**4)) * inflow
            - (M + L + C) / 4.71e5 * L
            - formed,
            formed,
        ]

    return rates


def resolution(damaged: bool) -> Rates:
    """Dunster, Byrne and King 2014, Bull Math Biol 76:1953, model 1; its damage is sin(t)^2 until pi."""

    def rates(t: float, y: Any) -> list[Any]:
        n, a, m, c = y
        w = 0.05 * sin(t) ** 2 if damaged else 0.0
        return [c - 0.1 * n, 0.1 * n - a - 0.001 * m * a, c - 0.01 * m, w + a**2 / (0.1**2 + a**2) - c]

    return rates


def damage(t: float) -> list[float]:
    """The damage and its slope, up to the jump."""
    return [0.05 * sin(t) ** 2, 0.05 * sin(2 * t)] if t <= pi else [0.0, 0.0]


def epidermis() -> tuple[Rates, list[float]]:
    """Felix Garza and others 2017, Front Physiol 8:28, healthy cells alone, and their steady state; days."""
    g1, g2, k1a, k1s, k2a, k2s = 0.0033, 0.014, 0.0131, 0.00164, 0.138, 0.0173
    k3, k4, k5, back, al, most = 0.216, 0.0556, 0.111, 1e-6, 0.0714, 4500.0

    def b(k: float) -> float:
        return 0.0012 * k / (1 - 0.0012)

    denominator = back + k2s + b(k2s) - g2 - back * (k2a + 2 * k2s) / (back + k3 + b(k3))
    S = most * (1 - (k1s + b(k1s) - back * (k1a + 2 * k1s) / denominator) / g1)
    T = (k1a + 2 * k1s) / denominator * S
    G = (k2a + 2 * k2s) * T / (k3 + b(k3) + back)
    P = k3 * G / (k4 + b(k4))
    R = k4 * P / (k5 + b(k5))

    def rates(_: float, y: Any) -> list[Any]:
        s, t, g, p, r, c = y
        w = 100 / (1 + 99 * (t / T) ** 3)
        return [
            w * g1 * s * (1 - s / most) - w * k1s * s - b(k1s) * s + back * t,
            w * (k1a + 2 * k1s) * s + g2 * t - k2s * t - b(k2s) * t - back * t + back * g,
            (k2a + 2 * k2s) * t - k3 * g - b(k3) * g - back * g,
            k3 * g - k4 * p - b(k4) * p,
            k4 * p - k5 * r - b(k5) * r,
            k5 * r - al * c,
        ]

    return rates, [S, T, G, P, R, k5 * R / al]


GOOD = (32.715, 3.613, 0.042, 0.652, 4.724, 0.027, 2.001, 1.582, 0.365, 0.013, 3.499, 0.067)
POOR = (1.597, 0.834, 0.206, 0.009, 39.861, 18.973, 0.003, 0.689, 0.002, 0.002, 3.025, 1.837)


def healers(k: Sequence[float]) -> Rates:
    """Krishna and others 2015, Bull Math Biol 77:2294; days."""
    k1, k2, k3, k4, k5, k6, k7, k8, k9, k10, k11, k12 = k

    def rates(_: float, y: Any) -> list[Any]:
        M, T, E, f = y
        return [
            k1 * M**2 / (k2**2 + M**2) * f - k3 * M - k4 * M * T,
            k5 * T**2 / (k6**2 + T**2) * f * M - k7 * T - k4 * M * T,
            k8 * f * (1 - E) - k9 * M * E - k10 * E,
            k11 * f * (1 - f) - k12 * f,
        ]

    return rates


def every_course() -> list[Course]:
    hours, days = [1.0, 5.0, 12.0, 36.0, 100.0, 400.0], [1.0, 5.0, 10.0, 22.0, 30.0, 60.0, 300.0]
    courses = [
        Course("reynolds_2006", variant, [P0, 0, 0, 0.125], hours, [Piece(400.0, reynolds(k_pg))])
        for variant, P0, k_pg in (("healthy", 1.0, 0.3), ("aseptic_death", 1.5, 0.3), ("septic_death", 1.0, 0.6))
    ]
    for variant, before, after in (("normal", 0.5, 0.5), ("diabetic", 0.8, 0.8), ("treated", 0.8, 0.2)):
        pieces = [Piece(22.0, macrophages(before)), Piece(300.0, macrophages(after))]
        courses.append(Course("waugh_sherratt_2006", variant, [200, 200, 6], days, pieces))
    for logarithm, clamped, ending in ((log10, False, ""), (log, False, "_natural"), (log, True, "_clamped")):
        courses += [
            graft_course(variant, logarithm, clamped, ending)
            for variant in ("normal", "diabetic", "apligraf", "dermagraft")
        ]
    for variant in ("as_encoded", "as_intended"):
        pieces = [Piece(30.0, cooper(variant == "as_intended"))]
        courses.append(Course("cooper_2015", variant, [0.1, 2, 0, 0.1], [0.1, 0.5, 1.0, 2.0, 5.0, 12.0, 30.0], pieces))
    pieces = [Piece(inf, lymphatics(0.0), lambda y: y[3] + y[4] - 1e4), Piece(100.0, lymphatics(1.0))]
    courses.append(
        Course("bianchi_2015", "normal", [30, 1875, 0.5, 0, 0], [0.01, 1.0, 5.0, 20.0, 22.0, 40.0, 100.0], pieces)
    )
    pieces = [Piece(pi, resolution(True)), Piece(200.0, resolution(False))]
    courses.append(
        Course("dunster_2014", "published", [0] * 4, [0.5, 1.5, 3.0, 5.0, 20.0, 60.0, 200.0], pieces, damage)
    )
    rates, steady = epidermis()
    long = [1.0, 7.0, 30.0, 100.0, 300.0, 1000.0]
    courses.append(Course("felix_garza_2017", "healthy", steady, long, [Piece(1000.0, rates)]))
    few = [362, 77, 61, 238, 119, 185]
    courses.append(Course("felix_garza_2017", "in_psoriasis", few, long, [Piece(1000.0, rates)]))
    for variant, k in (("good_healers", GOOD), ("poor_healers", POOR)):
        times = [0.1, 0.5, 1.0, 3.0, 10.0, 40.0, 100.0]
        courses.append(Course("krishna_2015", variant, [1.5, 0.3, 0.2, 0.2], times, [Piece(100.0, healers(k))]))
    return courses


@dataclass
class Solved:
    rows: dict[float, Any]
    largest: Any
    crossings: list[float]


def solved(course: Course, method: str, floor: Any) -> Solved:
    y, now, end = np.asarray(course.start, float), 0.0, course.times[-1]
    out = Solved({}, np.abs(y), [])
    for piece in course.pieces:
        until = min(piece.until, end)
        found = solve_ivp(
            piece.rates, (now, until), y, method, rtol=1e-12, atol=np.maximum(floor, 1e-300), dense_output=True
        )
        if not found.success:
            raise RuntimeError(f"{course.model} {course.variant}: {found.message}")
        y = found.y[:, -1]
        if piece.crossing:
            crossing, solution = piece.crossing, found.sol
            after = next(i for i, at in enumerate(found.y.T) if crossing(at) > 0)
            bracket = found.t[after - 1], found.t[after]
            until = float(brentq(lambda t: crossing(solution(t)), *bracket, xtol=1e-15))  # noqa: B023
            y = solution(until)
            out.crossings.append(until)
        for time in course.times:
            if now < time <= until:
                out.rows[time] = found.sol(time)
        out.largest = np.maximum(out.largest, np.abs(found.y[:, found.t <= until]).max(axis=1))
        now = until
    return out


def refined(course: Course, method: str) -> Solved:
    """Solved twice: the absolute tolerances follow from the largest values of the first time."""
    rough = solved(course, method, 1e-14 * np.ones(len(course.start)))
    return solved(course, method, 1e-17 * rough.largest)


def numbers(values: Any) -> str:
    return ", ".join(f"{value:.13g}" for value in values)


def printed(course: Course) -> str:
    """Prints the rows of a course and returns its entry in the list of all."""
    exact, other = refined(course, "Radau"), refined(course, "LSODA")
    worst = max(
        float((np.abs(other.rows[t] - y) / np.maximum(np.abs(y), 1e-7 * exact.largest)).max())
        for t, y in exact.rows.items()
    )
    name = f"{course.model}_{course.variant}"
    print(f"\n// {course.model}, {course.variant}: Radau and LSODA differ by {worst:.1e}", end="")
    print("".join(f"; crossing at {t:.12g}" for t in exact.crossings))
    print(f"inline constexpr std::array {name}_rows{{")
    for time in course.times:
        print(f"    Row{{{time:.13g}, {{{numbers([*exact.rows[time], *course.added(time)])}}}}},")
    print("};")
    columns = zip(*map(course.added, course.times), strict=True)
    largest = [*exact.largest, *(max(abs(v) for v in column) for column in columns)]
    return f'    Solved{{"{course.model}", "{course.variant}", {{{numbers(largest)}}}, {name}_rows}},'


def main() -> None:
    print("// Published models solved by SciPy: made by published_models_a.py; not to be edited by hand.")
    print("#pragma once\n#include <array>\n#include <span>\n#include <string_view>\n")
    print("namespace cicatrix::reference::published_a {\n")
    print("/// A time and the states then, in the order of the model's table.")
    print("struct Row {\n    double time;\n    std::array<double, 7> states;\n};\n")
    print("/// `largest` is what each state reached on the way.")
    print("struct Solved {\n    std::string_view model, variant;\n    std::array<double, 7> largest;")
    print("    std::span<const Row> rows;\n};\n")
    print("// clang-format off")
    print("\ninline constexpr std::array solved{", *[printed(course) for course in every_course()], "};", sep="\n")
    print("// clang-format on\n\n}  // namespace cicatrix::reference::published_a")


if __name__ == "__main__":
    main()
