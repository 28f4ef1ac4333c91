// A queue for tests: it hands out a list of members and remembers all that the integrator says about each.
#pragma once
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "cicatrix/solver/integrate.hpp"

namespace cicatrix {

/// To the bit: 0 is not -0, and a NaN is itself.
inline bool equal_bits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}
template <class Range> bool equal_bits(const Range& a, const Range& b) {
    return std::ranges::equal(a, b, [](const auto& x, const auto& y) { return equal_bits(x, y); });
}

template <Model M> struct Recorded {
    Outcome outcome;
    StatesOf<M, double> last{};
    std::vector<StatesOf<M, double>> outputs;    ///< as they came
    std::vector<std::size_t> output_numbers;     ///< their positions in the member's list
    std::vector<StatesOf<M, double>> at_events;  ///< the states that events were given
    int times_finished = 0;
};

/// The members' ids must be their positions in the list.
template <Model M> class RecordingQueue {
    using States = StatesOf<M, double>;

  public:
    explicit RecordingQueue(std::vector<Member<M>> members) : records(members.size()), members_(std::move(members)) {}

    std::function<void(const Member<M>&, std::size_t, States&)> on_event = [](const Member<M>&, std::size_t, States&) {
    };
    std::function<bool(double)> wants_stop = [](double) { return false; };
    std::vector<Recorded<M>> records;  ///< by id

    bool next(Member<M>& member) {
        if (given_ == members_.size()) return false;
        member = members_[given_++];
        return true;
    }
    void output(const Member<M>& member, std::size_t i, std::span<const double> watched) {
        States& y = records[member.id].outputs.emplace_back();
        y.fill(std::numeric_limits<double>::quiet_NaN());
        for (std::size_t j = 0; j < watched.size(); ++j) y[member.watched[j]] = watched[j];
        records[member.id].output_numbers.push_back(i);
    }
    void event(const Member<M>& member, std::size_t i, States& y) {
        records[member.id].at_events.push_back(y);
        on_event(member, i, y);
    }
    void finish(const Member<M>& member, const Outcome& outcome, const States& y) {
        records[member.id].outcome = outcome;
        records[member.id].last = y;
        ++records[member.id].times_finished;
    }
    bool stop_requested(double time) { return wants_stop(time); }

  private:
    std::vector<Member<M>> members_;
    std::size_t given_ = 0;
};

/// Integrates one member and tells what came of it.
template <class Method, Model M> Recorded<M> recorded(const Member<M>& member, const Settings<M>& settings) {
    RecordingQueue<M> queue({member});
    integrate<Method, M, double>(queue, settings);
    return queue.records.front();
}

}  // namespace cicatrix
