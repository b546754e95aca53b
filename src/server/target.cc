#include "server/target.h"

#include <algorithm>

#include "server/http.h"

namespace mimus::server {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// In a query '+' is a blank: what forms and most clients' encoders send.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_blank) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

std::unexpected<Diagnostic> bad_escape() {
  return fail("request.target", "the URL has a malformed percent escape", "write a literal '%' as %25");
}

Status parse_query(std::string_view text, Target& target) {
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), true);
    auto value = percent_decode(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
    if (!name || !value) return bad_escape();
    target.query.emplace_back(std::move(*name), std::move(*value));
  }
  return {};
}

// Leaves "/path?query" of "http://host/path?query"; nothing when it is no such form.
std::string_view origin_form(std::string_view text) {
  if (text.starts_with('/')) return text;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (text.size() < scheme.size() || !equals_without_case(text.substr(0, scheme.size()), scheme)) continue;
    const std::size_t slash = text.find_first_of("/?", scheme.size());
    if (slash == std::string_view::npos) return "/";
    return text[slash] == '/' ? text.substr(slash) : std::string_view();
  }
  return {};
}

}  // namespace

std::optional<std::string_view> Target::parameter(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

Result<Target> parse_target(std::string_view text) {
  std::string_view rest = origin_form(text);
  if (rest.empty()) return fail("request.target", "the request's target is no path", "/api/v1/…");
  if (std::ranges::any_of(rest, [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; })) {
    return fail("request.target", "the URL holds a blank or control character", "percent-encode it");
  }
  rest = rest.substr(0, rest.find('#'));
  Target target;
  const std::size_t mark = rest.find('?');
  for (const char c : rest.substr(0, mark)) {
    target.path += static_cast<unsigned char>(c) < 0x80 ? std::string(1, c) : percent_encode({&c, 1});
  }
  if (mark != std::string_view::npos) MIMUS_TRY(parse_query(rest.substr(mark + 1), target));
  std::string_view path = std::string_view(target.path).substr(1);
  for (;;) {
    const std::size_t slash = path.find('/');
    auto segment = percent_decode(path.substr(0, slash), false);
    if (!segment) return bad_escape();
    target.segments.push_back(std::move(*segment));
    if (slash == std::string_view::npos) return target;
    path.remove_prefix(slash + 1);
  }
}

std::string percent_encode(std::string_view text, bool keep_slashes) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                            c == '.' || c == '_' || c == '~';
    if (unreserved || (c == '/' && keep_slashes)) {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 15U];
    }
  }
  return out;
}

}  // namespace mimus::server
