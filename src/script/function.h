// Function: one function that expressions know. A file for a module of Python gives a table of them; functions.cc has
// the list of the tables.
#pragma once

#include <span>
#include <string_view>

#include "script/call.h"

namespace mimus::script {

struct Function {
  std::string_view path;  // "hashlib.sha256"
  std::size_t least, most;
  Result<Value> (*call)(const CallArguments& arguments);
  std::string_view names = {};  // of parameters that may be given by their names; "*": the function looks itself
  bool first_by_name = false;   // the first one too
};

[[nodiscard]] std::span<const Function> date_functions();        // datetime, calendar; but for the clock
[[nodiscard]] std::span<const Function> hash_functions();        // hashlib
[[nodiscard]] std::span<const Function> json_functions();        // json
[[nodiscard]] std::span<const Function> statistics_functions();  // statistics
[[nodiscard]] std::span<const Function> uuid_functions();        // uuid, but for what draws

// The attribute of a UUID. Fails with script.attribute.
[[nodiscard]] Result<Value> attribute_of(const Uuid& uuid, std::string_view name);
// NAMESPACE_DNS and the like; nullopt for other paths.
[[nodiscard]] std::optional<Value> uuid_constant(std::string_view path);
// string.digits and the like; nullopt for other paths.
[[nodiscard]] std::optional<Value> string_constant(std::string_view path);
// The hash of bytes by an algorithm of hashlib, which is known.
[[nodiscard]] std::string digest_of(std::string_view algorithm, std::string_view bytes);

}  // namespace mimus::script
