// Sample: values of one column, of rows that were chosen by a hash of their number.
//
// A value has a level: the number of zero bits at the end of its row's hash. The sample keeps the values of its own
// level and above; it rises by one, and so halves, whenever more than so many are kept. Which values are kept in the
// end depends on all values and on nothing else, whatever the order in which they or other samples have come.
//
// One thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mimus::statistics {

// Texts are kept up to so many bytes; what is longer ends there, on a border of UTF-8, with an ellipsis.
inline constexpr std::size_t kMostTextBytes = 200;
[[nodiscard]] std::string cut_text(std::string_view text);

struct SampleLimits {
  std::uint64_t values = 0;
  std::uint64_t text_bytes = 0;
};

class Sample {
 public:
  // A text: its hash stands for all of it.
  struct Text {
    std::uint64_t hash = 0;
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
  };
  template <class T>
  struct Kept {
    std::vector<T> values;
    std::vector<std::uint8_t> levels;
    void add(T value, std::uint8_t level, std::size_t expected) {
      if (values.empty()) values.reserve(expected);
      if (values.empty()) levels.reserve(expected);
      values.push_back(value);
      levels.push_back(level);
    }
  };

  // `expected`: values that there will be about, when that is known.
  void reserve(std::size_t expected) { expected_ = expected; }

  // Values of lower levels are not offered; see raise().
  [[nodiscard]] std::uint8_t level() const { return level_; }
  void add_int(std::int64_t value, std::uint8_t level) { ints_.add(value, level, expected_); }
  void add_float(double value, std::uint8_t level) { floats_.add(value, level, expected_); }
  void add_time(std::int64_t micros, std::uint8_t level) { times_.add(micros, level, expected_); }
  void add_text(std::string_view text, std::uint64_t hash, std::uint8_t level);

  // Drops what is below the level.
  void raise(std::uint8_t level);
  void keep_to(const SampleLimits& limits);
  void merge(const Sample& other);

  [[nodiscard]] const std::vector<std::int64_t>& ints() const { return ints_.values; }
  [[nodiscard]] const std::vector<double>& floats() const { return floats_.values; }
  [[nodiscard]] const std::vector<std::int64_t>& times() const { return times_.values; }
  [[nodiscard]] const std::vector<Text>& texts() const { return texts_.values; }
  [[nodiscard]] std::string_view text(const Text& text) const {
    return std::string_view(bytes_).substr(text.offset, text.size);
  }

 private:
  [[nodiscard]] std::uint64_t count() const;

  // Where a text is that was added lately, by its hash: many columns have few texts.
  struct Recent {
    Text text;
    bool is_set = false;
  };

  std::uint8_t level_ = 0;
  std::size_t expected_ = 0;
  Kept<std::int64_t> ints_;
  Kept<double> floats_;
  Kept<std::int64_t> times_;
  Kept<Text> texts_;
  std::string bytes_;
  std::uint64_t text_bytes_ = 0;  // as if each text stood for itself
  std::array<Recent, 64> recent_{};
};

}  // namespace mimus::statistics
