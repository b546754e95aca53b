// PatternNumbers: the texts of a pattern by number, when it can be told from the pattern that no text is written in two
// ways.
//
// That is so when of the parts of a sequence at most one varies in length, repeats are of parts of one length, and
// alternatives differ in their length or in what they begin with.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "generator/pattern_tree.h"
#include "random/draws.h"

namespace mimus {

class PatternNumbers {
 public:
  explicit PatternNumbers(const PatternNode& root);
  PatternNumbers(PatternNumbers&&) noexcept;
  PatternNumbers& operator=(PatternNumbers&&) = delete;
  ~PatternNumbers();

  // How many texts have numbers; 0: some might be written in two ways. Of very many texts only some have numbers.
  [[nodiscard]] std::uint64_t size() const;
  // Appends the text of a number; what it leaves open is drawn.
  void append(std::uint64_t number, Draws& draws, std::string& out) const;

 private:
  struct Part;
  [[nodiscard]] static std::unique_ptr<Part> part_of(const PatternNode& node);
  std::unique_ptr<Part> root_;
};

}  // namespace mimus
