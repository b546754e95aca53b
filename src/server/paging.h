// Lists that come page by page: `limit` and `cursor` in the query, the next page in a Link field (RFC 8288).
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "server/http.h"
#include "server/target.h"

namespace mimus::server {

struct Page {
  std::uint64_t limit = 100;
  std::string cursor;
};

// request.limit when `limit` is no number from 1 to 1,000.
[[nodiscard]] Result<Page> parse_page(const Target& target);

// Nothing when `next` is empty. All other parameters of the query stay.
void add_next_link(Headers& headers, const Target& target, const std::string& next);

}  // namespace mimus::server
