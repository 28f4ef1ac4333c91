"""Solves published models again with SciPy, from their printed equations alone, and prints the tables of the C++ tests.

    python3 published_models_b.py > published_models_b_table.hpp

Every course is solved by Radau at a relative tolerance of 1e-12 (absolute: 1e-20 of the largest value) and again by
LSODA at 1e-12; the largest difference of the two, in the unit of the test (the larger of the value and 1e-7 of the
state's own maximum), is printed beside the course. Jumps are landed on exactly; a row on such a time is the state
before it.
"""

# ruff: noqa: N806 - the symbols are those of the publications
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import exp
from textwrap import fill
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

Rates = Callable[[float, Any], list[Any]]
Jump = Callable[[Any], None]


@dataclass
class Course:
    """One run of one model: its rates may change at jumps, whose times are known or found by `crossing`."""

    model: str
    variant: str
    rates: Rates
    start: Sequence[float]
    times: Sequence[float]
    jumps: list[tuple[float, Jump]] = field(default_factory=list)
    crossing: Callable[[Any], float] | None = None
    crossed: Jump | None = None


def tgf_and_fibroblasts(p: dict[str, float]) -> Rates:
    """Buganza Tepole and co-workers without space, at the stretch 1."""
    felt = 1 / (1 + exp(-5.0 * (1.0 - 2.0)))
    death = p["p_rho"] * (1 - p["rho_h"] / p["K_rho_rho"])
    crowding = p["rho_h"] * p["p_phi"] / p["d_phi"] - 1

    def rates(_: float, y: Any) -> list[Any]:
        rho, c, phi = y
        growth = p["p_rho"] + p["p_rho_c"] * c / (1e-5 + c) + p["p_rho_th"] * felt
        made = (p["p_phi"] + p["p_phi_c"] * c / (1e-4 + c) + p["p_phi_th"] * felt) * rho / (crowding + phi)
        return [
            growth * (1 - rho / p["K_rho_rho"]) * rho - death * rho,
            (p["p_c_rho"] * c + p["p_c_th"] * felt) * rho / (1 + c) - p["d_c"] * c,
            made - (p["d_phi"] + c * rho * p["d_phi_rc"]) * phi,
        ]

    return rates


ACTA = {
    "rho_h": 1000.0, "p_rho": 0.017, "p_rho_c": 0.0085, "p_rho_th": 0.0085, "K_rho_rho": 1e4, "p_c_rho": 9e-13,
    "p_c_th": 9e-12, "d_c": 0.001, "p_phi": 2e-6, "p_phi_c": 2e-6, "p_phi_th": 2e-6, "d_phi": 9.7e-4,
    "d_phi_rc": 4.85e-3,
}  # fmt: skip
PLOS = {
    "rho_h": 55051.26, "p_rho": 9.00675e-4, "p_rho_c": 0.015314, "p_rho_th": 4.50338e-4, "K_rho_rho": 550512.6,
    "p_c_rho": 1.63484e-18, "p_c_th": 5.44946e-18, "d_c": 0.005, "p_phi": 1.4e-8, "p_phi_c": 7e-8, "p_phi_th": 1.4e-8,
    "d_phi": 3.7413e-4, "d_phi_rc": 8.80997e-6,
}  # fmt: skip
CBM = PLOS | {
    "d_c": 0.01, "p_phi": 0.002 / 55051.26, "p_phi_c": 0.002 / 55051.26, "p_phi_th": 0.002 / 55051.26, "d_phi": 9.7e-4,
    "d_phi_rc": 8.80997e-5,
}  # fmt: skip


def zlobina(_: float, y: Any) -> list[Any]:
    """Zlobina, Xue and Gomez without space and without actuation; time in thirds of a day."""
    a, m1, m2, c, n = y
    switch = 0.1 * m1**5 / (0.05**5 + m1**5)
    return [-a * m1, a - a * m1 - 0.1 * m1 - switch, switch - 0.1 * m2, m2 - 0.2 * c, 1.8 * c * n * (1 - n)]


def adler(days: float, times: Sequence[float], variant: str) -> Course:
    """Adler and co-workers; monocytes flow in until the injury ends."""
    influx = [1e6]
    k1 = k2 = 1e9

    def rates(_: float, y: Any) -> list[Any]:
        F, M, C, P = y
        bound_c, bound_p = C / (k2 + C), P / (k1 + P)
        return [
            F * (0.9 * bound_p * (1 - F / 1e6) - 0.3),
            M * (0.8 * bound_c - 0.3) + influx[0],
            470 * 1440 * F - 940 * 1440 * M * bound_c - 2 * C,
            70 * 1440 * M + 240 * 1440 * F - 510 * 1440 * F * bound_p - 2 * P,
        ]

    def end(_: Any) -> None:
        influx[0] = 0.0

    def begin(_: Any) -> None:
        influx[0] = 1e6

    return Course("adler_2020", variant, rates, [1, 1, 0, 0], times, [(0.0, begin), (days, end)])


def trejo(db: float, ds: float) -> Rates:
    """Trejo and co-workers: debris, three macrophages, two cytokines, two bone cells, cartilage and bone."""

    def rates(_: float, y: Any) -> list[Any]:
        D, M0, M1, M2, c1, c2, Cs, Cb, mc, mb = y
        eaten = D / (4.71e6 + D)
        coming = 0.015 * (1 - (M0 + M1 + M2) / 1e6) * D
        G1, G2 = 0.611 * c1 / (0.01 + c1), 0.0836 * c2 / (0.005 + c2)
        H1, H2 = 0.025 / (0.025 + c2), 0.1 / (0.1 + c2)
        As = 0.5 * (3.162**2 + 20 * c1) / (3.162**2 + c1**2)
        F1 = ds * 0.1 / (0.1 + c1)
        Ab = 0.2202 * 10 / (10 + c1)
        return [
            -eaten * (12 * M1 + 24 * M2),
            coming - (G1 + G2 + 0.156) * M0,
            G1 * M0 + 0.05 * M2 - (0.075 + 0.121) * M1,
            G2 * M0 + 0.075 * M1 - (0.05 + 0.163) * M2,
            H1 * (5e-7 * D + 8.3e-6 * M1) - 12.79 * c1,
            H2 * (3.72e-6 * M2 + 8e-6 * Cs) - 4.632 * c2,
            As * Cs * (1 - Cs / 1e6) - F1 * Cs,
            Ab * Cb * (1 - Cb / 1e6) + F1 * Cs - db * Cb,
            (3e-6 - 3e-6 * mc) * Cs - 2e-7 * mc * Cb,
            (5e-8 - 5e-8 * mb) * Cb,
        ]

    return rates


def sclerosis(from_fibroblasts: float, from_myofibroblasts: float) -> Rates:
    """Lazebnik and Friedman without space and drugs."""

    def rates(_: float, y: Any) -> list[Any]:
        F, M, T, rho = y
        bound = T / (3.5e-8 + T)
        turned = 0.1 * F * (1 + 2 * bound)
        return [
            2.06 * F * (1 - F / 0.015) - turned - 0.83 * F,
            turned + 0.8 * M * bound - M,
            from_fibroblasts * F + from_myofibroblasts * M - 499 * T,
            5.18 * F + 15.54 * M - 0.37 * rho,
        ]

    return rates


def dankwa(times: Sequence[float]) -> Course:
    """Dankwa and co-workers: the injury grows with inflammatory macrophages above a threshold, else shrinks."""
    sign = [1.0]
    threshold, half = 0.63483725, 199.95199714**1.11516391

    def rates(_: float, y: Any) -> list[Any]:
        N, M0, M1, M2, wound, il6, tgf = y
        power = max(wound, 0.0) ** 1.11516391
        room = 1 - (N + M0 + M1 + M2) / 1000
        return [
            14.03673395 * N * power / (half + power) * room - 3.01336253 * N * il6 - 0.87145854 * N,
            14.61113248 * N * il6 - 10.69325936 * M0 - 6.84127178 * M0,
            10.69325936 * M0 - 1.4935541 * M1 * tgf - 3.22535463 * M1,
            1.4935541 * M1 * tgf - 0.7657025 * M2,
            17.60253782 * M1 * wound * sign[0] - 9.13917999 * N * wound - 7.87013428 * wound,
            6.79454391 * N - 12.9293273 * il6,
            3.01336253 * M1 * N - 7.30595723 * tgf,
        ]

    def begin(_: Any) -> None:
        sign[0] = 1.0

    def turn(_: Any) -> None:
        sign[0] = -sign[0]

    start = [1, 1, 0.8, 0.2, 20, 0, 0]
    return Course(
        "dankwa", "fitted", rates, start, times, [(0.0, begin)], lambda y: float(y[2]) - threshold, turn
    )  # fmt: skip


def baker(_: float, y: Any) -> list[Any]:
    """Baker, Brook and Owen."""
    p, a, m, f = y
    return [
        (0.01 + 10 * p**2 / (1 + p**2) + 10 * f**2 / (1 + f**2)) / (1 + a**2) - p,
        10 * p**2 / (1 + p**2) + 10 * f**2 / (1 + f**2) - a,
        0.01 + 10 * p**2 / (1 + p**2) - m,
        m - f,
    ]


def lower_cytokine(y: Any) -> None:
    y[0] *= 0.1


def activator(_: float, y: Any) -> list[Any]:
    """Sherratt and Murray without space, with a chemical that activates mitosis."""
    n, c = y
    h, cm, al = 10.0, 40.0, 0.1
    b = (1 + cm**2 - 2 * h * cm) / (1 - cm) ** 2
    s = 2 * cm * (h - b) * c / (cm**2 + c**2) + b
    return [s * n * (2 - n) - n, 30 * (n * (1 + al**2) / (n**2 + al**2) - c)]


def inhibitor(_: float, y: Any) -> list[Any]:
    """Sherratt and Murray without space, with a chemical that inhibits mitosis."""
    n, c = y
    s = (9 * c + 10) / (18 * c + 1)
    return [s * n * (2 - n) - n, 5 * (n - c)]


def every_course() -> list[Course]:
    hours = [24.0, 168.0, 672.0, 1344.0, 4380.0, 8760.0]
    thirds = [0.5, 2.0967, 9.3448, 14.4548, 30.0, 60.0]
    days = [0.5, 2.0, 4.0, 10.0, 30.0, 100.0, 300.0]
    long_days = [0.28, 1.34, 5.06, 8.3, 20.0, 60.0, 300.0]
    healthy = [7.5e-3, 2.5e-3, 3.5e-8, 0.21]
    exact = 499 * 3.5e-8 / (2 * 7.5e-3)
    year = [1.0, 7.0, 28.0, 90.0, 168.0, 365.0]
    family = "buganza_tepole"
    cells = "sherratt_murray"
    return [
        Course(family, "acta_2021", tgf_and_fibroblasts(ACTA), [100, 1e-4, 0.43], hours),
        Course(family, "plos_2025", tgf_and_fibroblasts(PLOS), [1000, 1e-4, 0.01], hours),
        Course(family, "cbm_2023", tgf_and_fibroblasts(CBM), [100, 1e-4, 0.01], hours),
        Course("zlobina_2022", "natural", zlobina, [1, 0, 0, 0, 0.01], thirds),
        adler(2, days, "two_days"),
        adler(4, days, "four_days"),
        adler(10, days, "ten_days"),
        Course("trejo_2019", "healing", trejo(0.15, 1), [5e7, 4000, 0, 0, 1, 0, 1000, 0, 0, 0], long_days),
        Course("trejo_2019", "non_union", trejo(0.3, 1), [5e7, 4000, 0, 0, 1, 0, 1000, 0, 0, 0], long_days),
        Course("trejo_2019", "delayed", trejo(0.15, 0.1), [5e7, 4000, 0, 0, 1, 0, 1000, 0, 0, 0], long_days),
        Course("lazebnik_friedman", "healthy_as_printed", sclerosis(1.16e-3, 5.74e-3), healthy, year),
        Course("lazebnik_friedman", "disease", sclerosis(exact, 0.029566), healthy, year),
        Course("lazebnik_friedman", "disease_as_printed", sclerosis(1.16e-3, 18.86), healthy, year),
        dankwa([0.25, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0]),
        Course("baker_2017", "treated", baker, [0.18, 5, 0.55, 0.75], [1, 5, 20, 21, 30, 60], [(20.0, lower_cytokine)]),
        Course("baker_2017", "untreated", baker, [0.18, 5, 0.55, 0.75], [1.0, 5.0, 20.0, 30.0, 60.0]),
        Course(cells, "activator", activator, [0.1, 0.1], [0.02, 0.1, 0.5, 1.0, 2.0, 5.0, 20.0]),
        Course(cells, "inhibitor", inhibitor, [0.1, 0.1], [0.1, 0.5, 1.0, 2.0, 5.0, 20.0]),
    ]


class Follower:
    """Follows a course with one method and keeps the rows and the largest value of each state."""

    def __init__(self, course: Course, method: str, floor: Any) -> None:
        self.course, self.method, self.floor = course, method, floor
        self.rows: dict[float, Any] = {}
        self.largest = np.abs(np.asarray(course.start, float))
        self.crossings: list[float] = []

    def stretch(self, begin: float, end: float, y: Any) -> tuple[float, Any]:
        """Solves without a jump from begin to end, or to the first crossing."""
        solution = solve_ivp(self.course.rates, (begin, end), y, self.method, rtol=1e-12, atol=self.floor,
                             dense_output=True)  # fmt: skip
        if not solution.success:
            raise RuntimeError(f"{self.course.model} {self.course.variant}: {solution.message}")
        reached = self.first_crossing(solution) if self.course.crossing else None
        at = end if reached is None else reached
        for time in self.course.times:
            if begin < time <= at:
                self.rows[time] = solution.sol(time)
        self.largest = np.maximum(self.largest, np.abs(solution.y).max(axis=1))
        return at, solution.sol(at) if reached is not None else solution.y[:, -1]

    def first_crossing(self, solution: Any) -> float | None:
        assert self.course.crossing is not None
        crossing = self.course.crossing
        signs = np.sign([crossing(y) for y in solution.y.T])
        first = 1  # the first point may lie on the crossing just left
        for i in range(first, len(signs) - 1):
            if signs[i] * signs[i + 1] < 0:
                found = brentq(lambda t: crossing(solution.sol(t)), solution.t[i], solution.t[i + 1], xtol=1e-15)
                return float(found)
        return None

    def run(self) -> None:
        y = np.asarray(self.course.start, float).copy()
        now, end = 0.0, float(self.course.times[-1])
        jumps = [*self.course.jumps, (end, lambda _: None)]
        for when, jump in jumps:
            while now < when:
                now, y = self.stretch(now, when, y)
                if now < when and self.course.crossed:
                    self.crossings.append(now)
                    self.course.crossed(y)
            y = y.copy()
            jump(y)


def followed(course: Course, method: str) -> Follower:
    floor = 1e-14 * np.ones(len(course.start))
    for _ in range(2):  # the second time with tolerances that follow from the largest values of the first
        follower = Follower(course, method, floor)
        follower.run()
        floor = 1e-20 * follower.largest
    return follower


def numbers(values: Any) -> str:
    return ", ".join(f"{value:.13g}" for value in values)


def show(line: str) -> None:
    """Prints a row of the table in lines of at most 120 characters."""
    print(fill(line, 120, initial_indent="    ", subsequent_indent="        ", break_on_hyphens=False))


def main() -> None:
    print("// Published models solved by SciPy: made by published_models_b.py, which says how; not edited by hand.")
    print("#pragma once\n#include <array>\n#include <span>\n#include <string_view>\n")
    print("namespace cicatrix::reference {\n")
    print("/// A time and the states then, in the order of the model's table.")
    print("struct Row {\n    double time;\n    std::array<double, 10> states;\n};\n")
    print("/// `largest` is what each state reached on the way.")
    print("struct Solved {\n    std::string_view model, variant;\n    std::array<double, 10> largest;")
    print("    std::span<const Row> rows;\n};\n")
    print("// clang-format off")
    courses = []
    for course in every_course():
        exact, other = followed(course, "Radau"), followed(course, "LSODA")
        worst = max(
            float((np.abs(other.rows[t] - y) / np.maximum(np.abs(y), 1e-7 * exact.largest)).max())
            for t, y in exact.rows.items()
        )
        name = f"{course.model}_{course.variant}"
        print(f"\n// {course.model}, {course.variant}: Radau and LSODA differ by {worst:.1e}", end="")
        print("".join(f"; crossing at {t:.12g}" for t in exact.crossings))
        print(f"inline constexpr std::array {name}{{")
        for time in course.times:
            show(f"Row{{{time:.13g}, {{{numbers(exact.rows[time])}}}}},")
        print("};")
        courses.append(f'Solved{{"{course.model}", "{course.variant}", {{{numbers(exact.largest)}}}, {name}}},')
    print("\ninline constexpr std::array solved{")
    for line in courses:
        show(line)
    print("};")
    print("// clang-format on\n\n}  // namespace cicatrix::reference")


if __name__ == "__main__":
    main()
