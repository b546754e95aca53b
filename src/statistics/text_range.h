// TextRange: the least and the greatest of many texts, by their bytes.
//
// Most texts lie between the two by their first eight bytes alone, read as a number: these are compared several at a
// time (hashes.h), and only what is left is looked at. One thread at a time.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "statistics/hashes.h"

namespace mimus::statistics {

// Texts are kept up to so many bytes; what is longer ends there, on a border of UTF-8, with an ellipsis.
inline constexpr std::size_t kMostTextBytes = 200;
[[nodiscard]] std::string cut_text(std::string_view text);

class TextRange {
 public:
  void add(std::string_view text);
  // Several texts, and the range of their sizes.
  void add(std::span<const std::string_view> texts, const Range<std::uint64_t>& sizes);
  void merge(const TextRange& other);

  [[nodiscard]] bool is_empty() const { return !has_any_; }
  // Both cut.
  [[nodiscard]] const std::string& least() const { return least_.text; }
  [[nodiscard]] const std::string& most() const { return most_.text; }

 private:
  struct End {
    std::string text;
    // Its first sixteen bytes, as numbers that are ordered as they are.
    std::uint64_t prefix = 0;
    std::uint64_t next = 0;

    void set(std::string_view value);
    // The same text, which has no more bytes than its prefix.
    [[nodiscard]] bool is_all_of(std::string_view value, std::uint64_t prefix_of_value) const {
      // One branch for all three, at the caller's.
      return (unsigned{prefix_of_value == prefix} & unsigned{value.size() == text.size()} &
              unsigned{value.size() <= sizeof prefix}) != 0;
    }
  };
  // Numbers of texts that are no new ends, `count` of them from `first` on, where texts have these sizes.
  struct Between {
    std::uint64_t first;
    std::uint64_t count;
  };
  [[nodiscard]] Between between(const Range<std::uint64_t>& sizes) const;
  void add_block(std::span<const std::string_view> texts, const Range<std::uint64_t>& sizes);
  void add_near(std::string_view text, std::uint64_t prefix);

  bool has_any_ = false;
  End least_, most_;
};

}  // namespace mimus::statistics
