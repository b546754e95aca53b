// The constants of the module string.
#include <initializer_list>
#include <string>

#include "script/function.h"

namespace mimus::script {

std::optional<Value> string_constant(std::string_view path) {
  constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  constexpr std::string_view kDigits = "0123456789";
  constexpr std::string_view kPunctuation = R"(!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~)";
  constexpr std::string_view kBlanks = " \t\n\r\x0b\x0c";
  if (!path.starts_with("string.")) return std::nullopt;
  path.remove_prefix(7);
  const auto joined = [](std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const std::string_view part : parts) out += part;
    return Value(std::move(out));
  };
  if (path == "ascii_lowercase") return joined({kLower});
  if (path == "ascii_uppercase") return joined({kUpper});
  if (path == "ascii_letters") return joined({kLower, kUpper});
  if (path == "digits") return joined({kDigits});
  if (path == "hexdigits") return joined({kDigits, "abcdefABCDEF"});
  if (path == "octdigits") return joined({"01234567"});
  if (path == "punctuation") return joined({kPunctuation});
  if (path == "whitespace") return joined({kBlanks});
  if (path == "printable") return joined({kDigits, kLower, kUpper, kPunctuation, kBlanks});
  return std::nullopt;
}

}  // namespace mimus::script
