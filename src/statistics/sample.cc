#include "statistics/sample.h"

#include <utility>

namespace mimus::statistics {
namespace {

template <class T>
void drop_below(Sample::Kept<T>& kept, std::uint8_t level) {
  std::size_t out = 0;
  for (std::size_t k = 0; k < kept.values.size(); ++k) {
    if (kept.levels[k] < level) continue;
    kept.values[out] = kept.values[k];
    kept.levels[out++] = kept.levels[k];
  }
  kept.values.resize(out);
  kept.levels.resize(out);
}

template <class T>
void append(Sample::Kept<T>& kept, const Sample::Kept<T>& other, std::uint8_t level) {
  for (std::size_t k = 0; k < other.values.size(); ++k) {
    if (other.levels[k] >= level) kept.add(other.values[k], other.levels[k], 0);
  }
}

}  // namespace

Sample::Text Sample::keep(std::string_view text, std::uint64_t hash) {
  Recent& recent = recent_[hash % recent_.size()];
  if (!recent.is_set || recent.text.hash != hash) {
    recent = {{hash, static_cast<std::uint32_t>(bytes_.size()), 0}, true};
    if (text.size() <= kMostTextBytes) {
      bytes_ += text;
    } else {
      bytes_ += cut_text(text);
    }
    recent.text.size = static_cast<std::uint32_t>(bytes_.size()) - recent.text.offset;
  }
  text_bytes_ += recent.text.size;
  return recent.text;
}

// Leaves only the bytes of the texts that are kept.
void Sample::compact_texts() {
  const std::string bytes = std::exchange(bytes_, {});
  text_bytes_ = 0;
  recent_ = {};
  for (Text& own : texts_.values) own = keep(std::string_view(bytes).substr(own.offset, own.size), own.hash);
}

void Sample::raise(std::uint8_t level) {
  if (level <= level_) return;
  level_ = level;
  drop_below(ints_, level);
  drop_below(floats_, level);
  drop_below(times_, level);
  if (texts_.values.empty()) return;
  drop_below(texts_, level);
  compact_texts();
}

std::uint64_t Sample::count() const {
  return ints_.values.size() + floats_.values.size() + times_.values.size() + texts_.values.size();
}

// The least level from its own on that has no more than so many values, and bytes.
std::uint8_t Sample::level_for(const SampleLimits& limits) const {
  std::array<std::uint64_t, kMostLevel + 1> values{}, bytes{};
  for (const auto* levels : {&ints_.levels, &floats_.levels, &times_.levels, &texts_.levels}) {
    for (const std::uint8_t level : *levels) ++values[level];
  }
  for (std::size_t k = 0; k < texts_.values.size(); ++k) bytes[texts_.levels[k]] += texts_.values[k].size;
  std::uint64_t kept = count();
  std::uint64_t kept_bytes = text_bytes_;
  std::uint8_t level = level_;
  for (; (kept > limits.values || kept_bytes > limits.text_bytes) && level < kMostLevel; ++level) {
    kept -= values[level];
    kept_bytes -= bytes[level];
  }
  return level;
}

void Sample::stay_near(const SampleLimits& limits) {
  if (count() > 2 * limits.values || text_bytes_ > 2 * limits.text_bytes) raise(level_for(limits));
}

void Sample::keep_to(const SampleLimits& limits) {
  const bool is_all = level_ == 0 && count() <= limits.all_values && text_bytes_ <= limits.text_bytes;
  if (!is_all) raise(level_for(limits));
}

void Sample::merge(const Sample& other) {
  raise(other.level_);
  append(ints_, other.ints_, level_);
  append(floats_, other.floats_, level_);
  append(times_, other.times_, level_);
  for (std::size_t k = 0; k < other.texts_.values.size(); ++k) {
    const Text& own = other.texts_.values[k];
    if (other.texts_.levels[k] < level_) continue;
    texts_.add(keep(other.text(own), own.hash), other.texts_.levels[k], 0);
  }
}

}  // namespace mimus::statistics
