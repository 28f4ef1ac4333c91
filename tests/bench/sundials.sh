#!/bin/sh
# Builds SUNDIALS for the comparisons in this folder: the source package of the system's own version, compiled with
# -O3 -march=native and linked statically. The system's binary will not do: it is compiled without optimisation.
#     tests/bench/sundials.sh [FOLDER]     FOLDER: where it is built and installed; build/sundials unless told
# Needs apt, CMake, a C compiler and libsuitesparse-dev (for KLU). Nothing of the system is changed: the lists of source
# packages are kept in FOLDER.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
target=${1:-$root/build/sundials}
mkdir -p "$target/lists/partial" "$target/sources.d" "$target/source"
target=$(CDPATH='' cd -- "$target" && pwd -P)
cd "$target"
[ ! -e lib/libsundials_cvode.a ] || { echo "SUNDIALS stands in $target" >&2; exit 0; }

# The system's own sources of packages, asked for the sources of programs instead of the programs.
for file in /etc/apt/sources.list.d/*.sources; do
    [ ! -e "$file" ] || sed 's/^Types:.*/Types: deb-src/' "$file" >"sources.d/$(basename "$file")"
done
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ ! -e "$file" ] || sed -n 's/^deb /deb-src /p' "$file" >"sources.d/$(basename "$file")"
done

apt() {
    apt-get -q -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$target/sources.d" \
        -o Dir::State::lists="$target/lists" -o Dir::Cache="$target" -o APT::Sandbox::User= "$@"
}
apt update
(cd source && apt source --download-only sundials)
tar -xJf source/sundials_*.orig.tar.xz -C source --strip-components=1

library=$(dirname "$(find /usr/lib* -name 'libklu.so' -o -name 'libklu.a' | head -n 1)")
cmake -S source -B make -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS_RELEASE="-O3 -march=native -DNDEBUG" \
    -DCMAKE_INSTALL_PREFIX="$target" -DCMAKE_INSTALL_LIBDIR=lib -DBUILD_SHARED_LIBS=OFF -DEXAMPLES_ENABLE_C=OFF \
    -DEXAMPLES_INSTALL=OFF -DBUILD_ARKODE=OFF -DBUILD_CVODES=OFF -DBUILD_IDA=OFF -DBUILD_IDAS=OFF -DBUILD_KINSOL=OFF \
    -DENABLE_KLU=ON -DKLU_INCLUDE_DIR=/usr/include/suitesparse -DKLU_LIBRARY_DIR="$library"
cmake --build make --parallel 2 --target install
