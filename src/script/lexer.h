// Tokens of Python expressions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mimus::script {

enum class TokenKind { End, Name, Keyword, Number, String, Operator };

struct Token {
  TokenKind kind = TokenKind::End;
  std::size_t offset = 0;
  std::string_view text;  // as written; of a String with prefix and quotes
};

// What ':' is. Names: part of a name when it is written "\:", and behind the first '.' of the text always; so are names
// of XML written that Python does not have (gc\:CodeList.gc:Row).
enum class Colons { Operators, Names };

// All tokens of text[first, last), the last of kind End. `nested`: inside of brackets, where line breaks mean nothing.
// Fails with script.syntax.
[[nodiscard]] Result<std::vector<Token>> tokenize(std::string_view text, std::size_t first, std::size_t last,
                                                  bool nested, Colons colons = Colons::Operators);

// The name that a Name token means: without the backslashes before colons, in Unicode's form NFKC, as Python has names.
[[nodiscard]] std::string name_of(const Token& token);

// The parts of a String token: letters before the quotes in lower case, and the text between the quotes.
struct StringParts {
  std::string prefix;
  std::string_view body;
  std::size_t offset = 0;  // of the body
};
[[nodiscard]] StringParts split_string(const Token& token);

// Where a replacement field that begins behind '{' ends: the offset of its '!', '=', ':' or '}' at the top level.
// npos when it is not closed before `last`.
[[nodiscard]] std::size_t find_field_end(std::string_view text, std::size_t first, std::size_t last);

// The text of a string's body with its escapes resolved; `bytes`: of a bytes literal. Fails with script.syntax, and
// with script.not_covered for characters that only the interpreter knows (by their names, lone surrogates).
[[nodiscard]] Result<std::string> unescape(std::string_view body, std::size_t offset, bool bytes);

[[nodiscard]] inline std::unexpected<Diagnostic> syntax_error(std::size_t offset, std::string message,
                                                              std::size_t length = 1) {
  return fail(Diagnostic{.code = "script.syntax",
                         .message = std::move(message),
                         .where = {"", 0, static_cast<int>(offset), static_cast<int>(length)}});
}

}  // namespace mimus::script
