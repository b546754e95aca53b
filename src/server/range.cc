#include "server/range.h"

#include <algorithm>

#include "base/text.h"
#include "server/date.h"
#include "server/http.h"
#include "server/negotiate.h"

namespace mimus::server {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Digits as a number; one past every size when there are too many of them.
std::uint64_t saturated(std::string_view digits) { return parse_uint(digits).value_or(UINT64_MAX); }

}  // namespace

std::string entity_tag(std::string_view sha256) { return '"' + std::string(sha256) + '"'; }

bool names_tag(std::string_view list, std::string_view tag, bool weak) {
  if (trim(list) == "*") return true;
  for (std::string_view piece : split_header(list, ',')) {
    if (piece.starts_with("W/")) {
      if (!weak) continue;
      piece.remove_prefix(2);
    }
    if (piece == tag) return true;
  }
  return false;
}

RangeAnswer parse_range(std::string_view text, std::uint64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  text = trim(text);
  if (text.size() <= kUnit.size() || !equals_without_case(text.substr(0, kUnit.size()), kUnit)) return {};
  text = trim(text.substr(kUnit.size()));
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return {};
  const std::string_view from = text.substr(0, dash);
  const std::string_view to = text.substr(dash + 1);
  if (from.empty()) {
    if (!is_digits(to)) return {};
    const std::uint64_t last = std::min(saturated(to), size);
    if (last == 0) return {.kind = RangeKind::Unsatisfiable};
    return {.kind = RangeKind::Part, .range = {size - last, last}};
  }
  if (!is_digits(from) || (!to.empty() && !is_digits(to))) return {};
  const std::uint64_t first = saturated(from);
  const std::uint64_t last = to.empty() ? UINT64_MAX : saturated(to);
  if (last < first) return {};
  if (first >= size) return {.kind = RangeKind::Unsatisfiable};
  return {.kind = RangeKind::Part, .range = {first, std::min(last, size - 1) - first + 1}};
}

bool allows_range(std::string_view if_range, std::string_view tag, Timestamp modified) {
  if_range = trim(if_range);
  if (if_range.empty() || if_range == tag) return true;
  const auto date = parse_http_date(if_range);
  return date && http_date(*date) == http_date(modified);
}

}  // namespace mimus::server
