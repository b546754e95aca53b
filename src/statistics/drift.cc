#include "statistics/drift.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace mimus::statistics {
namespace {

constexpr double kLeastShare = 0.0001;

bool is_equal(const Value& one, const Value& other) {
  if (one.is_null() || other.is_null()) return one.is_null() == other.is_null();
  return one.data.index() == other.data.index() && text_of(one) == text_of(other);
}

Value count_value(std::uint64_t count) {
  return Value(static_cast<std::int64_t>(std::min<std::uint64_t>(count, INT64_MAX)));
}
Value count_value(const std::optional<std::uint64_t>& count) { return count ? count_value(*count) : Value(); }
Value number_value(const std::optional<double>& number) { return number ? Value(*number) : Value(); }

class Changes {
 public:
  explicit Changes(std::vector<Change>& out) : out_(out) {}
  void compare(std::string what, Value before, Value after) {
    if (!is_equal(before, after)) out_.push_back({std::move(what), std::move(before), std::move(after)});
  }
  void compare(const std::string& what, const std::optional<LengthStatistics>& before,
               const std::optional<LengthStatistics>& after) {
    compare(what + ".min", before ? count_value(before->least) : Value(), after ? count_value(after->least) : Value());
    compare(what + ".max", before ? count_value(before->most) : Value(), after ? count_value(after->most) : Value());
    compare(what + ".mean", before ? Value(before->mean) : Value(), after ? Value(after->mean) : Value());
  }

 private:
  std::vector<Change>& out_;
};

std::vector<Change> compare_columns(const ColumnStatistics& before, const ColumnStatistics& after) {
  std::vector<Change> out;
  Changes changes(out);
  changes.compare("type", Value(before.type), Value(after.type));
  changes.compare("values", count_value(before.values), count_value(after.values));
  changes.compare("nulls", count_value(before.nulls), count_value(after.nulls));
  changes.compare("absent", count_value(before.absent), count_value(after.absent));
  changes.compare("distinct", count_value(before.distinct), count_value(after.distinct));
  changes.compare("min", before.least.value_or(Value()), after.least.value_or(Value()));
  changes.compare("max", before.most.value_or(Value()), after.most.value_or(Value()));
  changes.compare("length", before.length, after.length);
  changes.compare("elements", before.elements, after.elements);
  changes.compare("mean", number_value(before.mean), number_value(after.mean));
  changes.compare("deviation", number_value(before.deviation), number_value(after.deviation));
  for (std::size_t k = 0; k < kQuantiles.size(); ++k) {
    changes.compare(std::string(kQuantiles[k].first), k < before.quantiles.size() ? before.quantiles[k] : Value(),
                    k < after.quantiles.size() ? after.quantiles[k] : Value());
  }
  return out;
}

// The share of a histogram's values below a number, as if they were spread evenly in each bin.
double share_below(const Histogram& histogram, double number) {
  double all = 0, below = 0;
  const double width = (histogram.to - histogram.from) / static_cast<double>(histogram.counts.size());
  for (std::size_t k = 0; k < histogram.counts.size(); ++k) {
    const auto count = static_cast<double>(histogram.counts[k]);
    const double from = histogram.from + width * static_cast<double>(k);
    all += count;
    const bool is_point = !(width > 0);
    below += count * (is_point ? (number > from ? 1.0 : 0.0) : std::clamp((number - from) / width, 0.0, 1.0));
  }
  return all > 0 ? below / all : 0;
}

using Shares = std::vector<std::pair<double, double>>;  // before and after, a bin each

Shares bin_histograms(const Histogram& before, const Histogram& after) {
  Shares out;
  const std::size_t bins = before.counts.size();
  const double width = (before.to - before.from) / static_cast<double>(bins);
  // The first and the last bin take what lies outside.
  double last_before = 0, last_after = 0;
  for (std::size_t k = 1; k <= bins; ++k) {
    const double edge = before.from + width * static_cast<double>(k);
    const double to_before = k == bins ? 1 : share_below(before, edge);
    const double to_after = k == bins ? 1 : share_below(after, edge);
    out.emplace_back(to_before - last_before, to_after - last_after);
    last_before = to_before;
    last_after = to_after;
  }
  return out;
}

// A value that one side's list does not show may still be there, unless the list is complete.
bool is_complete(const ColumnStatistics& column) { return column.distinct && *column.distinct <= column.top.size(); }

Shares bin_values(const ColumnStatistics& before, const ColumnStatistics& after) {
  std::map<std::string, std::pair<double, double>> shares;
  std::map<std::string, int> seen;
  const auto add = [&](const ColumnStatistics& column, auto member) {
    for (const auto& [value, count] : column.top) {
      const std::string key = text_of(value);
      shares[key].*member +=
          static_cast<double>(count) / static_cast<double>(std::max<std::uint64_t>(column.sample_values, 1));
      ++seen[key];
    }
  };
  add(before, &std::pair<double, double>::first);
  add(after, &std::pair<double, double>::second);
  const bool takes_all = is_complete(before) && is_complete(after);
  Shares out;
  double rest_before = 1, rest_after = 1;
  for (const auto& [key, share] : shares) {
    if (!takes_all && seen[key] < 2) continue;
    out.push_back(share);
    rest_before -= share.first;
    rest_after -= share.second;
  }
  if (!takes_all) out.emplace_back(std::max(rest_before, 0.0), std::max(rest_after, 0.0));
  return out;
}

double missing_share(const ColumnStatistics& column) {
  const auto missing = static_cast<double>(column.nulls) + static_cast<double>(column.absent);
  const double all = missing + static_cast<double>(column.values);
  return all > 0 ? missing / all : 0;
}

std::optional<double> find_stability_index(const ColumnStatistics& before, const ColumnStatistics& after) {
  if (before.type != after.type) return std::nullopt;
  Shares shares;
  // One bin is one value, which the list of values has.
  if (before.histogram && after.histogram && before.histogram->counts.size() > 1) {
    shares = bin_histograms(*before.histogram, *after.histogram);
  } else if (before.sample_values > 0 && after.sample_values > 0) {
    shares = bin_values(before, after);
  }
  const double missing_before = missing_share(before), missing_after = missing_share(after);
  for (auto& [p, q] : shares) {
    p *= 1 - missing_before;
    q *= 1 - missing_after;
  }
  shares.emplace_back(missing_before, missing_after);
  double out = 0;
  for (const auto& [first, second] : shares) {
    const double p = std::max(first, kLeastShare), q = std::max(second, kLeastShare);
    out += (p - q) * std::log(p / q);
  }
  return out;
}

template <class T, class Name>
const T* find_named(const std::vector<T>& all, const std::string& name, Name member) {
  const auto found = std::ranges::find(all, name, member);
  return found == all.end() ? nullptr : &*found;
}

void compare_products(const ProductStatistics& before, const ProductStatistics& after, ProductDrift& out) {
  for (const ColumnStatistics& column : before.columns) {
    ++out.columns;
    const ColumnStatistics* other = find_named(after.columns, column.path, &ColumnStatistics::path);
    if (other == nullptr) {
      out.changed.push_back({.path = column.path, .fate = Fate::Removed});
      continue;
    }
    auto changes = compare_columns(column, *other);
    const auto index = find_stability_index(column, *other);
    const bool has_drifted = index && *index > 0;
    if (changes.empty() && !has_drifted) continue;
    out.changed.push_back({column.path, Fate::Changed, std::move(changes), index});
  }
  for (const ColumnStatistics& column : after.columns) {
    if (find_named(before.columns, column.path, &ColumnStatistics::path) != nullptr) continue;
    ++out.columns;
    out.changed.push_back({.path = column.path, .fate = Fate::Added});
  }
  if (!out.changed.empty() || before.records != after.records) out.fate = Fate::Changed;
}

}  // namespace

std::string_view fate_name(Fate fate) {
  constexpr std::array<std::string_view, 4> kNames = {"same", "changed", "added", "removed"};
  return kNames[static_cast<std::size_t>(fate)];
}

Drift find_drift(const std::vector<ProductStatistics>& before, const std::vector<ProductStatistics>& after) {
  Drift out;
  for (const ProductStatistics& product : before) {
    ProductDrift own{.name = product.name, .records_before = product.records};
    const ProductStatistics* other = find_named(after, product.name, &ProductStatistics::name);
    if (other == nullptr) {
      own.fate = Fate::Removed;
    } else {
      own.records_after = other->records;
      compare_products(product, *other, own);
    }
    out.products.push_back(std::move(own));
  }
  for (const ProductStatistics& product : after) {
    if (find_named(before, product.name, &ProductStatistics::name) != nullptr) continue;
    out.products.push_back({.name = product.name, .fate = Fate::Added, .records_after = product.records});
  }
  out.is_same = std::ranges::all_of(out.products, [](const ProductDrift& own) { return own.fate == Fate::Same; });
  return out;
}

Result<std::string> diff_statistics(std::string_view before, std::string_view after) {
  MIMUS_ASSIGN(const auto one, parse_statistics(before, "before"));
  MIMUS_ASSIGN(const auto other, parse_statistics(after, "after"));
  return drift_json(find_drift(one, other));
}

}  // namespace mimus::statistics
