// Generators of texts that are written piece by piece.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
  // Makes `out` of so many texts, each appended by write(k, std::string&).
  template <class Write>
  void write_all(std::size_t count, Column& out, Write write) const {
    std::string all;
    std::vector<std::size_t> ends(count);
    for (std::size_t k = 0; k < count; ++k) {
      write(k, all);
      ends[k] = all.size();
    }
    set_texts(all, ends, out);
  }

 private:
  void set_texts(std::string_view all, const std::vector<std::size_t>& ends, Column& out) const;

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

// The same with values by number (Generator::domain): write_at(number, std::string&) appends the one of a number.
template <class Write, class WriteAt>
[[nodiscard]] std::unique_ptr<Generator> make_numbered_text(Write write, std::uint64_t domain, WriteAt write_at) {
  class Function final : public TextGenerator {
   public:
    Function(Write function, std::uint64_t count, WriteAt function_at)
        : TextGenerator(true), write_(std::move(function)), domain_(count), write_at_(std::move(function_at)) {}
    [[nodiscard]] std::uint64_t domain() const override { return domain_; }
    void generate_at(const Rows& rows, const Stream&, const std::uint64_t* numbers, Column& out) const override {
      write_all(rows.count, out, [&](std::size_t k, std::string& text) { write_at_(numbers[k], text); });
    }

   protected:
    void append(Draws& draws, std::string& out) const override { write_(draws, out); }

   private:
    Write write_;
    std::uint64_t domain_;
    WriteAt write_at_;
  };
  return std::make_unique<Function>(std::move(write), domain, std::move(write_at));
}

// Values of one form by number: what the draws of `write` are below never changes, and other draws give other texts
// (random/numbered.h). Of ten numbers that differ in the last draw's last digit alone, at least `kept` are not
// rejected.
struct NumberedForm {
  std::function<void(Draws& draws, std::string& out)> write;
  unsigned kept = 10;
};

// The numbers of several forms, which have no text in common, one form after the other.
class NumberedForms {
 public:
  explicit NumberedForms(std::vector<NumberedForm> forms);
  [[nodiscard]] std::uint64_t size() const { return ends_.empty() ? 0 : ends_.back(); }
  // Appends the text of a number; the row's stream draws what the number leaves open.
  void append(std::uint64_t number, const Stream& stream, Row row, std::string& out) const;

 private:
  std::vector<NumberedForm> forms_;
  std::vector<DigitPlaces> places_;
  std::vector<std::uint64_t> ends_;  // numbers up to the end of each form
};

// make_text() with values by number. `forms` gives those of texts that `write` may make; it is asked for them at most
// once, when the numbers are wanted.
template <class Write, class Forms>
[[nodiscard]] std::unique_ptr<Generator> make_text_of_forms(Write write, Forms forms, bool clean = false) {
  class Function final : public TextGenerator {
   public:
    Function(Write function, Forms all, bool is_clean)
        : TextGenerator(is_clean), write_(std::move(function)), make_forms_(std::move(all)) {}
    [[nodiscard]] std::uint64_t domain() const override { return forms().size(); }
    void generate_at(const Rows& rows, const Stream& stream, const std::uint64_t* numbers, Column& out) const override {
      const NumberedForms& all = forms();
      write_all(rows.count, out,
                [&](std::size_t k, std::string& text) { all.append(numbers[k], stream, rows[k], text); });
    }

   protected:
    void append(Draws& draws, std::string& out) const override { write_(draws, out); }

   private:
    [[nodiscard]] const NumberedForms& forms() const {
      std::call_once(made_, [&] { forms_.emplace(make_forms_()); });
      return *forms_;
    }

    Write write_;
    Forms make_forms_;
    mutable std::once_flag made_;
    mutable std::optional<NumberedForms> forms_;
  };
  return std::make_unique<Function>(std::move(write), std::move(forms), clean);
}

// The same where `write` itself is the only form.
template <class Write>
[[nodiscard]] std::unique_ptr<Generator> make_text_of_form(Write write, bool clean = false, unsigned kept = 10) {
  return make_text_of_forms(write, [write, kept] { return std::vector<NumberedForm>{{write, kept}}; }, clean);
}

// 10^digits, at most kMostNumbers.
[[nodiscard]] constexpr std::uint64_t power_of_ten(std::size_t digits) {
  std::uint64_t out = 1;
  for (; digits > 0 && out <= kMostNumbers / 10; --digits) out *= 10;
  return out;
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
