#include "generator/pattern_numbers.h"

#include <algorithm>
#include <bitset>
#include <optional>
#include <vector>

#include "base/text.h"
#include "generator/generator.h"

namespace mimus {
namespace {

// What a text begins with, by its first byte.
using Beginnings = std::bitset<256>;

std::string utf8(char32_t character) {
  std::string out;
  append_utf8(out, character);
  return out;
}

// n · m, or nullopt beyond kMostNumbers.
std::optional<std::uint64_t> product(std::uint64_t n, std::uint64_t m) {
  if (m != 0 && n > kMostNumbers / m) return std::nullopt;
  return n * m;
}

}  // namespace

struct PatternNumbers::Part {
  enum class Kind { Choice, Sequence, Alternatives, Repeat } kind = Kind::Sequence;
  std::vector<std::string> choices;
  std::vector<std::unique_ptr<Part>> parts;
  std::vector<std::uint64_t> ends;  // Alternatives, Repeat: numbers up to the end of each alternative or length
  std::uint32_t min = 0;            // Repeat: of the first length
  std::uint64_t count = 0;          // 0: ambiguous
  std::optional<std::size_t> length = 0;
  Beginnings beginnings;
  bool may_be_empty = false;

  void append(std::uint64_t number, Draws& draws, std::string& out) const;
  void append_all(std::uint64_t number, const std::vector<const Part*>& all, Draws& draws, std::string& out) const;
  void count_choice(const PatternNode& node);
  void count_sequence();
  void count_alternatives();
  void count_repeat(std::uint32_t max);
};

void PatternNumbers::Part::count_choice(const PatternNode& node) {
  kind = Kind::Choice;
  for (const char32_t character : node.set) choices.push_back(utf8(character));
  std::ranges::sort(choices);
  const auto doubled = std::ranges::unique(choices);
  choices.erase(doubled.begin(), doubled.end());
  count = choices.size();
  length = choices[0].size();
  for (const std::string& choice : choices) {
    if (choice.size() != *length) length.reset();
    beginnings.set(static_cast<unsigned char>(choice[0]));
  }
  // Sets of characters of several lengths in UTF-8 are left to chance.
  if (!length) count = 0;
}

void PatternNumbers::Part::count_sequence() {
  count = 1;
  may_be_empty = true;
  bool is_full = false;
  for (const auto& part : parts) {
    if (part->count == 0 || (!length && !part->length)) {
      count = 0;
      return;
    }
    length = length && part->length ? std::optional(*length + *part->length) : std::nullopt;
    if (may_be_empty) beginnings |= part->beginnings;
    may_be_empty = may_be_empty && part->may_be_empty;
    const auto more = product(count, part->count);
    is_full = is_full || !more;
    if (!is_full) count = *more;
  }
}

void PatternNumbers::Part::count_alternatives() {
  kind = Kind::Alternatives;
  length = parts[0]->length;
  std::uint64_t end = 0;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const Part& part = *parts[k];
    for (std::size_t i = 0; i < k; ++i) {
      const Part& other = *parts[i];
      const bool other_length = part.length && other.length && *part.length != *other.length;
      const bool other_beginning =
          !part.may_be_empty && !other.may_be_empty && (part.beginnings & other.beginnings).none();
      if (!other_length && !other_beginning) return;
    }
    if (part.count == 0) return;
    if (part.length != length) length.reset();
    beginnings |= part.beginnings;
    may_be_empty = may_be_empty || part.may_be_empty;
    end += std::min(part.count, kMostNumbers / parts.size());
    ends.push_back(end);
  }
  count = end;
}

void PatternNumbers::Part::count_repeat(std::uint32_t max) {
  kind = Kind::Repeat;
  const Part& part = *parts[0];
  const bool is_single = min == 1 && max == 1;
  if (part.count == 0 || (!part.length && !is_single) || (part.length && *part.length == 0)) return;
  length = min == max && part.length ? std::optional(min * *part.length) : std::nullopt;
  beginnings = part.beginnings;
  may_be_empty = min == 0 || part.may_be_empty;
  std::uint64_t all = 0;
  std::uint64_t own = 1;  // of the length
  bool is_full = false;
  for (std::uint32_t n = 0; n <= max && !is_full; ++n) {
    if (n > 0) {
      const auto more = product(own, part.count);
      is_full = !more;
      own = more.value_or(own);
    }
    // Where even the shortest texts are too many, some of them have numbers.
    if (n < min && !is_full) continue;
    if (is_full && !ends.empty()) break;
    if (is_full) own = std::min(own, kMostNumbers);
    if (all > kMostNumbers - own) break;
    all += own;
    ends.push_back(all);
  }
  count = all;
}

// Mixed radix, the first part the lowest place; parts beyond what the number tells are drawn.
void PatternNumbers::Part::append_all(std::uint64_t number, const std::vector<const Part*>& all, Draws& draws,
                                      std::string& out) const {
  std::uint64_t known = 1;
  bool is_full = false;
  for (const Part* part : all) {
    const auto more = product(known, part->count);
    is_full = is_full || !more;
    if (is_full) {
      part->append(draws.below(part->count), draws, out);
      continue;
    }
    known = *more;
    part->append(number % part->count, draws, out);
    number /= part->count;
  }
}

void PatternNumbers::Part::append(std::uint64_t number, Draws& draws, std::string& out) const {
  switch (kind) {
    case Kind::Choice:
      out += choices[number];
      return;
    case Kind::Sequence: {
      std::vector<const Part*> all;
      for (const auto& part : parts) all.push_back(part.get());
      append_all(number, all, draws, out);
      return;
    }
    case Kind::Alternatives: {
      const auto k = static_cast<std::size_t>(std::ranges::upper_bound(ends, number) - ends.begin());
      parts[k]->append(k == 0 ? number : number - ends[k - 1], draws, out);
      return;
    }
    case Kind::Repeat: {
      const auto k = static_cast<std::size_t>(std::ranges::upper_bound(ends, number) - ends.begin());
      const std::vector<const Part*> all(min + k, parts[0].get());
      append_all(k == 0 ? number : number - ends[k - 1], all, draws, out);
      return;
    }
  }
}

std::unique_ptr<PatternNumbers::Part> PatternNumbers::part_of(const PatternNode& node) {
  auto out = std::make_unique<Part>();
  if (node.kind == PatternNode::Kind::Reference) return out;
  if (node.kind == PatternNode::Kind::Set) {
    out->count_choice(node);
    return out;
  }
  for (const auto& inner : node.nodes) out->parts.push_back(part_of(*inner));
  if (node.kind == PatternNode::Kind::Alternatives) {
    out->count_alternatives();
  } else if (node.kind == PatternNode::Kind::Repeat) {
    out->min = node.min;
    out->count_repeat(node.max);
  } else {
    out->count_sequence();
  }
  return out;
}

PatternNumbers::PatternNumbers(const PatternNode& root) : root_(part_of(root)) {}
PatternNumbers::PatternNumbers(PatternNumbers&&) noexcept = default;
PatternNumbers::~PatternNumbers() = default;

std::uint64_t PatternNumbers::size() const { return root_->count; }

void PatternNumbers::append(std::uint64_t number, Draws& draws, std::string& out) const {
  root_->append(number, draws, out);
}

}  // namespace mimus
