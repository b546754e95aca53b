#include "generator/text.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace mimus {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

}  // namespace

void TextGenerator::generate(const Rows& rows, const Stream& stream, Column& out) const {
  write_all(rows.count, out, [&](std::size_t k, std::string& text) {
    Draws draws(stream, rows[k]);
    append(draws, text);
  });
}

void TextGenerator::set_texts(std::string_view all, const std::vector<std::size_t>& ends, Column& out) const {
  out.reset(Type::String, ends.size());
  out.clean = clean_;
  char* base = out.make_arena(all.size());
  std::ranges::copy(all, base);
  std::string_view* texts = out.make_texts();
  for (std::size_t k = 0, start = 0; k < ends.size(); start = ends[k++]) texts[k] = {base + start, ends[k] - start};
}

NumberedForms::NumberedForms(std::vector<NumberedForm> forms) : forms_(std::move(forms)) {
  const Stream none(0, "");
  const std::uint64_t most = kMostNumbers / std::max<std::size_t>(1, forms_.size());
  std::string text;
  for (const NumberedForm& form : forms_) {
    NumberDigits digits;
    Draws draws(none, {0, 0}, &digits);
    text.clear();
    form.write(draws, text);
    places_.push_back(digits.places());
    const std::uint64_t all = digits.places().size;
    ends_.push_back(size() + std::min(form.kept == 10 ? all : all / 10 * form.kept, most));
  }
}

void NumberedForms::append(std::uint64_t number, const Stream& stream, Row row, std::string& out) const {
  const auto form = static_cast<std::size_t>(std::ranges::upper_bound(ends_, number) - ends_.begin());
  if (form > 0) number -= ends_[form - 1];
  const auto [write, kept] = forms_[form];
  std::string text;
  // Of each ten numbers, the first that have a text.
  std::uint64_t wanted = kept == 10 ? 0 : number % kept;
  for (std::uint64_t k = 0; k < 10; ++k) {
    NumberDigits digits(places_[form], kept == 10 ? number : number / kept * 10 + k);
    Draws draws(stream, row, &digits);
    text.clear();
    write(draws, text);
    if (!digits.is_rejected() && wanted-- == 0) break;
  }
  out += text;
}

void append_digits(std::string& out, Draws& draws, std::size_t count) {
  constexpr std::size_t kAtOnce = 18;
  constexpr std::uint64_t kPower = 1'000'000'000'000'000'000;
  while (count > 0) {
    const std::size_t now = std::min(count, kAtOnce);
    std::uint64_t value = draws.below(draws.is_numbered() ? power_of_ten(now) : kPower);
    for (std::size_t k = 0; k < now; ++k, value /= 10) out += static_cast<char>('0' + value % 10);
    count -= now;
  }
}

void append_hex(std::string& out, Draws& draws, std::size_t count) {
  while (count > 0) {
    const std::size_t now = std::min<std::size_t>(count, draws.is_numbered() ? 15 : 16);
    std::uint64_t value = draws.is_numbered() ? draws.below(std::uint64_t{1} << 4 * now) : draws.next();
    for (std::size_t k = 0; k < now; ++k, value >>= 4U) out += "0123456789abcdef"[value & 15U];
    count -= now;
  }
}

void append_letters(std::string& out, Draws& draws, std::size_t count, char first) {
  for (std::size_t k = 0; k < count; ++k) out += static_cast<char>(first + static_cast<int>(draws.below(26)));
}

void append_padded(std::string& out, std::uint64_t value, std::size_t width) {
  std::array<char, 20> digits{};
  std::size_t count = 0;
  do {
    digits[count++] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value > 0);
  for (; width > count; --width) out += '0';
  while (count > 0) out += digits[--count];
}

void append_from(std::string& out, Draws& draws, std::size_t count, std::string_view alphabet) {
  for (std::size_t k = 0; k < count; ++k) out += alphabet[draws.below(alphabet.size())];
}

void append_mask(std::string& out, Draws& draws, std::string_view mask) {
  for (const char c : mask) {
    switch (c) {
      case '#':
        out += static_cast<char>('0' + draws.below(10));
        break;
      case '%':
        out += static_cast<char>('1' + draws.below(9));
        break;
      case '?':
        append_letters(out, draws, 1, 'a');
        break;
      case '^':
        append_letters(out, draws, 1, 'A');
        break;
      default:
        out += c;
    }
  }
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), upper);
  return out;
}

}  // namespace mimus
