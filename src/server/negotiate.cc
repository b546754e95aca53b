#include "server/negotiate.h"

#include <algorithm>

#include "base/text.h"
#include "server/http.h"

namespace mimus::server {
namespace {

// The text of a quoted string; other text as it is. A backslash quotes a quote or a backslash and is itself otherwise:
// clients send it raw in file names.
std::string unquote(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  text = text.substr(1, text.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
    out += text[i];
  }
  return out;
}

// Quality as thousandths: "0.5" is 500. 1000 for what cannot be read.
int quality(const MediaType& range) {
  const std::string_view text = range.parameter("q");
  const auto value = parse_float(text);
  if (text.empty() || !value || !(*value >= 0) || *value > 1) return 1000;
  return static_cast<int>(*value * 1000);
}

}  // namespace

std::vector<std::string_view> split_header(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == separator && !quoted) {
      pieces.push_back(trim(text.substr(start, i - start)));
      start = i + 1;
    }
  }
  pieces.push_back(trim(text.substr(start)));
  return pieces;
}

std::string_view MediaType::parameter(std::string_view key) const {
  const auto found = std::ranges::find(parameters, key, &std::pair<std::string, std::string>::first);
  return found != parameters.end() ? std::string_view(found->second) : std::string_view();
}

MediaType parse_media_type(std::string_view text) {
  MediaType type;
  const auto pieces = split_header(text, ';');
  type.name = lower_ascii(pieces.front());
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const std::size_t equals = pieces[i].find('=');
    if (equals == std::string_view::npos) continue;
    type.parameters.emplace_back(lower_ascii(trim(pieces[i].substr(0, equals))),
                                 unquote(trim(pieces[i].substr(equals + 1))));
  }
  return type;
}

int acceptance(std::string_view accept, std::string_view media_type) {
  if (trim(accept).empty()) return 1000;
  const std::string_view kind = media_type.substr(0, media_type.find('/') + 1);
  int best = 0;
  int specificity = -1;  // of the range that decides: the most specific one
  for (const std::string_view piece : split_header(accept, ',')) {
    const MediaType range = parse_media_type(piece);
    int fits = -1;
    if (range.name == media_type)
      fits = 2;
    else if (range.name == std::string(kind) + "*")
      fits = 1;
    else if (range.name == "*/*")
      fits = 0;
    if (fits > specificity) {
      specificity = fits;
      best = quality(range);
    }
  }
  return best;
}

bool takes_coding(std::string_view accept_encoding, std::string_view coding) {
  if (trim(accept_encoding).empty()) return false;
  bool takes_any = false;
  for (const std::string_view piece : split_header(accept_encoding, ',')) {
    const MediaType wanted = parse_media_type(piece);
    if (wanted.name == coding) return quality(wanted) > 0;
    if (wanted.name == "*") takes_any = quality(wanted) > 0;
  }
  return takes_any;
}

}  // namespace mimus::server
