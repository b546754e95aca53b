// The target of a request: a path of segments, and query parameters. Pure.
//
// Segments are what stands between raw slashes, each percent-decoded exactly once; "%2F" becomes a '/' inside a segment
// and never divides. Nothing is collapsed or resolved: "." and ".." are segments like others, for the names' check.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace mimus::server {

struct Target {
  std::string path;                   // as sent, without the query; bytes beyond ASCII as %XX
  std::vector<std::string> segments;  // "/a//b" has three: "a", "", "b"; "/" has one empty
  std::vector<std::pair<std::string, std::string>> query;

  // The first parameter of that name.
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
};

// Origin form ("/path?query") or absolute form ("http://host/path"). request.target when it is neither, holds a
// malformed percent escape, or a character that must be escaped.
[[nodiscard]] Result<Target> parse_target(std::string_view text);

// Every byte but the unreserved ones of RFC 3986 as %XX; with `keep_slashes`, '/' stays too.
[[nodiscard]] std::string percent_encode(std::string_view text, bool keep_slashes = false);

}  // namespace mimus::server
