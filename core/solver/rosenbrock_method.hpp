// A Rosenbrock method as data that proves itself: its coefficients are turned back into the classical ones and tested
// against the order conditions (Hairer and Wanner, Solving Ordinary Differential Equations II, section IV.7) at compile
// time.
#pragma once
#include <array>
#include <cstddef>

namespace cicatrix {

/// One step from (t, y) with step h solves, for the increments u_i of its `s` stages,
///     (1/(gamma h) I - J) u_i = f(t + node_i h, y + sum_j a_ij u_j) + sum_j c_ij u_j / h + time_i h df/dt,   j < i,
/// and gives y + sum_i weight_i u_i, with the error estimate sum_i error_i u_i. Between its ends it is, with x in [0,
/// 1],
///     (1 - x) y + x (y_next + (1 - x) (d_0 + x (d_1 + x d_2))),   d_r = sum_i dense_ri u_i.
template <std::size_t s> struct RosenbrockMethod {
    int order;        ///< of the step
    int error_order;  ///< of the embedded method
    int dense_order;  ///< of the values between the ends of a step
    double gamma;
    std::array<double, s> node, time, weight, error;
    std::array<std::array<double, s>, s> a, c;
    std::array<std::array<double, s>, 3> dense;
    static constexpr std::size_t stages = s;
};

namespace detail {

template <std::size_t s> using Vector = std::array<double, s>;
template <std::size_t s> using Matrix = std::array<Vector<s>, s>;

template <std::size_t s> constexpr Matrix<s> inverse_of_lower(const Matrix<s>& m) {
    Matrix<s> out{};
    for (std::size_t j = 0; j < s; ++j)
        for (std::size_t i = j; i < s; ++i) {
            double sum = i == j ? 1.0 : 0.0;
            for (std::size_t k = j; k < i; ++k) sum -= m[i][k] * out[k][j];
            out[i][j] = sum / m[i][i];
        }
    return out;
}

template <std::size_t s> constexpr Vector<s> operator*(const Matrix<s>& m, const Vector<s>& x) {
    Vector<s> out{};
    for (std::size_t i = 0; i < s; ++i)
        for (std::size_t j = 0; j < s; ++j) out[i] += m[i][j] * x[j];
    return out;
}
/// Stage by stage; and the row vector times the matrix.
template <std::size_t s> constexpr Vector<s> times(Vector<s> x, const Vector<s>& y) {
    for (std::size_t i = 0; i < s; ++i) x[i] *= y[i];
    return x;
}
template <std::size_t s> constexpr Vector<s> row_times(const Vector<s>& x, const Matrix<s>& m) {
    Vector<s> out{};
    for (std::size_t i = 0; i < s; ++i)
        for (std::size_t j = 0; j < s; ++j) out[j] += x[i] * m[i][j];
    return out;
}
constexpr double absolute(double x) { return x < 0 ? -x : x; }

/// The classical form: alpha_ij, beta_ij = alpha_ij + gamma_ij and the matrix that turns weights of u into weights b.
template <std::size_t s> struct ClassicalForm {
    Matrix<s> alpha{}, beta{}, gamma{};
    Vector<s> one{};

    constexpr explicit ClassicalForm(const RosenbrockMethod<s>& method) {
        Matrix<s> inverse{};
        for (std::size_t i = 0; i < s; ++i)
            for (std::size_t j = 0; j <= i; ++j) inverse[i][j] = (i == j ? 1.0 / method.gamma : 0.0) - method.c[i][j];
        gamma = inverse_of_lower(inverse);
        for (std::size_t i = 0; i < s; ++i) {
            alpha[i] = row_times(method.a[i], gamma);
            for (std::size_t j = 0; j < s; ++j) beta[i][j] = alpha[i][j] + gamma[i][j];
            one[i] = 1.0;
        }
    }
};

inline constexpr int highest_known_order = 5;  // of the conditions below

/// The largest fault of the order conditions up to `order` for weights of u at the fraction x of the step (x = 1: its
/// end).
template <std::size_t s>
constexpr double fault_of_order(const RosenbrockMethod<s>& method, const Vector<s>& weight, int order, double x) {
    const ClassicalForm<s> form(method);
    const auto b = row_times(weight, form.gamma);
    const auto A = form.alpha * form.one, B = form.beta * form.one;
    const auto aB = form.alpha * B, AA = times(A, A), bB = form.beta * B, bAA = form.beta * AA;
    struct Condition {
        int order;
        Vector<s> tree;
        double density;
    };
    const std::array conditions{
        Condition{1, form.one, 1},
        Condition{2, B, 2},
        Condition{3, AA, 3},
        Condition{3, bB, 6},
        Condition{4, times(AA, A), 4},
        Condition{4, times(A, aB), 8},
        Condition{4, bAA, 12},
        Condition{4, form.beta * bB, 24},
        Condition{5, times(AA, AA), 5},
        Condition{5, times(AA, aB), 10},
        Condition{5, times(aB, aB), 20},
        Condition{5, times(A, form.alpha * AA), 15},
        Condition{5, times(A, form.alpha * bB), 30},
        Condition{5, form.beta * times(AA, A), 20},
        Condition{5, form.beta * times(A, aB), 40},
        Condition{5, form.beta * bAA, 60},
        Condition{5, form.beta * (form.beta * bB), 120},
    };
    double worst = 0;
    for (const auto& condition : conditions) {
        if (condition.order > order) continue;
        double sum = 0, wanted = 1 / condition.density;
        for (std::size_t i = 0; i < s; ++i) sum += b[i] * condition.tree[i];
        for (int power = 0; power < condition.order; ++power) wanted *= x;
        worst = absolute(sum - wanted) > worst ? absolute(sum - wanted) : worst;
    }
    return worst;
}

}  // namespace detail

/// The weights of u at the fraction x of a step.
template <std::size_t s> constexpr std::array<double, s> dense_weights(const RosenbrockMethod<s>& method, double x) {
    std::array<double, s> out{};
    for (std::size_t i = 0; i < s; ++i)
        out[i] =
            x * (method.weight[i] + (1 - x) * (method.dense[0][i] + x * (method.dense[1][i] + x * method.dense[2][i])));
    return out;
}

/// True when row i of `a` is the row before it with one more entry, so that a stage's argument can be carried on.
template <std::size_t s> constexpr bool extends_row(const RosenbrockMethod<s>& method, std::size_t i) {
    bool same = i >= 2;
    for (std::size_t j = 0; same && j + 1 < i; ++j) same = method.a[i][j] == method.a[i - 1][j];
    return same;
}

/// True when the step ends at the last stage's argument plus the last stage, and that stage is the error.
template <std::size_t s> constexpr bool ends_with_last_stage(const RosenbrockMethod<s>& method) {
    bool same = method.weight[s - 1] == 1 && method.error[s - 1] == 1;
    for (std::size_t j = 0; j + 1 < s; ++j)
        same = same && method.weight[j] == method.a[s - 1][j] && method.error[j] == 0;
    return same;
}

/// True when nodes and time weights agree with the matrices and step, embedded method and dense output have the
/// orders that the method declares, to within `tolerance` (published digits end near 1e-14).
template <std::size_t s> constexpr bool keeps_its_orders(const RosenbrockMethod<s>& method, double tolerance = 1e-11) {
    using detail::operator*;
    const detail::ClassicalForm<s> form(method);
    const auto node = form.alpha * form.one, time = form.gamma * form.one;
    auto embedded = method.weight;
    for (std::size_t i = 0; i < s; ++i) {
        embedded[i] -= method.error[i];
        if (detail::absolute(node[i] - method.node[i]) > tolerance ||
            detail::absolute(time[i] - method.time[i]) > tolerance)
            return false;
    }
    bool holds = method.order <= detail::highest_known_order &&
                 detail::fault_of_order(method, method.weight, method.order, 1) < tolerance &&
                 detail::fault_of_order(method, embedded, method.error_order, 1) < tolerance;
    for (const double x : {0.25, 0.5, 0.75})
        holds = holds && detail::fault_of_order(method, dense_weights(method, x), method.dense_order, x) < tolerance;
    return holds;
}

/// The stability function at minus infinity; zero for an L-stable method.
template <std::size_t s> constexpr double stability_at_infinity(const RosenbrockMethod<s>& method) {
    using detail::operator*;
    const detail::ClassicalForm<s> form(method);
    const auto b = detail::row_times(method.weight, form.gamma);
    const auto x = detail::inverse_of_lower(form.beta) * form.one;
    double sum = 1;
    for (std::size_t i = 0; i < s; ++i) sum -= b[i] * x[i];
    return sum;
}

}  // namespace cicatrix
