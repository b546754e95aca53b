// Passwords with at least one character of each set that is asked for; the places of these are shuffled.
#include <algorithm>
#include <vector>

#include "generator/text.h"

namespace mimus {
namespace {

constexpr std::int64_t kLeastLength = 8;
constexpr std::int64_t kMostLength = 10'000;

void append_password(std::string& out, Draws& draws, const std::vector<std::string_view>& sets, std::string_view all,
                     std::size_t length) {
  const std::size_t start = out.size();
  for (const std::string_view set : sets) append_from(out, draws, 1, set);
  append_from(out, draws, length - sets.size(), all);
  // Fisher-Yates.
  for (std::size_t k = length - 1; k > 0; --k) std::swap(out[start + k], out[start + draws.below(k + 1)]);
}

constexpr ParameterDeclaration kParameters[] = {
    {"length", ParameterType::Int, "16", "at most 10,000; below 8 it is 8", "number of characters"},
    {"include_special", ParameterType::Bool, "True", "", "at least one of !@#$%^&*()_+-=[]{}|;:,.<>?"},
    {"include_numbers", ParameterType::Bool, "True", "", "at least one digit"},
    {"include_uppercase", ParameterType::Bool, "True", "", "at least one capital letter"},
};
constexpr std::string_view kExamples[] = {"PasswordGenerator", "PasswordGenerator(length=12, include_special=False)"};

}  // namespace

extern const GeneratorDeclaration kPasswordGenerator{
    .name = "PasswordGenerator",
    .summary = "a random password",
    .result = Type::String,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::int64_t length = std::max(kLeastLength, arguments.integer("length"));
      if (length > kMostLength) {
        return fail("generator.argument",
                    "length must be at most " + std::to_string(kMostLength) + ", but is " + std::to_string(length));
      }
      std::vector<std::string_view> sets{"abcdefghijklmnopqrstuvwxyz"};
      if (arguments.boolean("include_uppercase")) sets.emplace_back("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
      if (arguments.boolean("include_numbers")) sets.emplace_back("0123456789");
      if (arguments.boolean("include_special")) sets.emplace_back("!@#$%^&*()_+-=[]{}|;:,.<>?");
      std::string all;
      for (const std::string_view set : sets) all += set;
      return make_text([sets = std::move(sets), all = std::move(all), length](Draws& draws, std::string& out) {
        append_password(out, draws, sets, all, static_cast<std::size_t>(length));
      });
    },
};

}  // namespace mimus
