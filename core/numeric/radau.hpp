// Radau IIA collocation of any order: its nodes and coefficients, worked out by the compiler.
#pragma once
#include <array>
#include <cstddef>

#include "cicatrix/numeric/twofold.hpp"

namespace cicatrix {

/// For steps of length 1: the stages are at `nodes`, the last of which is the end; stage i is the begin plus the sum of
/// coefficients[i][j] times the derivative at stage j. The last row are the weights of the integral over the step, which
/// is exact for polynomials of degree 2 s - 2.
template <std::size_t s> struct Radau {
    std::array<double, s> nodes{};
    std::array<std::array<double, s>, s> coefficients{};
    /// In the polynomial through the begin and the stages: 1 over the product of the distances of a node from 0 and from
    /// the other nodes.
    std::array<double, s> barycentric{};
};

namespace detail {
/// P_s - P_(s - 1), Legendre polynomials of 2 x - 1; the nodes are its roots.
template <std::size_t s, class T> constexpr T radau_polynomial(T x) {
    const T t = T(2.0) * x - T(1.0);
    T before = 1.0, now = t;
    for (std::size_t n = 1; n < s; ++n) {
        const T next = (T(2.0 * static_cast<double>(n) + 1.0) * t * now - T(static_cast<double>(n)) * before) /
                       T(static_cast<double>(n + 1));
        before = now, now = next;
    }
    return now - before;
}

/// The root between two places, first to the digits of a double and then, by secants, to those of the sum of two.
template <std::size_t s> constexpr Twofold radau_root(double low, double high) {
    const bool rises = radau_polynomial<s>(low) < 0;
    for (int halving = 0; halving < 40; ++halving) {
        const double middle = (low + high) / 2;
        ((radau_polynomial<s>(middle) < 0) == rises ? low : high) = middle;
    }
    Twofold at = (low + high) / 2;
    constexpr double near = 1.0 / 1048576.0;  // its square is what the slope misses by, and the error shrinks by
    const double slope = (radau_polynomial<s>(low + near) - radau_polynomial<s>(low - near)) / (2 * near);
    for (int i = 0; i < 4; ++i) at = at - radau_polynomial<s>(at) / Twofold(slope);
    return at;
}

template <std::size_t s> constexpr std::array<Twofold, s> radau_nodes() {
    constexpr int cells = 16 * static_cast<int>(s);
    std::array<Twofold, s> out{};
    std::size_t found = 0;
    for (int cell = 0; cell < cells && found + 1 < s; ++cell) {
        const double low = static_cast<double>(cell) / cells, high = static_cast<double>(cell + 1) / cells;
        if ((radau_polynomial<s>(low) < 0) != (radau_polynomial<s>(high) < 0)) out[found++] = radau_root<s>(low, high);
    }
    out[s - 1] = 1.0;
    return out;
}

/// The integral from 0 to `end` of the product of (x - node) over all nodes but `left_out`, divided by its value there.
template <std::size_t s>
constexpr Twofold lagrange_integral(const std::array<Twofold, s>& nodes, std::size_t left_out, Twofold end) {
    std::array<Twofold, s + 1> terms{Twofold(1.0)};
    Twofold scale = 1.0;
    for (std::size_t b = 0; b < s; ++b) {
        if (b == left_out) continue;
        for (std::size_t k = s; k > 0; --k) terms[k] = terms[k - 1] - nodes[b] * terms[k];
        terms[0] = terms[0] * -nodes[b];
        scale = scale * (nodes[left_out] - nodes[b]);
    }
    Twofold sum = 0.0;
    for (std::size_t k = s; k-- > 0;) sum = sum * end + terms[k] / Twofold(static_cast<double>(k + 1));
    return sum * end / scale;
}
}  // namespace detail

template <std::size_t s> constexpr Radau<s> radau() {
    const auto nodes = detail::radau_nodes<s>();
    Radau<s> out;
    for (std::size_t i = 0; i < s; ++i) {
        out.nodes[i] = static_cast<double>(nodes[i]);
        for (std::size_t j = 0; j < s; ++j)
            out.coefficients[i][j] = static_cast<double>(detail::lagrange_integral(nodes, j, nodes[i]));
    }
    for (std::size_t a = 0; a < s; ++a) {
        detail::Twofold product = nodes[a];
        for (std::size_t b = 0; b < s; ++b)
            if (b != a) product = product * (nodes[a] - nodes[b]);
        out.barycentric[a] = static_cast<double>(detail::Twofold(1.0) / product);
    }
    return out;
}

}  // namespace cicatrix
