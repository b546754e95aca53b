// Generators of texts that are written piece by piece.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "generator/generator.h"
#include "random/draws.h"

namespace mimus {

class TextGenerator : public Generator {
 public:
  void generate(const Rows& rows, const Stream& stream, Column& out) const final;

 protected:
  // `clean`: every text is (Column::clean).
  explicit TextGenerator(bool clean) : clean_(clean) {}
  // Appends the text of a row.
  virtual void append(Draws& draws, std::string& out) const = 0;

 private:
  bool clean_;
};

// A generator from a function that appends the text of a row: write(Draws&, std::string&), pure and thread-safe.
template <class Write>
[[nodiscard]] std::unique_ptr<Generator> make_text(Write write, bool clean = false) {
  class Function final : public TextGenerator {
   public:
    Function(Write function, bool is_clean) : TextGenerator(is_clean), write_(std::move(function)) {}

   protected:
    void append(Draws& draws, std::string& out) const override { write_(draws, out); }

   private:
    Write write_;
  };
  return std::make_unique<Function>(std::move(write), clean);
}

// Pieces of texts.
void append_digits(std::string& out, Draws& draws, std::size_t count);  // each 0 … 9; 19 of them a draw
void append_hex(std::string& out, Draws& draws, std::size_t count);     // lower case; 16 of them a draw
void append_letters(std::string& out, Draws& draws, std::size_t count, char first = 'A');  // 26 from `first` on
void append_padded(std::string& out, std::uint64_t value, std::size_t width);              // zeros before it
// As many as `count` characters of the alphabet.
void append_from(std::string& out, Draws& draws, std::size_t count, std::string_view alphabet);
// A mask: '#' is a digit, '%' a digit from 1, '?' a small letter, '^' a capital; all else stands for itself.
void append_mask(std::string& out, Draws& draws, std::string_view mask);

[[nodiscard]] std::string lower_ascii(std::string_view text);
[[nodiscard]] std::string upper_ascii(std::string_view text);

}  // namespace mimus
