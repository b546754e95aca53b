// Demographics: how many people of each age and sex there are, and how many of these have a condition.
//
// Read from the tables of a <demographics>. A sample is a pure function of its draws: a sex, all that have ages being
// equally likely; an age by the weights of the sex' bands, the same for all years of a band; each condition by its
// prevalence at that age and sex.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "random/draws.h"

namespace mimus {

struct AgeBand {
  std::string sex;  // empty: of any
  std::int64_t first = 0, last = 0;
  double weight = 0;
};

struct ConditionRate {
  std::string condition;
  std::string sex;  // empty: of any
  std::int64_t first = 0, last = 0;
  double prevalence = 0;
};

// Immutable, thread-safe.
class Population {
 public:
  // Fails with demographics.value: no bands, bands of a sex that overlap, weights of a sex that are negative or do not
  // sum up to 1, a prevalence beyond 0 to 1.
  [[nodiscard]] static Result<std::shared_ptr<const Population>> make(std::vector<AgeBand> bands,
                                                                      std::vector<ConditionRate> rates);

  struct Person {
    std::string_view sex;  // as the tables have it: "F", "M"; empty: not told
    std::int64_t age = 0;
  };
  [[nodiscard]] Person draw(Draws& draws) const;
  // In the order of the table.
  [[nodiscard]] std::vector<std::string_view> draw_conditions(Draws& draws, std::string_view sex,
                                                              std::int64_t age) const;
  // Where the ages of a sex leave out years between the first and the last: for a warning; empty: nowhere.
  [[nodiscard]] const std::string& gaps() const { return gaps_; }

 private:
  Population() = default;
  [[nodiscard]] Status add_sex(const std::string& sex);

  struct Sex {
    std::string name;
    std::vector<AgeBand> bands;
  };
  std::vector<AgeBand> bands_;
  std::vector<Sex> sexes_;  // those that are told, sorted; one without a name when none is
  std::vector<ConditionRate> rates_;
  std::vector<std::string> conditions_;
  std::string gaps_;
};

}  // namespace mimus
