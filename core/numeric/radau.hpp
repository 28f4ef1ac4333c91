// Radau IIA collocation of any order: its nodes and coefficients, worked out by the compiler.
#pragma once
#include <array>
#include <cstddef>

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
template <std::size_t s> constexpr long double radau_polynomial(long double x) {
    const long double t = 2 * x - 1;
    long double before = 1, now = t;
    for (std::size_t n = 1; n < s; ++n) {
        const long double next =
            (static_cast<long double>(2 * n + 1) * t * now - static_cast<long double>(n) * before) /
            static_cast<long double>(n + 1);
        before = now, now = next;
    }
    return now - before;
}

template <std::size_t s> constexpr std::array<long double, s> radau_nodes() {
    constexpr int cells = 64 * static_cast<int>(s);
    std::array<long double, s> out{};
    std::size_t found = 0;
    for (int cell = 0; cell < cells && found + 1 < s; ++cell) {
        long double low = static_cast<long double>(cell) / cells, high = static_cast<long double>(cell + 1) / cells;
        const bool rises = radau_polynomial<s>(low) < 0;
        if (rises == (radau_polynomial<s>(high) < 0)) continue;
        for (int halving = 0; halving < 64; ++halving) {
            const long double middle = (low + high) / 2;
            ((radau_polynomial<s>(middle) < 0) == rises ? low : high) = middle;
        }
        out[found++] = (low + high) / 2;
    }
    out[s - 1] = 1;
    return out;
}

/// The integral from 0 to `end` of the product of (x - node) over all nodes but `left_out`, divided by its value there.
template <std::size_t s>
constexpr long double lagrange_integral(const std::array<long double, s>& nodes, std::size_t left_out,
                                        long double end) {
    std::array<long double, s + 1> terms{1};
    long double scale = 1;
    for (std::size_t b = 0; b < s; ++b) {
        if (b == left_out) continue;
        for (std::size_t k = s; k > 0; --k) terms[k] = terms[k - 1] - nodes[b] * terms[k];
        terms[0] *= -nodes[b];
        scale *= nodes[left_out] - nodes[b];
    }
    long double sum = 0;
    for (std::size_t k = s; k-- > 0;) sum = sum * end + terms[k] / static_cast<long double>(k + 1);
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
        long double product = nodes[a];
        for (std::size_t b = 0; b < s; ++b)
            if (b != a) product *= nodes[a] - nodes[b];
        out.barycentric[a] = static_cast<double>(1 / product);
    }
    return out;
}

}  // namespace cicatrix
