"""Solves the wound of Zlobina, Xue and Gomez in space with SciPy, for the numbers in test_space_reference.cpp.

Run it by hand: python3 tests/reference/space_by_scipy.py
"""

import numpy as np
from scipy.integrate import solve_ivp

CELLS = 100
SPACING = 0.03  # mm, as in the authors' code: a strip whose first cell is the centre of the wound


def second_difference(u: np.ndarray, beyond: float) -> np.ndarray:
    """A closed end before the first cell; beyond the last stands a given value."""
    padded = np.concatenate(([u[0]], u, [beyond]))
    curved: np.ndarray = (padded[:-2] - 2 * padded[1:-1] + padded[2:]) / SPACING**2
    return curved


def rates(_: float, y: np.ndarray) -> np.ndarray:
    """Rates of debris, M1, M2, temporary and new tissue in all cells."""
    a, m1, m2, c, n = y.reshape(5, CELLS)
    turning = 0.1 * np.maximum(m1, 0) ** 5 / (0.05**5 + np.maximum(m1, 0) ** 5)
    return np.concatenate(
        (
            -a * m1,
            a - a * m1 - 0.1 * m1 - turning + 0.32 * second_difference(m1, m1[-1]),
            turning - 0.1 * m2 + 0.32 * second_difference(m2, m2[-1]),
            m2 - 0.2 * c,
            1.8 * c * n * (1 - n) + 3e-4 * c * second_difference(n, 1.0),
        )
    )


START = np.concatenate((np.ones(CELLS), np.linspace(0.2, 0, CELLS), np.zeros(3 * CELLS)))
SOLUTION = solve_ivp(rates, (0, 30), START, method="Radau", rtol=1e-10, atol=1e-13, t_eval=[10, 30])
for time, states in zip(SOLUTION.t, SOLUTION.y.T, strict=True):
    table = states.reshape(5, CELLS)
    for cell in (0, 50, 90):
        print(time, cell, ", ".join(f"{value:.12g}" for value in table[:, cell]))
