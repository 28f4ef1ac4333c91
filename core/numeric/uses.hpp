// A scalar that has no value but remembers what it was computed from: one text says which of its inputs it needs.
#pragma once
#include <cstddef>
#include <cstdint>

namespace cicatrix {

/// What a value was computed from, one bit for each input. Numbers were computed from nothing.
struct Uses {
    std::uint64_t inputs = 0;

    constexpr Uses() = default;
    constexpr Uses(double) {}
    static constexpr Uses input(std::size_t i) { return of(std::uint64_t{1} << i); }
    static constexpr Uses of(std::uint64_t inputs) {
        Uses out;
        out.inputs = inputs;
        return out;
    }

    friend constexpr Uses operator+(Uses a, Uses b) { return of(a.inputs | b.inputs); }
    friend constexpr Uses operator-(Uses a, Uses b) { return a + b; }
    friend constexpr Uses operator*(Uses a, Uses b) { return a + b; }
    friend constexpr Uses operator/(Uses a, Uses b) { return a + b; }
    friend constexpr Uses operator-(Uses a) { return a; }
};

/// What a comparison was computed from. There is no asking whether it holds: both sides of a choice count.
struct UsesOfTruth {
    Uses uses;

    friend constexpr UsesOfTruth operator&(UsesOfTruth a, UsesOfTruth b) { return {a.uses + b.uses}; }
    friend constexpr UsesOfTruth operator|(UsesOfTruth a, UsesOfTruth b) { return {a.uses + b.uses}; }
    friend constexpr UsesOfTruth operator!(UsesOfTruth a) { return a; }
};
constexpr UsesOfTruth operator<(Uses a, Uses b) { return {a + b}; }
constexpr UsesOfTruth operator>(Uses a, Uses b) { return {a + b}; }
constexpr UsesOfTruth operator<=(Uses a, Uses b) { return {a + b}; }
constexpr UsesOfTruth operator>=(Uses a, Uses b) { return {a + b}; }

constexpr Uses select(UsesOfTruth where, Uses a, Uses b) { return where.uses + a + b; }
constexpr Uses select(bool, Uses a, Uses b) { return a + b; }

constexpr Uses exp(Uses x) { return x; }
constexpr Uses log(Uses x) { return x; }
constexpr Uses sqrt(Uses x) { return x; }
constexpr Uses cube_root(Uses x) { return x; }
constexpr Uses magnitude(Uses x) { return x; }
constexpr Uses pow(Uses x, Uses y) { return x + y; }

/// A single one stands where lanes may.
constexpr double lane(Uses, int) { return 0.0; }
constexpr void set_lane(Uses& x, int, Uses value) { x = x + value; }

}  // namespace cicatrix
