// Targets of text in another encoding: `encoding` is a parameter of every target whose files are text.
#pragma once

#include <memory>
#include <string>

#include "target/arguments.h"
#include "target/target.h"
#include "target/text_encoding.h"

namespace mimus {

inline constexpr TargetParameter kEncodingParameter{"encoding", "utf-8",
                                                    "encoding of the file: latin-1, cp1252, utf-16, …"};

// What the call's `encoding` names. Fails with target.argument.
[[nodiscard]] Result<TextEncoding> encoding_of(const TargetArguments& arguments, const std::string& fallback = "utf-8");

// The target, whose own text is UTF-8, in that encoding. A record with a character that has no form in it fails with
// target.encoding.
[[nodiscard]] std::unique_ptr<FileTarget> with_encoding(std::unique_ptr<FileTarget> target, TextEncoding encoding);

}  // namespace mimus
