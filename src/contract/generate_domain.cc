#include "contract/generate_domain.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "contract/canonical_json.h"
#include "contract/identity.h"
#include "contract/request.h"
#include "data/json.h"

namespace mimus::contract {
namespace {

DomainDocument failure(const DomainError& error, const std::string& request_hash) {
  ValueMap document{{"code", Value(error.code)},
                    {"message", Value(error.message)},
                    {"path", Value(error.path)},
                    {"request_hash", Value(request_hash)}};
  if (!error.hint.empty()) document.emplace_back("hint", Value(error.hint));
  if (!error.details.is_null()) document.emplace_back("details", error.details);
  return {.json = canonical_json(Value::map(std::move(document))), .failed = true};
}

// The array of the items, which are canonical each by itself.
std::string items_of(const DomainRequest& request, const ItemMaker& make) {
  std::string out = "[";
  for (std::uint64_t item = 0; item < request.count; ++item) {
    PythonRandom random(mix_seed(request.root, std::to_string(item)));
    if (item > 0) out += ',';
    append_canonical(out, Value::map(make(item, random)));
  }
  return out += ']';
}

}  // namespace

DomainDocument generate_domain(const Value& payload, const DomainOptions& options) {
  const std::string request_hash = sha256_hex(canonical_json(payload));
  const auto checked = check_request(payload, *options.pack, options.strict);
  if (!checked) return failure(checked.error(), request_hash);
  const auto make = checked->domain->make(checked->request);
  if (!make) return failure(make.error(), request_hash);
  const std::string items = items_of(checked->request, *make);
  // Its names stand in their order already, so that the items need not be kept as values.
  return {.json = fmt::format(
              R"({{"determinism_proof":{{"algorithm":"uuid5+sha256","content_hash":"{}",)"
              R"("seed_canonical":"{}"}},"domain":"{}","items":{},"request_hash":"{}","version":"{}"}})",
              sha256_hex(items), checked->request.seed, checked->domain->name, items, request_hash, kDomainVersion)};
}

DomainDocument generate_domain_text(std::string_view request, const DomainOptions& options) {
  const auto refuse = [request](std::string message, std::string hint) {
    return failure({.code = "invalid_request", .message = std::move(message), .hint = std::move(hint)},
                   sha256_hex(request));
  };
  if (request.size() > kMaxDomainRequest) {
    return refuse(fmt::format("The request has {} bytes; {} are allowed", with_thousands(request.size()),
                              with_thousands(kMaxDomainRequest)),
                  "Ask for less at once");
  }
  const auto payload = parse_json(request, "request");
  if (!payload) return refuse(payload.error().message, "The request must be a JSON object in UTF-8");
  return generate_domain(*payload, options);
}

}  // namespace mimus::contract
