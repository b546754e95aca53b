// Article numbers and numbers of books: EAN-13, EAN-8, ISBN-13 and ISBN-10, ISSN (GS1; ISO 2108; ISO 3297).
#include "base/check_digit.h"
#include "generator/text.h"

namespace mimus {
namespace {

void append_gs1(std::string& out, Draws& draws, std::string_view prefix, std::size_t length) {
  std::string digits(prefix);
  append_digits(digits, draws, length - 1 - prefix.size());
  out += digits + gs1_digit(digits);
}

// The digits of a number, and their check digit.
void append_gs1_of(std::string& out, std::uint64_t number, std::string_view prefix, std::size_t length) {
  const std::size_t start = out.size();
  out += prefix;
  append_padded(out, number, length - 1 - prefix.size());
  out += gs1_digit(std::string_view(out).substr(start));
}

// Modulo 11 with weights from `first` down to 2; 10 is X.
char mod_11_character(std::string_view digits, int first) {
  int sum = 0;
  for (const char c : digits) sum += (c - '0') * first--;
  const int check = (11 - sum % 11) % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

constexpr ParameterDeclaration kEanParameters[] = {
    {"locale", ParameterType::String, "en_US", "", "has no effect", true},
    {"length", ParameterType::Int, "13", "13, 8", "number of digits"},
};
constexpr ParameterDeclaration kIsbnParameters[] = {
    {"length", ParameterType::Int, "13", "13, 10", "number of digits"},
};
constexpr std::string_view kEanExamples[] = {"EANGenerator", "EANGenerator(length=8)"};
constexpr std::string_view kIsbnExamples[] = {"ISBNGenerator", "ISBNGenerator(length=10)"};
constexpr std::string_view kIssnExamples[] = {"ISSNGenerator"};

std::unexpected<Diagnostic> wrong_length(std::int64_t length, std::string_view allowed) {
  return fail("generator.argument", "length must be " + std::string(allowed) + ", but is " + std::to_string(length));
}

}  // namespace

extern const GeneratorDeclaration kEanGenerator{
    .name = "EANGenerator",
    .summary = "an article number with its check digit",
    .result = Type::String,
    .parameters = kEanParameters,
    .examples = kEanExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::int64_t length = arguments.integer("length");
      if (length != 13 && length != 8) return wrong_length(length, "13 or 8");
      const auto size = static_cast<std::size_t>(length);
      return make_numbered_text(
          [size](Draws& draws, std::string& out) { append_gs1(out, draws, "", size); }, power_of_ten(size - 1),
          [size](std::uint64_t number, std::string& out) { append_gs1_of(out, number, "", size); });
    },
};

extern const GeneratorDeclaration kIsbnGenerator{
    .name = "ISBNGenerator",
    .summary = "the number of a book with its check digit",
    .result = Type::String,
    .parameters = kIsbnParameters,
    .examples = kIsbnExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::int64_t length = arguments.integer("length");
      if (length == 13) {
        return make_numbered_text(
            [](Draws& draws, std::string& out) { append_gs1(out, draws, draws.below(10) == 0 ? "979" : "978", 13); },
            power_of_ten(9), [](std::uint64_t number, std::string& out) { append_gs1_of(out, number, "978", 13); });
      }
      if (length != 10) return wrong_length(length, "13 or 10");
      const auto append = [](std::string& out, const std::string& digits) {
        out += digits + mod_11_character(digits, 10);
      };
      return make_numbered_text(
          [append](Draws& draws, std::string& out) {
            std::string digits;
            append_digits(digits, draws, 9);
            append(out, digits);
          },
          power_of_ten(9),
          [append](std::uint64_t number, std::string& out) {
            std::string digits;
            append_padded(digits, number, 9);
            append(out, digits);
          });
    },
};

extern const GeneratorDeclaration kIssnGenerator{
    .name = "ISSNGenerator",
    .summary = "the number of a periodical with its check digit: 0317-8471",
    .result = Type::String,
    .parameters = {},
    .examples = kIssnExamples,
    .make = [](const Arguments&, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const auto append = [](std::string& out, const std::string& digits) {
        out += digits.substr(0, 4) + "-" + digits.substr(4) + mod_11_character(digits, 8);
      };
      return make_numbered_text(
          [append](Draws& draws, std::string& out) {
            std::string digits;
            append_digits(digits, draws, 7);
            append(out, digits);
          },
          power_of_ten(7),
          [append](std::uint64_t number, std::string& out) {
            std::string digits;
            append_padded(digits, number, 7);
            append(out, digits);
          });
    },
};

}  // namespace mimus
