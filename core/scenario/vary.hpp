// Reads what a sweep varies: names, levels, shares and distributions become factors.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "cicatrix/scenario/changed_document.hpp"
#include "cicatrix/scenario/factor.hpp"
#include "cicatrix/scenario/findings.hpp"

namespace cicatrix {

/// Collects the factors of a sweep. What is wrong goes into the findings.
class FactorReader {
  public:
    /// `document` is the scenario without its sweep; `rows` are the parameters that a scenario may change.
    FactorReader(const Node& document, std::span<const ParameterRow> rows, Findings& findings)
        : document_(document), rows_(rows), findings_(findings) {}

    /// The table sweep.vary: each name with levels, shares or a distribution.
    void read_vary(const Node& vary);

    /// The list sweep.rows: every table gives every name. The values come row by row.
    std::vector<double> read_rows(const Node& rows);

    /// The table sweep.cohort, but for what biology needs.
    void read_cohort(const Node& cohort);

    std::vector<Factor>& factors() { return factors_; }

  private:
    struct Asked {
        const std::string& name;
        Place place;
        const Node& value;
        std::string path;
    };

    Factor* begin(const std::string& name, Place place, std::string path);
    bool find_target(Factor& factor);
    void refuse_unknown(const Factor& factor);
    void read(const Asked& asked);
    void read_group(const Asked& asked);
    bool is_in_use(std::size_t row) const;
    void read_levels(Factor& factor, const Node& list);
    void read_shares(Factor& factor, const Node& table);
    void read_words(Factor& factor, const Node& text);
    void read_adherence(const Node& adherence);
    void check_cohort_keys(const Node& cohort);
    std::optional<double> number(const Factor& factor, const Node& node, const std::string& path);
    std::optional<double> level(Factor& factor, const Node& node, const std::string& path);
    std::optional<double> usual_value(const Factor& factor);
    bool has_factor(std::string_view name) const;

    const Node& document_;
    std::span<const ParameterRow> rows_;
    Findings& findings_;
    std::vector<Factor> factors_;
};

}  // namespace cicatrix
