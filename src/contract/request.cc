#include "contract/request.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "contract/constraints.h"
#include "contract/identity.h"
#include "contract/json_schema.h"
#include "contract/message_text.h"
#include "contract/profile.h"

namespace mimus::contract {
namespace {

Answer<std::string> text_field(const ValueMap& request, std::string_view name) {
  const Value* value = find(request, name);
  if (value == nullptr || value->as_text() == nullptr) {
    return std::unexpected(DomainError{.code = "invalid_request",
                                       .message = fmt::format("Missing or invalid '{}' field", name),
                                       .path = fmt::format("/{}", name),
                                       .hint = fmt::format("Provide the target {} as a string", name)});
  }
  return *value->as_text();
}

Answer<const DomainDeclaration*> domain_of(const ValueMap& request) {
  MIMUS_ASSIGN(const std::string name, text_field(request, "domain"));
  MIMUS_ASSIGN(const std::string version, text_field(request, "version"));
  if (const DomainDeclaration* found = find_domain(name, version)) return found;
  std::vector<std::string> known;
  for (const DomainDeclaration* domain : domains()) known.push_back(fmt::format("'{}'", domain->name));
  return std::unexpected(DomainError{
      .code = "unsupported_domain",
      .message = fmt::format("Domain '{}' version '{}' is not supported", shortened(name), shortened(version)),
      .path = "/domain",
      .hint = fmt::format("Supported domains: [{}]", listed(known))});
}

Answer<void> check_schema(const DomainDeclaration& domain, const Value& request) {
  const std::vector<SchemaError> errors = schema_errors(request_schema(domain), request);
  if (errors.empty()) return {};
  ValueList details;
  for (const SchemaError& error : errors) {
    details.push_back(Value::map({{"message", Value(error.message)}, {"path", Value::list(error.path)}}));
  }
  return std::unexpected(
      DomainError{.code = "schema_validation_failed",
                  .message = fmt::format("Request schema validation failed for {} {}", domain.name, kDomainVersion),
                  .path = json_pointer(errors.front().path),
                  .hint = "Check the payload against the domain contract.",
                  .details = Value::map({{"errors", Value::list(std::move(details))}})});
}

// That of the country behind the '_'.
Answer<Dataset> dataset_of(const std::string& locale, const Pack& pack) {
  Dataset dataset(pack, std::string_view(locale).substr(3));
  if (dataset.is_known()) return dataset;
  std::vector<std::string> codes = words_of(pack.table("dataset"), "code");
  std::ranges::sort(codes);
  return std::unexpected(DomainError{
      .code = "unsupported_locale",
      .message = fmt::format(
          "Locale '{}' maps to dataset '{}' which lacks the required domain datasets. Supported dataset codes: {}",
          locale, dataset.code(), listed(codes)),
      .path = "/locale",
      .hint = "Provide a locale that ends in a supported dataset code, such as 'en_US'"});
}

// The year as it is written, whatever the offset.
int year_of(const std::string& clock) { return static_cast<int>(parse_int(clock.substr(0, 4)).value_or(0)); }

}  // namespace

Answer<CheckedRequest> check_request(const Value& payload, const Pack& pack, bool strict) {
  const ValueMap* fields = payload.as_map();
  if (fields == nullptr) {
    return std::unexpected(
        DomainError{.code = "invalid_request",
                    .message = "The request must be a JSON object",
                    .hint = "Provide an object with 'domain', 'version', 'count', 'seed', 'locale' and 'clock'"});
  }
  MIMUS_ASSIGN(const DomainDeclaration* domain, domain_of(*fields));
  MIMUS_TRY(check_schema(*domain, payload));
  const std::string& locale = *find(*fields, "locale")->as_text();
  MIMUS_ASSIGN(Dataset dataset, dataset_of(locale, pack));
  const std::string seed = derive_seed(*find(*fields, "seed"));
  const Value* constraints = find(*fields, "constraints");
  CheckedRequest out{.domain = domain,
                     .request = {.seed = seed,
                                 .root = seed,
                                 .count = static_cast<std::uint64_t>(whole_number(*find(*fields, "count"))),
                                 .locale = locale,
                                 .dataset = std::move(dataset),
                                 .clock_year = year_of(*find(*fields, "clock")->as_text()),
                                 .constraints = constraints == nullptr ? ValueMap{} : *constraints->as_map()}};
  MIMUS_TRY(apply_profile(*fields, *domain, pack, strict, out.request));
  return out;
}

}  // namespace mimus::contract
