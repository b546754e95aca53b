#include "server/json_body.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace mimus::server {

struct JsonBody::Document {
  nlohmann::json members;
  std::string prefix;  // of the names of members in messages: "settings."
  std::vector<std::string> asked;
  std::vector<std::pair<std::string, std::string>> mistakes;

  // The member, when it is there and not null.
  const nlohmann::json* find(std::string_view name) {
    if (std::ranges::find(asked, name) == asked.end()) asked.emplace_back(name);
    const auto found = members.find(name);
    return found == members.end() || found->is_null() ? nullptr : &*found;
  }
  void refuse(std::string_view name, std::string message) {
    mistakes.emplace_back(prefix + std::string(name), std::move(message));
  }
};

JsonBody::JsonBody(std::unique_ptr<Document> document) : document_(std::move(document)) {}
JsonBody::JsonBody(JsonBody&&) noexcept = default;
JsonBody& JsonBody::operator=(JsonBody&&) noexcept = default;
JsonBody::~JsonBody() = default;

Result<JsonBody> JsonBody::parse(std::string_view body) {
  auto document = std::make_unique<Document>();
  document->members = nlohmann::json::object();
  if (!trim(body).empty()) document->members = nlohmann::json::parse(body, nullptr, false);
  if (document->members.is_discarded()) return fail("request.syntax", "the body is no valid JSON");
  if (!document->members.is_object()) return fail("request.invalid", "the body must be a JSON object");
  return JsonBody(std::move(document));
}

bool JsonBody::has(std::string_view name) { return document_->find(name) != nullptr; }

std::optional<std::string> JsonBody::text(std::string_view name) {
  const auto* member = document_->find(name);
  if (member == nullptr) return std::nullopt;
  if (member->is_string()) return member->get<std::string>();
  document_->refuse(name, "must be a text");
  return std::nullopt;
}

std::optional<bool> JsonBody::boolean(std::string_view name) {
  const auto* member = document_->find(name);
  if (member == nullptr) return std::nullopt;
  if (member->is_boolean()) return member->get<bool>();
  document_->refuse(name, "must be true or false");
  return std::nullopt;
}

std::optional<std::uint64_t> JsonBody::natural(std::string_view name, std::uint64_t most) {
  const auto* member = document_->find(name);
  if (member == nullptr) return std::nullopt;
  if (member->is_number_unsigned() && member->get<std::uint64_t>() <= most) return member->get<std::uint64_t>();
  document_->refuse(name, "must be an integer from 0 to " + std::to_string(most));
  return std::nullopt;
}

std::string JsonBody::required_text(std::string_view name) {
  if (!has(name)) document_->refuse(name, "is missing");
  return text(name).value_or("");
}

std::optional<JsonBody> JsonBody::object(std::string_view name) {
  const auto* member = document_->find(name);
  if (member == nullptr) return std::nullopt;
  if (!member->is_object()) {
    document_->refuse(name, "must be an object");
    return std::nullopt;
  }
  auto inner = std::make_unique<Document>();
  inner->members = *member;
  inner->prefix = document_->prefix + std::string(name) + ".";
  return JsonBody(std::move(inner));
}

void JsonBody::refuse(std::string_view name, std::string message) { document_->refuse(name, std::move(message)); }

Status JsonBody::finish() {
  std::string allowed;
  for (const std::string& name : document_->asked) allowed += (allowed.empty() ? "" : ", ") + name;
  for (const auto& [name, value] : document_->members.items()) {
    if (std::ranges::find(document_->asked, name) != document_->asked.end()) continue;
    document_->refuse(escape_controls(name), "is not known; allowed: " + allowed);
  }
  auto& mistakes = document_->mistakes;
  if (mistakes.empty()) return {};
  Diagnostic diagnostic{.code = "request.invalid", .message = mistakes.front().first + ": " + mistakes.front().second};
  diagnostic.fields = std::move(mistakes);
  return fail(std::move(diagnostic));
}

}  // namespace mimus::server
