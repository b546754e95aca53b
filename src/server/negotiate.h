// Media types: what a request has (Content-Type) and what its client takes (Accept). Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mimus::server {

struct MediaType {
  std::string name;  // "multipart/form-data", lower case; empty when the text is none
  std::vector<std::pair<std::string, std::string>> parameters;  // names in lower case, values unquoted

  [[nodiscard]] std::string_view parameter(std::string_view name) const;
};

// Parses a header value with parameters: Content-Type, Content-Disposition.
[[nodiscard]] MediaType parse_media_type(std::string_view text);

// How much a client wants `media_type`, 0 … 1000 (RFC 9110, section 12.5.1); no Accept field takes everything. Ranges
// that cannot be read count as not there.
[[nodiscard]] int acceptance(std::string_view accept, std::string_view media_type);

// Whether a client takes `coding` ("br", "gzip") of an answer (RFC 9110, section 12.5.3); no field takes none.
[[nodiscard]] bool takes_coding(std::string_view accept_encoding, std::string_view coding);

// Splits a header value at `separator` outside of quoted strings; pieces are trimmed.
[[nodiscard]] std::vector<std::string_view> split_header(std::string_view text, char separator);

}  // namespace mimus::server
