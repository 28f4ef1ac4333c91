"""Solves published wounds in space with SciPy, for the numbers in test_published_in_space.cpp.

Run it by hand: python3 tests/reference/wounds_by_scipy.py
"""

import numpy as np
from scipy.integrate import solve_ivp


def divergence(u: np.ndarray, faces: np.ndarray, widths: np.ndarray, beyond: float | None) -> np.ndarray:
    """What diffusion of diffusivity 1 brings into each cell; a given value stands on the outermost face."""
    centres = 0.5 * (faces[1:] + faces[:-1])
    flux = np.zeros(len(faces))
    flux[1:-1] = widths[1:-1] * np.diff(u) / np.diff(centres)
    if beyond is not None:
        flux[-1] = widths[-1] * (beyond - u[-1]) / (faces[-1] - centres[-1])
    volumes = 0.5 * (widths[1:] + widths[:-1]) * np.diff(faces)
    brought: np.ndarray = np.diff(flux) / volumes
    return brought


def zlobina(cells: int) -> float:
    """The time at which the last cell of a strip of 3 mm holds 0.95 of the new tissue."""
    faces, widths = np.linspace(0, 3, cells + 1), np.ones(cells + 1)

    def rates(_: float, y: np.ndarray) -> np.ndarray:
        a, m1, m2, c, n = y.reshape(cells, 5).T
        turning = 0.1 * np.maximum(m1, 0) ** 5 / (0.05**5 + np.maximum(m1, 0) ** 5)
        columns = (
            -a * m1,
            a - a * m1 - 0.1 * m1 - turning + 0.32 * divergence(m1, faces, widths, None),
            turning - 0.1 * m2 + 0.32 * divergence(m2, faces, widths, None),
            m2 - 0.2 * c,
            1.8 * c * n * (1 - n) + 3e-4 * c * divergence(n, faces, widths, 1.0),
        )
        return np.stack(columns, axis=1).ravel()

    def unhealed(_: float, y: np.ndarray) -> float:
        return float(y.reshape(cells, 5)[:, 4].min() - 0.95)

    unhealed.terminal = True  # type: ignore[attr-defined]
    start = np.tile([1.0, 0, 0, 0, 0], cells)
    looks = {"rtol": 1e-9, "atol": 1e-13, "lband": 9, "uband": 9}
    solved = solve_ivp(rates, (0, 80), start, method="LSODA", events=unhealed, max_step=0.2, **looks)
    return float(solved.t_events[0][0])


def buganza_tepole(cells: int, hours: float) -> np.ndarray:
    """Fibroblasts, TGF-beta and collagen of the set of 2021 in rings round a wound of 7.5 mm."""
    faces = np.linspace(0, 37.5, cells + 1)
    inside = 0.5 * (faces[1:] + faces[:-1]) < 7.5
    felt = 1 / (1 + np.exp(5.0))

    def rates(_: float, y: np.ndarray) -> np.ndarray:
        rho, c, phi = y.reshape(cells, 3).T
        divides = 0.017 + 0.0085 * c / (1e-5 + c) + 0.0085 * felt
        lays_down = (2e-6 + 2e-6 * c / (1e-4 + c) + 2e-6 * felt) * rho / (1000 * 2e-6 / 9.7e-4 - 1 + phi)
        columns = (
            divides * (1 - rho / 1e4) * rho - 0.017 * 0.9 * rho + 0.0833 * divergence(rho, faces, faces, 1000.0),
            (9e-13 * c + 9e-12 * felt) * rho / (1 + c) - 0.001 * c + 0.01208 * divergence(c, faces, faces, 0.0),
            lays_down - (9.7e-4 + 4.85e-3 * c * rho) * phi,
        )
        return np.stack(columns, axis=1).ravel()

    start = np.where(inside[:, None], [0.0, 1e-4, 0.43], [1000.0, 0.0, 1.0]).ravel()
    solved = solve_ivp(rates, (0, hours), start, method="LSODA", rtol=1e-10, atol=1e-15, lband=5, uband=5)
    ends: np.ndarray = solved.y[:, -1].reshape(cells, 3)
    return ends


if __name__ == "__main__":
    print("Zlobina, 200 cells, healed at", f"{zlobina(200):.9g}")
    table = buganza_tepole(75, 672)
    for cell in (0, 10, 14, 15, 20, 40):
        print("Buganza Tepole, 75 cells, 672 h, cell", cell, ", ".join(f"{value:.10g}" for value in table[cell]))
