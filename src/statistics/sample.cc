#include "statistics/sample.h"

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
    if (other.levels[k] >= level) kept.add(other.values[k], other.levels[k]);
  }
}

}  // namespace

std::string cut_text(std::string_view text) {
  if (text.size() <= kMostTextBytes) return std::string(text);
  std::size_t end = kMostTextBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "…";
}

void Sample::add_text(std::string_view text, std::uint64_t hash, std::uint8_t level) {
  const auto offset = static_cast<std::uint32_t>(bytes_.size());
  if (text.size() <= kMostTextBytes) {
    bytes_ += text;
  } else {
    bytes_ += cut_text(text);
  }
  texts_.add({hash, offset, static_cast<std::uint32_t>(bytes_.size()) - offset}, level);
}

void Sample::raise(std::uint8_t level) {
  if (level <= level_) return;
  level_ = level;
  drop_below(ints_, level);
  drop_below(floats_, level);
  drop_below(times_, level);
  drop_below(texts_, level);
  std::string bytes;
  for (Text& text : texts_.values) {
    const auto offset = static_cast<std::uint32_t>(bytes.size());
    bytes += this->text(text);
    text.offset = offset;
  }
  bytes_ = std::move(bytes);
}

std::uint64_t Sample::count() const {
  return ints_.values.size() + floats_.values.size() + times_.values.size() + texts_.values.size();
}

void Sample::keep_to(const SampleLimits& limits) {
  while ((count() > limits.values || bytes_.size() > limits.text_bytes) && level_ < 63) raise(level_ + 1);
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
