// generate_domain from the shell: a request from arguments or from a file, the response or the error to stdout.
#include <cstdio>
#include <string>
#include <utility>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/terminal.h"
#include "contract/canonical_json.h"
#include "contract/domain.h"
#include "contract/generate_domain.h"
#include "data/json.h"

namespace mimus::cli {
namespace {

int print_line(std::string text, int status) {
  text += '\n';
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? status : kFailed;
}

// More bytes than a request may have, so that the contract can say so.
Result<std::string> read_request(const std::string& name) {
  constexpr std::size_t kMostBytes = contract::kMaxDomainRequest * 64;
  if (name != "-") return read_file(name, kMostBytes);
  std::string out(contract::kMaxDomainRequest + 1, '\0');
  out.resize(std::fread(out.data(), 1, out.size(), stdin));
  return out;
}

Result<Value> request_of(const DomainArguments& arguments) {
  ValueMap request{{"domain", Value(arguments.name)},   {"version", Value(arguments.version)},
                   {"count", Value(arguments.count)},   {"seed", Value(arguments.seed)},
                   {"locale", Value(arguments.locale)}, {"clock", Value(arguments.clock)}};
  if (arguments.constraints) {
    MIMUS_ASSIGN(Value constraints, parse_json(*arguments.constraints, "--constraints"));
    request.emplace_back("constraints", std::move(constraints));
  }
  if (arguments.profile_id) request.emplace_back("profile_id", Value(*arguments.profile_id));
  if (arguments.component_id) request.emplace_back("component_id", Value(*arguments.component_id));
  return Value::map(std::move(request));
}

int print_schema(const DomainArguments& arguments) {
  const contract::DomainDeclaration* domain = contract::find_domain(arguments.name, arguments.version);
  if (domain == nullptr) {
    return report({.code = "domain.unknown",
                   .message = "no domain '" + arguments.name + "' of version '" + arguments.version + "'",
                   .hint = "address, doctor, patient and person have version v1"});
  }
  const Value schema = arguments.schema == "request" ? request_schema(*domain) : response_schema(*domain);
  return print_line(contract::canonical_json(schema), kOk);
}

}  // namespace

int domain(const DomainArguments& arguments) {
  if (!arguments.schema.empty()) return print_schema(arguments);
  const contract::DomainOptions options{.strict = arguments.strict};
  contract::DomainDocument document;
  if (!arguments.request.empty()) {
    const auto text = read_request(arguments.request);
    if (!text) return report(text.error());
    document = contract::generate_domain_text(*text, options);
  } else {
    const auto request = request_of(arguments);
    if (!request) {
      report(request.error());
      return kUsage;
    }
    document = contract::generate_domain(*request, options);
  }
  return print_line(std::move(document.json), document.failed ? kFailed : kOk);
}

}  // namespace mimus::cli
