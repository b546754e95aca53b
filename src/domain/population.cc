#include "domain/population.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace mimus {
namespace {

Status check_rate(const ConditionRate& rate) {
  if (rate.first > rate.last) {
    return fail("demographics.value",
                fmt::format("the ages of '{}' are {} to {}", rate.condition, rate.first, rate.last),
                "the lesser one first");
  }
  if (rate.prevalence >= 0 && rate.prevalence <= 1) return {};
  return fail("demographics.value", fmt::format("the prevalence of '{}' is {}", rate.condition, rate.prevalence),
              "0 to 1");
}

std::string name_of_sex(const std::string& sex) { return sex.empty() ? "all sexes" : "sex '" + sex + "'"; }

}  // namespace

Result<std::shared_ptr<const Population>> Population::make(std::vector<AgeBand> bands,
                                                           std::vector<ConditionRate> rates) {
  std::shared_ptr<Population> out(new Population);
  if (bands.empty()) return fail("demographics.value", "the age pyramid has no rows");
  std::set<std::string> sexes;
  for (const AgeBand& band : bands) sexes.insert(band.sex);
  out->bands_ = std::move(bands);
  for (const std::string& sex : sexes) MIMUS_TRY(out->add_sex(sex));
  // What is told of any sex counts only where no sex is told.
  if (out->sexes_.size() > 1 && out->sexes_.front().name.empty()) out->sexes_.erase(out->sexes_.begin());
  for (const ConditionRate& rate : rates) {
    MIMUS_TRY(check_rate(rate));
    if (std::ranges::find(out->conditions_, rate.condition) == out->conditions_.end()) {
      out->conditions_.push_back(rate.condition);
    }
  }
  out->rates_ = std::move(rates);
  return std::shared_ptr<const Population>(std::move(out));
}

Status Population::add_sex(const std::string& sex) {
  Sex added{.name = sex, .bands = {}};
  double sum = 0;
  for (const AgeBand& band : bands_) {
    if (band.sex == sex) added.bands.push_back(band);
  }
  std::ranges::sort(added.bands, {}, &AgeBand::first);
  for (std::size_t k = 0; k < added.bands.size(); ++k) {
    const AgeBand& band = added.bands[k];
    const std::string where = fmt::format("ages {} to {} of {}", band.first, band.last, name_of_sex(sex));
    if (band.first < 0 || band.first > band.last || band.last > 150) {
      return fail("demographics.value", "the age pyramid has " + where, "0 to 150, the lesser one first");
    }
    if (k > 0 && added.bands[k - 1].last >= band.first) {
      return fail("demographics.value", where + " overlap with those before", "each age belongs to one band");
    }
    if (k > 0 && added.bands[k - 1].last + 1 < band.first) {
      gaps_ = fmt::format("{} to {} of {}", added.bands[k - 1].last + 1, band.first - 1, name_of_sex(sex));
    }
    if (!(band.weight >= 0)) return fail("demographics.value", where + " have a negative weight", "0 to 1");
    sum += band.weight;
  }
  if (std::abs(sum - 1) > 1e-6) {
    return fail("demographics.value", fmt::format("the weights of {} sum up to {:.6g}", name_of_sex(sex), sum), "to 1");
  }
  sexes_.push_back(std::move(added));
  return {};
}

Population::Person Population::draw(Draws& draws) const {
  const Sex& sex = sexes_[draws.below(sexes_.size())];
  double left = draws.fraction();
  const AgeBand* band = &sex.bands.back();
  for (const AgeBand& one : sex.bands) {
    left -= one.weight;
    if (one.weight <= 0) continue;
    band = &one;
    if (left < 0) break;
  }
  return {sex.name, draws.between(band->first, band->last)};
}

std::vector<std::string_view> Population::draw_conditions(Draws& draws, std::string_view sex, std::int64_t age) const {
  std::vector<std::string_view> out;
  for (const std::string& condition : conditions_) {
    const ConditionRate* found = nullptr;
    for (const ConditionRate& rate : rates_) {
      const bool is_for = rate.condition == condition && rate.first <= age && age <= rate.last;
      if (!is_for || (rate.sex != sex && !rate.sex.empty())) continue;
      // That of the sex alone is the better one.
      if (found == nullptr || (found->sex.empty() && !rate.sex.empty())) found = &rate;
    }
    const double u = draws.fraction();
    if (found != nullptr && u < found->prevalence) out.push_back(condition);
  }
  return out;
}

}  // namespace mimus
