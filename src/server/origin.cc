#include "server/origin.h"

#include <algorithm>

#include "base/text.h"

namespace mimus::server {
namespace {

bool is_trusted(const IpAddress& address, const std::vector<Network>& trusted) {
  return std::ranges::any_of(trusted, [&](const Network& network) { return network.contains(address); });
}

// The last element of a list.
std::string_view last_of(std::string_view list) {
  const std::size_t comma = list.rfind(',');
  return trim(comma == std::string_view::npos ? list : list.substr(comma + 1));
}

// Some proxies write the port too.
Result<IpAddress> parse_forwarded(std::string_view text) {
  auto address = parse_address(text);
  return address ? address : parse_address(without_port(text));
}

bool is_loopback_name(std::string_view name) {
  if (name == "localhost") return true;
  const auto address = parse_address(name);
  return address && address->is_loopback();
}

Result<std::string> host_of_url(const std::string& url) {
  const auto wrong = [&] {
    return fail("url.syntax", "'" + escape_controls(url.substr(0, 200)) + "' is no address of a web site",
                "https://data.example.org");
  };
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return wrong();
  const std::string name = lower_ascii(url.substr(0, scheme));
  if (name != "http" && name != "https") return wrong();
  const std::string_view rest = std::string_view(url).substr(scheme + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const std::string_view host = without_port(authority);
  if (host.empty() || host.find_first_of("@ \t") != std::string_view::npos) return wrong();
  return lower_ascii(host);
}

}  // namespace

std::string_view without_port(std::string_view host) {
  std::string_view name = host;
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    if (end == std::string_view::npos) return {};
    name = host.substr(0, end + 1);
  } else {
    name = host.substr(0, host.find(':'));
  }
  const std::string_view port = host.substr(name.size());
  if (port.empty()) return name;
  const bool digits = port.find_first_not_of("0123456789", 1) == std::string_view::npos;
  return port.front() == ':' && digits ? name : std::string_view();
}

void apply_forwarded(Request& request, const std::vector<Network>& trusted) {
  auto peer = parse_address(request.peer);
  if (trusted.empty() || !peer || !is_trusted(*peer, trusted)) return;
  const std::string_view scheme = last_of(request.headers.get("X-Forwarded-Proto"));
  if (!scheme.empty()) request.is_secure = equals_without_case(scheme, "https");
  const std::string_view host = last_of(request.headers.get("X-Forwarded-Host"));
  if (!host.empty()) request.host = host;
  const std::string list = request.headers.list("X-Forwarded-For");
  std::string_view rest = list;
  while (is_trusted(*peer, trusted) && !rest.empty()) {
    const auto before = parse_forwarded(last_of(rest));
    if (!before) break;
    peer = before;
    const std::size_t comma = rest.rfind(',');
    rest = rest.substr(0, comma == std::string_view::npos ? 0 : comma);
  }
  request.peer = peer->text();
}

Result<HostNames> HostNames::make(const std::vector<std::string>& public_urls, std::string_view listen_host) {
  HostNames names;
  for (const std::string& url : public_urls) {
    MIMUS_ASSIGN(std::string host, host_of_url(url));
    names.names_.push_back(std::move(host));
  }
  if (!public_urls.empty()) return names;
  const std::string listen = lower_ascii(listen_host);
  if (is_loopback_name(listen)) return names;
  // An address cannot be another site's name. On all addresses there is none of its own to compare with.
  const auto address = parse_address(listen);
  names.any_address_ = address && *address == IpAddress{};
  if (address && address->is_v4()) names.any_address_ = address->text() == "0.0.0.0";
  names.names_.push_back(address && !address->is_v4() ? "[" + address->text() + "]" : listen);
  return names;
}

bool HostNames::allows(std::string_view host) const {
  const std::string name = lower_ascii(without_port(host));
  if (is_loopback_name(name)) return true;
  if (std::ranges::find(names_, name) != names_.end()) return true;
  if (name.empty()) return false;
  const auto address = parse_address(name);
  if (!address) return false;
  if (any_address_) return true;
  // Addresses have many spellings.
  return std::ranges::any_of(names_, [&](const std::string& allowed) {
    const auto known = parse_address(allowed);
    return known && *known == *address;
  });
}

}  // namespace mimus::server
