#include "server/paging.h"

#include "base/text.h"

namespace mimus::server {

Result<Page> parse_page(const Target& target) {
  Page page;
  if (const auto limit = target.parameter("limit")) {
    const auto number = parse_uint(*limit);
    if (!number || *number < 1 || *number > 1000) {
      return fail("request.limit", "limit '" + escape_controls(*limit) + "' is no number from 1 to 1000");
    }
    page.limit = *number;
  }
  page.cursor = target.parameter("cursor").value_or("");
  return page;
}

void add_next_link(Headers& headers, const Target& target, const std::string& next) {
  if (next.empty()) return;
  std::string link = "<" + target.path + "?";
  for (const auto& [name, value] : target.query) {
    if (name == "cursor") continue;
    link += percent_encode(name) + "=" + percent_encode(value) + "&";
  }
  headers.add("Link", link + "cursor=" + percent_encode(next) + ">; rel=\"next\"");
}

}  // namespace mimus::server
