// Python expressions to trees: the whole expression grammar of Python 3.11, f-strings nested as from 3.12 on.
//
// Pure and thread-safe. Source: the language reference's grammar of expressions; written as a recursive descent.
#pragma once

#include <string_view>

#include "base/result.h"
#include "script/ast.h"

namespace mimus::script {

inline constexpr std::size_t kMaxExpressionBytes = 1U << 20U;
inline constexpr int kMaxExpressionDepth = 200;  // as many brackets as CPython takes

// The tree of the text. What only the interpreter can make of the grammar is part of it too (NodeKind::Foreign). Fails
// with script.syntax, the offset of the mistake in `where.column` and the bytes to underline in `where.length`.
// A text that is no Python but for the colons in its names is read with these (lexer.h); the nodes hold the names with
// their colons.
[[nodiscard]] Result<NodePtr> parse_expression(std::string_view text);

// The text as the interpreter reads it: where it parses only with colons in names, each of them is "__" (python_name).
[[nodiscard]] std::string python_text(std::string_view text);
[[nodiscard]] std::string python_name(std::string_view name);

}  // namespace mimus::script
