// How an engine is asked: it reads a request a line and answers with a line of JSON, until its input ends. Times are
// those of the solving alone; a cohort and the rows for its results are there before the clock starts.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/peers/problems.hpp"

#include <time.h>

namespace cicatrix::peers {

/// `rtol members threads repeats all|last FILE`: FILE receives the results of the last repeat, `-` nothing.
struct Request {
    double relative = 1e-6;
    std::size_t members = 1, threads = 1, repeats = 1;
    std::string wanted, file;
};

struct Effort {
    unsigned long long steps = 0, failed = 0;
    double cpu = 0;  ///< s of all threads
};

inline double thread_seconds() {
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}
inline double wall_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

inline void save(const std::vector<double>& results, const std::string& file) {
    std::ofstream out(file, std::ios::binary);
    out.write(reinterpret_cast<const char*>(results.data()), static_cast<std::streamsize>(results.size() * 8));
    if (!out.flush()) throw std::runtime_error("cannot write " + file);
}

/// `solve(cohort, request, results)` fills the results, [member][output][state], and returns an Effort.
template <class Problem, class Solve> void serve(Solve solve) {
    Cohort<Problem> cohort;
    std::vector<double> results;
    for (Request request; std::cin >> request.relative >> request.members >> request.threads >> request.repeats >>
                          request.wanted >> request.file;) {
        cohort.resize(request.members);
        cohort.want(request.wanted == "last");
        results.assign(request.members * cohort.numbers_each(), 0.0);
        double cpu = 0;
        Effort last;
        const double begin = wall_seconds();
        for (std::size_t i = 0; i < request.repeats; ++i) {
            last = solve(cohort, request, results);
            cpu += last.cpu;
        }
        const double wall = wall_seconds() - begin;
        if (request.file != "-") save(results, request.file);
        const double each = 1.0 / static_cast<double>(request.repeats);
        std::printf("{\"cpu\": %.9g, \"wall\": %.9g, \"steps\": %llu, \"failed\": %llu}\n", cpu * each, wall * each,
                    last.steps, last.failed);
        std::fflush(stdout);
    }
}

/// Solves the members one after another by `solve_member(member, rows)`, which returns its steps; a member that throws
/// has failed.
template <class Problem>
Effort one_by_one(const Cohort<Problem>& cohort, std::vector<double>& results, auto solve_member) {
    Effort effort;
    const double begin = thread_seconds();
    double* rows = results.data();
    for (const auto& member : cohort.members()) {
        try {
            effort.steps += solve_member(member, rows);
        } catch (const std::runtime_error&) {
            std::fill_n(rows, cohort.numbers_each(), std::nan(""));
            ++effort.failed;
        }
        rows += cohort.numbers_each();
    }
    effort.cpu = thread_seconds() - begin;
    return effort;
}

/// Calls `visit` with the problem of this name.
template <class Visit> int with_problem(std::string_view name, Visit visit) {
    if (name == NeedledSkin::id) return visit(NeedledSkin{}), 0;
    if (name == HiresSweep::id) return visit(HiresSweep{}), 0;
    std::fprintf(stderr, "there is no problem of this name\n");
    return 2;
}

}  // namespace cicatrix::peers
