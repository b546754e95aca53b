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

void Sample::add_text(std::string_view text, std::uint64_t hash, std::uint8_t level) {
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
  texts_.add(recent.text, level, expected_);
}

void Sample::raise(std::uint8_t level) {
  if (level <= level_) return;
  level_ = level;
  drop_below(ints_, level);
  drop_below(floats_, level);
  drop_below(times_, level);
  if (texts_.values.empty()) return;
  drop_below(texts_, level);
  const Kept<Text> kept = std::exchange(texts_, {});
  const std::string bytes = std::exchange(bytes_, {});
  text_bytes_ = 0;
  recent_ = {};
  for (std::size_t k = 0; k < kept.values.size(); ++k) {
    const Text& own = kept.values[k];
    add_text(std::string_view(bytes).substr(own.offset, own.size), own.hash, kept.levels[k]);
  }
}

std::uint64_t Sample::count() const {
  return ints_.values.size() + floats_.values.size() + times_.values.size() + texts_.values.size();
}

void Sample::keep_to(const SampleLimits& limits) {
  while ((count() > limits.values || text_bytes_ > limits.text_bytes) && level_ < 63) raise(level_ + 1);
}

void Sample::merge(const Sample& other) {
  raise(other.level_);
  append(ints_, other.ints_, level_);
  append(floats_, other.floats_, level_);
  append(times_, other.times_, level_);
  for (std::size_t k = 0; k < other.texts_.values.size(); ++k) {
    const Text& own = other.texts_.values[k];
    if (other.texts_.levels[k] >= level_) add_text(other.text(own), own.hash, other.texts_.levels[k]);
  }
}

}  // namespace mimus::statistics
