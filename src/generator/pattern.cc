// Texts that match a regular expression (pattern_tree.h).
//
// A pattern of single-byte sets and literals with fixed counts is flat: eight characters from a block of the row's
// stream; any other one draws 64 bits a decision, in the order in which they are made.
#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "generator/generator.h"
#include "generator/pattern_numbers.h"
#include "generator/pattern_tree.h"

namespace mimus {
namespace {

using Node = PatternNode;
using NodePtr = std::unique_ptr<PatternNode>;

// A text of fixed length: literal bytes, and places for characters of sets.
struct Flat {
  std::string text;
  std::vector<std::pair<std::uint32_t, std::string>> places;  // where, and the set's characters
};

bool flatten(const Node& node, Flat& out) {
  if (out.text.size() > 4096) return false;
  switch (node.kind) {
    case Node::Kind::Set: {
      if (std::ranges::any_of(node.set, [](char32_t c) { return c >= 0x80; })) {
        if (node.set.size() > 1) return false;
        append_utf8(out.text, node.set[0]);
        return true;
      }
      if (node.set.size() > 1) {
        out.places.emplace_back(static_cast<std::uint32_t>(out.text.size()),
                                std::string(node.set.begin(), node.set.end()));
      }
      out.text += static_cast<char>(node.set[0]);
      return true;
    }
    case Node::Kind::Sequence:
    case Node::Kind::Group:
      return std::ranges::all_of(node.nodes, [&](const NodePtr& inner) { return flatten(*inner, out); });
    case Node::Kind::Repeat:
      if (node.min != node.max) return false;
      for (std::uint32_t i = 0; i < node.min; ++i) {
        if (!flatten(*node.nodes[0], out)) return false;
      }
      return true;
    default:
      return false;
  }
}

class FlatPattern final : public Generator {
 public:
  explicit FlatPattern(Flat flat) : flat_(std::move(flat)), clean_(is_clean_text(flat_.text)) {
    for (const auto& [place, characters] : flat_.places) clean_ = clean_ && is_clean_text(characters);
  }

  // Texts by number; of many more texts than numbers the rest is drawn.
  [[nodiscard]] std::uint64_t domain() const override {
    std::uint64_t out = 1;
    for (const auto& [place, characters] : flat_.places) {
      const std::uint64_t n = distinct(characters).size();
      if (out > kMostNumbers / n) break;
      out *= n;
    }
    return out;
  }
  void generate_at(const Rows& rows, const Stream& stream, const std::uint64_t* numbers, Column& out) const override {
    generate(rows, stream, out);
    const std::size_t width = flat_.text.size();
    std::vector<std::uint64_t> rest(numbers, numbers + rows.count);
    std::uint64_t known = 1;
    for (const auto& [place, characters] : flat_.places) {
      const std::string letters = distinct(characters);
      if (known > kMostNumbers / letters.size()) break;
      known *= letters.size();
      char* p = out.arena.data() + place;
      for (std::size_t k = 0; k < rows.count; ++k, p += width) {
        *p = letters[rest[k] % letters.size()];
        rest[k] /= letters.size();
      }
    }
  }

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::String, rows.count);
    out.clean = clean_;
    if (rows.count == 0) return;
    const std::size_t width = flat_.text.size();
    char* base = out.make_arena(width * rows.count);
    std::string_view* texts = out.make_texts();
    for (std::size_t k = 0; k < rows.count; ++k) {
      std::ranges::copy(flat_.text, base + k * width);
      texts[k] = {base + k * width, width};
    }
    std::vector<std::uint64_t> draws[2] = {std::vector<std::uint64_t>(rows.count),
                                           std::vector<std::uint64_t>(rows.count)};
    for (std::size_t i = 0; i < flat_.places.size(); ++i) {
      if (i % 8 == 0) stream.fill_block(rows, static_cast<std::uint32_t>(i / 8), draws[0].data(), draws[1].data());
      const auto& [place, characters] = flat_.places[i];
      const std::uint64_t* half = draws[i / 4 % 2].data();
      const unsigned shift = static_cast<unsigned>(i % 4) * 16U;
      const std::uint64_t n = characters.size();
      const char* from = characters.data();
      char* p = base + place;
      for (std::size_t k = 0; k < rows.count; ++k, p += width) *p = from[((half[k] >> shift & 0xFFFFU) * n) >> 16U];
    }
  }

 private:
  static std::string distinct(std::string characters) {
    std::ranges::sort(characters);
    const auto doubled = std::ranges::unique(characters);
    characters.erase(doubled.begin(), doubled.end());
    return characters;
  }

  Flat flat_;
  bool clean_;
};

// Walks the tree for one row.
class Writer {
 public:
  Writer(const Stream& stream, Row row, std::uint32_t groups, std::string& out)
      : stream_(stream), row_(row), groups_(groups + 1), out_(out), limit_(out.size() + kMaxText) {}

  void write(const Node& node) {
    if (out_.size() > limit_) return;
    switch (node.kind) {
      case Node::Kind::Set:
        append_utf8(out_, node.set[node.set.size() == 1 ? 0 : choose(node.set.size())]);
        return;
      case Node::Kind::Sequence:
        for (const NodePtr& inner : node.nodes) write(*inner);
        return;
      case Node::Kind::Alternatives:
        write(*node.nodes[choose(node.nodes.size())]);
        return;
      case Node::Kind::Repeat: {
        const std::uint64_t count = node.min + (node.min == node.max ? 0 : choose(node.max - node.min + 1));
        for (std::uint64_t i = 0; i < count; ++i) write(*node.nodes[0]);
        return;
      }
      case Node::Kind::Group: {
        const std::size_t start = out_.size();
        for (const NodePtr& inner : node.nodes) write(*inner);
        groups_[node.group] = out_.substr(start);
        return;
      }
      case Node::Kind::Reference:
        out_ += groups_[node.group];
        return;
    }
  }

 private:
  static constexpr std::size_t kMaxText = 1'000'000;  // nested repeats multiply
  std::uint64_t choose(std::uint64_t n) { return bounded(stream_.draw(row_, next_++), n); }

  const Stream& stream_;
  Row row_;
  std::uint32_t next_ = 0;
  std::vector<std::string> groups_;
  std::string& out_;
  std::size_t limit_;
};

class TreePattern final : public Generator {
 public:
  explicit TreePattern(PatternTree tree) : tree_(std::move(tree)), numbers_(*tree_.root) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    std::string all;
    std::vector<std::size_t> ends(rows.count);
    for (std::size_t k = 0; k < rows.count; ++k) {
      Writer(stream, rows[k], tree_.groups, all).write(*tree_.root);
      ends[k] = all.size();
    }
    set_texts(all, ends, out);
  }

  [[nodiscard]] std::uint64_t domain() const override { return numbers_.size(); }
  void generate_at(const Rows& rows, const Stream& stream, const std::uint64_t* numbers, Column& out) const override {
    std::string all;
    std::vector<std::size_t> ends(rows.count);
    for (std::size_t k = 0; k < rows.count; ++k) {
      Draws draws(stream, rows[k]);
      numbers_.append(numbers[k], draws, all);
      ends[k] = all.size();
    }
    set_texts(all, ends, out);
  }

 private:
  static void set_texts(const std::string& all, const std::vector<std::size_t>& ends, Column& out) {
    out.reset(Type::String, ends.size());
    char* base = out.make_arena(all.size());
    std::ranges::copy(all, base);
    std::string_view* texts = out.make_texts();
    for (std::size_t k = 0, start = 0; k < ends.size(); start = ends[k++]) texts[k] = {base + start, ends[k] - start};
  }

  PatternTree tree_;
  PatternNumbers numbers_;
};

}  // namespace

Result<std::unique_ptr<Generator>> make_pattern(std::string_view pattern) {
  MIMUS_ASSIGN(PatternTree tree, parse_pattern(pattern));
  Flat flat;
  if (flatten(*tree.root, flat)) return std::make_unique<FlatPattern>(std::move(flat));
  return std::make_unique<TreePattern>(std::move(tree));
}

}  // namespace mimus
