// generate_domain: records of a domain by a contract; JSON in, JSON out. The commands, HTTP and MCP call it.
//
// Pure: the same request gives the same bytes, whoever answers it. Thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "data/value.h"
#include "pack/pack.h"

namespace mimus::contract {

// The longest request as a text, in bytes.
inline constexpr std::size_t kMaxDomainRequest = std::size_t{1} << 20U;

struct DomainOptions {
  bool strict = false;  // profiles and components must be known
  const Pack* pack = &Pack::built_in();
};

// A response, or the document of an error: {code, message, path, request_hash, hint, details}.
struct DomainDocument {
  std::string json;  // canonical (contract/canonical_json.h), without a line feed at its end
  bool failed = false;
};

// A request of at most kMaxDomainRequest bytes as canonical JSON; the caller bounds what it takes.
[[nodiscard]] DomainDocument generate_domain(const Value& request, const DomainOptions& options = {});
// The same from the request's text. What is no JSON, or too long, is an invalid_request; its hash is that of the text.
[[nodiscard]] DomainDocument generate_domain_text(std::string_view request, const DomainOptions& options = {});

}  // namespace mimus::contract
