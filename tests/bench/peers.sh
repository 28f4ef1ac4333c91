#!/bin/sh
# Compares the project's solver with CVODE, Boost.Odeint, SciPy, libRoadRunner, COPASI, AMICI and diffrax: builds what is
# needed, runs all that is there in turn on this machine, prints tables in Markdown, leaves a plot and the numbers.
#     tests/bench/peers.sh [--quick] [--out FOLDER]      FOLDER: peers in the build folder unless told; --quick: a minute
# CICATRIX_BUILD=FOLDER: the build folder, build unless told; it is configured if it is not. Peers in Python are taken
# from the package index into a private environment in the build folder; nothing else of the project knows them.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
build=${CICATRIX_BUILD:-$root/build}
say() { printf '%s\n' "$*" >&2; }

mkdir -p "$build/peers"
[ -e "$build/CMakeCache.txt" ] || cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release >"$build/peers/build.log"
cmake "$build" -DCICATRIX_TESTS=ON >"$build/peers/build.log"
sundials=$(sed -n 's/^CICATRIX_SUNDIALS:PATH=//p' "$build/CMakeCache.txt")
"$root/tests/bench/sundials.sh" "$sundials" >"$build/peers/sundials.log" 2>&1 ||
    say "No SUNDIALS, so no CVODE: see $build/peers/sundials.log"
cmake "$build" >>"$build/peers/build.log"
say "Building"
cmake --build "$build" --target peer_programs >>"$build/peers/build.log" 2>&1 || { tail "$build/peers/build.log" >&2; exit 70; }

venv=$build/peers/venv
python=$venv/bin/python
[ -x "$python" ] || "${CICATRIX_PYTHON:-/usr/bin/python3}" -m venv "$venv"
for packages in "numpy scipy matplotlib" numba libroadrunner python-copasi amici "jax diffrax"; do
    stamp=$venv/$(printf %s "$packages" | tr ' ' _).installed
    [ ! -e "$stamp" ] || continue
    say "Installing $packages"
    # Words are packages. One that cannot be had is left out of the comparison, which then says so.
    # shellcheck disable=SC2086
    if "$python" -m pip install -q $packages >"$build/peers/pip.log" 2>&1; then : >"$stamp"; else tail -n 1 "$build/peers/pip.log" >&2; fi
done

say "Measuring"
PYTHONPATH=$root/tests exec "$python" -m bench.peers --build "$build" --out "$build/peers" "$@"
