#include <array>
#include <cmath>
#include <limits>

#include "data/json.h"
#include "statistics/statistics.h"

namespace mimus::statistics {
namespace {

std::unexpected<Diagnostic> no_statistics(std::string_view shown_name, const std::string& what) {
  return fail("statistics.format", "'" + std::string(shown_name) + "' is no document of statistics: " + what,
              "mimus run --statistics FILE and mimus stats --json write one");
}

// Members of an object of the document; what is missing, or of another type, reads as nothing.
class Members {
 public:
  explicit Members(const Value* value) : map_(value == nullptr ? nullptr : value->as_map()) {}

  [[nodiscard]] bool exists() const { return map_ != nullptr; }
  [[nodiscard]] const Value* get(std::string_view name) const { return map_ == nullptr ? nullptr : find(*map_, name); }
  [[nodiscard]] std::string text(std::string_view name) const {
    const Value* value = get(name);
    return value == nullptr || value->as_text() == nullptr ? std::string() : *value->as_text();
  }
  [[nodiscard]] std::uint64_t count(std::string_view name) const { return count_of(get(name)); }
  [[nodiscard]] std::optional<double> number(std::string_view name) const {
    const Value* value = get(name);
    if (value == nullptr) return std::nullopt;
    if (const std::int64_t* integer = value->as_int()) return static_cast<double>(*integer);
    return value->as_float() == nullptr ? std::nullopt : std::optional(*value->as_float());
  }
  [[nodiscard]] bool truth(std::string_view name) const {
    const Value* value = get(name);
    return value != nullptr && value->as_bool() != nullptr && *value->as_bool();
  }
  [[nodiscard]] const ValueList& list(std::string_view name) const {
    static const ValueList none;
    const Value* value = get(name);
    return value == nullptr || value->as_list() == nullptr ? none : *value->as_list();
  }
  [[nodiscard]] static std::uint64_t count_of(const Value* value) {
    const std::int64_t* integer = value == nullptr ? nullptr : value->as_int();
    return integer == nullptr || *integer < 0 ? 0 : static_cast<std::uint64_t>(*integer);
  }

 private:
  const ValueMap* map_;
};

// A truth, number or text; nothing for anything else, and for numbers that JSON has not.
std::optional<Value> scalar_of(const Value* value) {
  if (value == nullptr) return std::nullopt;
  const double* real = value->as_float();
  const bool is_scalar = value->as_bool() != nullptr || value->as_int() != nullptr || value->as_text() != nullptr ||
                         (real != nullptr && std::isfinite(*real));
  return is_scalar ? std::optional(*value) : std::nullopt;
}

std::optional<LengthStatistics> lengths_of(const Value* value) {
  const Members lengths(value);
  if (!lengths.exists()) return std::nullopt;
  return LengthStatistics{lengths.count("min"), lengths.count("max"), lengths.number("mean").value_or(0)};
}

void read_sample(const Members& sample, ColumnStatistics& out) {
  out.sampled = sample.truth("sampled");
  out.sample_values = sample.count("values");
  out.mean = sample.number("mean");
  out.deviation = sample.number("deviation");
  const Members quantiles(sample.get("quantiles"));
  if (quantiles.exists()) {
    for (const auto& [name, share] : kQuantiles) {
      out.quantiles.push_back(scalar_of(quantiles.get(name)).value_or(Value()));
    }
  }
  const Members histogram(sample.get("histogram"));
  if (histogram.exists() && !histogram.list("counts").empty() && histogram.list("counts").size() <= kMostBins) {
    Histogram own{.from = histogram.number("from").value_or(0), .to = histogram.number("to").value_or(0), .counts = {}};
    for (const Value& count : histogram.list("counts")) own.counts.push_back(Members::count_of(&count));
    out.histogram = std::move(own);
  }
  for (const Value& entry : sample.list("top")) {
    const Members own(&entry);
    if (const auto value = scalar_of(own.get("value"))) out.top.emplace_back(*value, own.count("count"));
  }
}

ColumnStatistics read_column(const Members& column) {
  ColumnStatistics out{.path = column.text("path"), .type = column.text("type")};
  const Members kinds(column.get("kinds"));
  if (kinds.exists()) {
    for (const auto& [kind, count] : *column.get("kinds")->as_map())
      out.kinds.emplace_back(kind, Members::count_of(&count));
  }
  out.values = column.count("values");
  out.nulls = column.count("nulls");
  out.absent = column.count("absent");
  if (column.get("distinct") != nullptr) out.distinct = column.count("distinct");
  out.distinct_exact = column.truth("distinct_exact");
  out.least = scalar_of(column.get("min"));
  out.most = scalar_of(column.get("max"));
  out.length = lengths_of(column.get("length"));
  out.elements = lengths_of(column.get("elements"));
  read_sample(Members(column.get("sample")), out);
  return out;
}

}  // namespace

bool is_statistics(const Value& document) { return Members(&document).text("format") == kFormat; }

Result<std::vector<ProductStatistics>> read_statistics(const Value& document, std::string_view shown_name) {
  const Members root(&document);
  if (!is_statistics(document)) {
    return no_statistics(shown_name, "its member 'format' is not '" + std::string(kFormat) + "'");
  }
  if (root.count("version") != kFormatVersion) {
    return no_statistics(shown_name, "its version is not " + std::to_string(kFormatVersion));
  }
  std::vector<ProductStatistics> out;
  for (const Value& product : root.list("products")) {
    const Members own(&product);
    ProductStatistics read{
        .name = own.text("name"), .records = own.count("records"), .has_deeper = own.truth("has_deeper")};
    for (const Value& column : own.list("columns")) read.columns.push_back(read_column(Members(&column)));
    out.push_back(std::move(read));
  }
  return out;
}

Result<std::vector<ProductStatistics>> parse_statistics(std::string_view json, std::string_view shown_name) {
  MIMUS_ASSIGN(const Value document, parse_json(json, shown_name));
  return read_statistics(document, shown_name);
}

}  // namespace mimus::statistics
