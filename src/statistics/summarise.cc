#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <tuple>

#include "base/time.h"
#include "statistics/record_sketch.h"
#include "statistics/sort.h"
#include "statistics/statistics.h"

namespace mimus::statistics {
namespace {

// A point in time as ISO 8601; a day without the time of day.
Value time_value(std::int64_t micros, bool is_date) {
  std::string text;
  append_datetime(text, Timestamp{micros}, 'T');
  if (is_date) text.resize(text.find('T'));
  return Value(std::move(text));
}

// Where values are while they are sorted.
using Scratch = std::tuple<std::vector<std::int64_t>, std::vector<double>, std::vector<Sample::Text>>;

// The most frequent values of those that are offered, with their counts: the most frequent first, then in their order.
template <class T>
class Top {
 public:
  void offer(const T& value, std::uint64_t count) {
    std::size_t place = entries_.size();
    while (place > 0 && is_before(value, count, entries_[place - 1])) --place;
    if (place == kMostTop) return;
    if (entries_.size() == kMostTop) entries_.pop_back();
    entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(place), {value, count});
  }
  [[nodiscard]] const std::vector<std::pair<T, std::uint64_t>>& entries() const { return entries_; }

 private:
  static bool is_before(const T& value, std::uint64_t count, const std::pair<T, std::uint64_t>& entry) {
    return count != entry.second ? count > entry.second : value < entry.first;
  }

  std::vector<std::pair<T, std::uint64_t>> entries_;
};

template <class T, class Equal, class Take>
void for_each_run(const std::vector<T>& sorted, Equal equal, Take take) {
  for (std::size_t k = 0; k < sorted.size();) {
    std::size_t end = k + 1;
    while (end < sorted.size() && equal(sorted[k], sorted[end])) ++end;
    take(sorted[k], end - k);
    k = end;
  }
}

// About how many different values there are among so many, by a sample of them: the estimator Duj1 of Haas and Stokes,
// "Estimating the number of classes in a finite population", JASA 93 (1998). With d different values in a sample of n,
// f of them there once, of N values in all it is n d / (n - f + f n / N): d when the sample is all of them, or when
// each value is there often; N when no value is there twice.
struct Distinct {
  std::uint64_t sampled = 0;    // n
  std::uint64_t different = 0;  // d
  std::uint64_t single = 0;     // f

  // Of a column, or a part of it that has so many values.
  [[nodiscard]] std::uint64_t estimate(const ColumnStatistics& column) const {
    const std::uint64_t values = column.values;
    if (!column.sampled || sampled == 0 || sampled >= values) return different;
    const auto n = static_cast<double>(sampled);
    const auto f = static_cast<double>(single);
    const double about = n * static_cast<double>(different) / (n - f + f * n / static_cast<double>(values));
    return std::clamp(static_cast<std::uint64_t>(std::llround(about)), different, values);
  }
};

// Offers the runs of equal values; `value_of` gives what stands for one. Of many values those that there is one of are
// left out: which of them stood there would tell nothing.
template <class T, class Equal, class ValueOf, class Shown>
Distinct offer_runs(const std::vector<T>& sorted, Equal equal, ValueOf value_of, Top<Shown>& top) {
  Distinct out{.sampled = sorted.size()};
  for_each_run(sorted, equal, [&](const T& value, std::size_t count) {
    ++out.different;
    out.single += count == 1 ? 1 : 0;
    if (count > 1) top.offer(value_of(value), count);
  });
  if (out.single == 0 || out.different > kMostTop) return out;
  for_each_run(sorted, equal, [&](const T& value, std::size_t count) {
    if (count == 1) top.offer(value_of(value), count);
  });
  return out;
}

// The sum of several sums, which need not wait for each other. In the order given, which is that of the values: the
// same bits for any order in which they came.
template <class T, class Term>
double sum_of(const std::vector<T>& sorted, Term term) {
  std::array<double, 8> sums{};
  for (std::size_t k = 0; k < sorted.size(); ++k) sums[k % sums.size()] += term(static_cast<double>(sorted[k]));
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

template <class T>
void take_moments(const std::vector<T>& sorted, ColumnStatistics& out) {
  const auto count = static_cast<double>(sorted.size());
  const double mean = sum_of(sorted, [](double value) { return value; }) / count;
  const double squares = sum_of(sorted, [&](double value) { return (value - mean) * (value - mean); });
  if (std::isfinite(mean)) out.mean = mean;
  if (std::isfinite(squares)) out.deviation = std::sqrt(squares / count);
}

// `are_whole`: whole numbers, of which each bin has as many: it begins with one, and ends before another one.
template <class T>
Histogram make_histogram(const std::vector<T>& values, double from, double to, bool are_whole) {
  std::size_t count = from == to ? 1 : kBins;
  if (are_whole) {
    const double width = std::ceil((to - from + 1) / static_cast<double>(kBins));
    count = static_cast<std::size_t>(std::ceil((to - from + 1) / width));
    to = from + width * static_cast<double>(count);
  }
  Histogram out{.from = from, .to = to, .counts = std::vector<std::uint64_t>(count, 0)};
  const double bins = static_cast<double>(out.counts.size()) / (to - from);
  for (const T value : values) {
    const double place = from == to ? 0 : (static_cast<double>(value) - from) * bins;
    ++out.counts[std::min(static_cast<std::size_t>(std::max(place, 0.0)), out.counts.size() - 1)];
  }
  return out;
}

// Quantiles, histogram and most frequent values of a column with an order. Sorts the values.
template <class T, class Make>
void take_order(std::vector<T>& values, double from, double to, Make make, Scratch& scratch, ColumnStatistics& out) {
  out.sample_values = values.size();
  if (values.empty()) return;
  sort_by_key(values, [](T value) { return value; }, std::get<std::vector<T>>(scratch));
  for (const auto& [name, share] : kQuantiles) {
    const double rank = std::ceil(share * static_cast<double>(values.size()));
    out.quantiles.push_back(make(values[static_cast<std::size_t>(std::max(rank, 1.0)) - 1]));
  }
  if (std::isfinite(to - from)) out.histogram = make_histogram(values, from, to, out.type == "int");
  Top<T> top;
  out.distinct = offer_runs(values, std::equal_to<>(), std::identity(), top).estimate(out);
  for (const auto& [value, count] : top.entries()) out.top.emplace_back(make(value), count);
}

void take_texts(ColumnSketch& sketch, Scratch& scratch, ColumnStatistics& out) {
  Sample& sample = sketch.sample();
  std::vector<Sample::Text>& texts = sample.texts();
  out.sample_values += texts.size();
  sort_by_key(texts, [](const Sample::Text& text) { return text.hash; }, std::get<std::vector<Sample::Text>>(scratch));
  Top<std::string_view> top;
  const Distinct distinct = offer_runs(
      texts, [](const Sample::Text& one, const Sample::Text& other) { return one.hash == other.hash; },
      [&](const Sample::Text& text) { return sample.text(text); }, top);
  out.distinct = distinct.estimate(out);
  for (const auto& [text, count] : top.entries()) out.top.emplace_back(Value(std::string(text)), count);
}

void take_bools(const ColumnSketch& sketch, ColumnStatistics& out) {
  const std::uint64_t trues = sketch.trues();
  const std::uint64_t falses = sketch.count(Kind::Bool) - trues;
  out.sample_values += trues + falses;
  for (const auto& [truth, count] : {std::pair(true, trues), std::pair(false, falses)}) {
    if (count > 0) out.top.emplace_back(Value(truth), count);
  }
  std::ranges::stable_sort(out.top, std::greater<>(), [](const auto& entry) { return entry.second; });
  out.distinct = out.top.size();
}

void take_numbers(ColumnSketch& sketch, bool only_ints, Scratch& scratch, ColumnStatistics& out) {
  Sample& sample = sketch.sample();
  Range<double> range = sketch.floats();
  if (!sketch.ints().is_empty()) {
    range.add(static_cast<double>(sketch.ints().least));
    range.add(static_cast<double>(sketch.ints().most));
  }
  if (range.is_empty()) return;
  const auto take = [&](auto& numbers) {
    take_order(numbers, range.least, range.most, [](auto value) { return Value(value); }, scratch, out);
    if (!numbers.empty()) take_moments(numbers, out);
  };
  if (only_ints) {
    out.least = Value(sketch.ints().least);
    out.most = Value(sketch.ints().most);
    return take(sample.ints());
  }
  out.least = Value(range.least);
  out.most = Value(range.most);
  sample.floats().insert(sample.floats().end(), sample.ints().begin(), sample.ints().end());
  take(sample.floats());
}

void take_times(ColumnSketch& sketch, bool only_dates, Scratch& scratch, ColumnStatistics& out) {
  const Range<std::int64_t>& range = sketch.times();
  out.least = time_value(range.least, only_dates);
  out.most = time_value(range.most, only_dates);
  take_order(
      sketch.sample().times(), static_cast<double>(range.least), static_cast<double>(range.most),
      [&](std::int64_t micros) { return time_value(micros, only_dates); }, scratch, out);
}

// Values of several kinds have no order among themselves: how many of each, and what is frequent.
void take_mixed(ColumnSketch& sketch, Scratch& scratch, ColumnStatistics& out) {
  for (std::size_t k = 0; k < kKinds; ++k) {
    const auto kind = static_cast<Kind>(k);
    if (sketch.count(kind) > 0) out.kinds.emplace_back(kind_name(kind), sketch.count(kind));
  }
  ColumnStatistics bools = out, numbers = out, times = out, texts = out;
  numbers.values = sketch.count(Kind::Int) + sketch.count(Kind::Float);
  times.values = sketch.count(Kind::Date) + sketch.count(Kind::DateTime);
  texts.values = sketch.count(Kind::Text) + sketch.count(Kind::Other);
  take_bools(sketch, bools);
  take_numbers(sketch, sketch.count(Kind::Float) == 0, scratch, numbers);
  if (!sketch.times().is_empty()) take_times(sketch, sketch.count(Kind::DateTime) == 0, scratch, times);
  take_texts(sketch, scratch, texts);
  for (ColumnStatistics* part : {&bools, &numbers, &times, &texts}) {
    out.sample_values += part->sample_values;
    out.distinct = out.distinct.value_or(0) + part->distinct.value_or(0);
    out.top.insert(out.top.end(), part->top.begin(), part->top.end());
  }
  std::ranges::stable_sort(out.top, std::greater<>(), [](const auto& entry) { return entry.second; });
  if (out.top.size() > kMostTop) out.top.resize(kMostTop);
}

std::string type_of(const ColumnSketch& sketch) {
  const std::uint64_t values = sketch.values();
  if (values == 0) return "null";
  for (std::size_t k = 0; k < kKinds; ++k) {
    if (sketch.count(static_cast<Kind>(k)) == values) return std::string(kind_name(static_cast<Kind>(k)));
  }
  if (sketch.count(Kind::Int) + sketch.count(Kind::Float) == values) return "float";
  if (sketch.count(Kind::Date) + sketch.count(Kind::DateTime) == values) return "datetime";
  return "mixed";
}

// What the least and the greatest value tell, which are of all values: a sample may have missed what is rare.
void hold_distinct(ColumnStatistics& column) {
  const std::uint64_t known = column.distinct.value_or(0);
  if (!column.least || !column.most) {
    column.distinct = std::max<std::uint64_t>(known, 1);
    return;
  }
  const std::string* text = column.least->as_text();
  const bool is_whole = text == nullptr || text->size() <= kMostTextBytes;
  if (text_of(*column.least) != text_of(*column.most)) {
    column.distinct = std::max<std::uint64_t>(known, 2);
  } else if (is_whole) {
    column.distinct = 1;
  }
}

LengthStatistics length_statistics(const Lengths& lengths, std::uint64_t count) {
  return {lengths.range.least, lengths.range.most, static_cast<double>(lengths.sum) / static_cast<double>(count)};
}

ColumnStatistics summarise_column(ColumnSketch& sketch, std::string path, std::uint64_t rows, Scratch& scratch) {
  ColumnStatistics out{.path = std::move(path), .type = type_of(sketch)};
  out.values = sketch.values();
  out.nulls = sketch.nulls();
  out.absent = rows - std::min(rows, out.values + out.nulls);
  out.sampled = sketch.sample().level() > 0;
  out.distinct_exact = !out.sampled || out.type == "bool";
  if (out.type == "bool") take_bools(sketch, out);
  if (out.type == "int" || out.type == "float") take_numbers(sketch, out.type == "int", scratch, out);
  if (out.type == "date" || out.type == "datetime") take_times(sketch, out.type == "date", scratch, out);
  if (out.type == "string" || out.type == "other") take_texts(sketch, scratch, out);
  if (out.type == "mixed") take_mixed(sketch, scratch, out);
  if (out.type == "string" || out.type == "mixed") {
    if (out.type == "string") out.least = Value(sketch.texts().least());
    if (out.type == "string") out.most = Value(sketch.texts().most());
    if (sketch.count(Kind::Text) > 0) out.length = length_statistics(sketch.lengths(), sketch.count(Kind::Text));
  }
  if (sketch.count(Kind::List) > 0) out.elements = length_statistics(sketch.elements(), sketch.count(Kind::List));
  const bool has_distinct = out.type != "null" && out.type != "list" && out.type != "dict";
  if (!has_distinct) out.distinct.reset();
  if (has_distinct && !out.distinct_exact) hold_distinct(out);
  return out;
}

void summarise_fields(const ColumnNode& node, const std::string& prefix, std::uint64_t rows, Scratch& scratch,
                      ProductStatistics& out) {
  std::vector<ColumnNode*> fields;
  for (const auto& field : node.fields) fields.push_back(field.get());
  std::ranges::sort(fields, {}, [](const ColumnNode* field) { return std::pair(!field->is_of_base, field->first); });
  for (ColumnNode* field : fields) {
    const std::string path = prefix + field->name;
    out.columns.push_back(summarise_column(field->sketch, path, rows, scratch));
    summarise_fields(*field, path + ".", field->sketch.count(Kind::Dict), scratch, out);
    std::string inside = path;
    ColumnNode* list = field;
    while (list->elements) {
      const std::uint64_t elements = list->sketch.elements().sum;
      list = list->elements.get();
      inside += "[]";
      // Elements that are records of their own show by their fields.
      if (list->sketch.count(Kind::Dict) < elements) {
        out.columns.push_back(summarise_column(list->sketch, inside, elements, scratch));
      }
      summarise_fields(*list, inside + ".", list->sketch.count(Kind::Dict), scratch, out);
    }
  }
}

}  // namespace

ProductStatistics summarise(RecordSketch sketch, std::string name) {
  sketch.finish();
  ProductStatistics out{.name = std::move(name), .records = sketch.records()};
  out.has_deeper = sketch.depth() < kMostDepth;
  Scratch scratch;
  summarise_fields(sketch.root(), "", sketch.records(), scratch, out);
  return out;
}

}  // namespace mimus::statistics
