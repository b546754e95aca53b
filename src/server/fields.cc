#include "server/fields.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace mimus::server {

using nlohmann::json;

Status Findings::status() {
  if (fields_.empty()) return {};
  Diagnostic diagnostic{.code = "request.invalid", .message = fields_.front().first + ": " + fields_.front().second};
  diagnostic.fields = std::move(fields_);
  return fail(std::move(diagnostic));
}

Result<json> parse_object(std::string_view body) {
  if (trim(body).empty()) return json::object();
  json document = json::parse(body, nullptr, false);
  if (document.is_discarded()) return fail("request.syntax", "the body is no valid JSON");
  if (!document.is_object()) return fail("request.invalid", "the body must be a JSON object");
  return document;
}

Fields::Fields(json document) : document_(std::make_unique<json>(std::move(document))) {}
Fields::Fields(Fields&&) noexcept = default;
Fields& Fields::operator=(Fields&&) noexcept = default;
Fields::~Fields() = default;

Result<Fields> Fields::parse(std::string_view body) {
  MIMUS_ASSIGN(json document, parse_object(body));
  return Fields(std::move(document));
}

bool Fields::has(const std::string& name) const { return document_->contains(name); }

const json* Fields::find(const std::string& name) {
  if (std::ranges::find(known_, name) == known_.end()) known_.push_back(name);
  const auto found = document_->find(name);
  return found == document_->end() ? nullptr : &*found;
}

std::optional<std::string> Fields::text(const std::string& name) {
  const json* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) return value->get<std::string>();
  add(name, "must be a text");
  return std::nullopt;
}

std::optional<std::string> Fields::text_or_null(const std::string& name) {
  const json* value = find(name);
  if (value == nullptr || value->is_null()) return std::nullopt;
  return text(name);
}

std::string Fields::required_text(const std::string& name) {
  if (find(name) == nullptr) add(name, "is missing");
  return text(name).value_or("");
}

std::optional<bool> Fields::truth(const std::string& name) {
  const json* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>();
  add(name, "must be true or false");
  return std::nullopt;
}

std::optional<std::uint64_t> Fields::natural(const std::string& name, std::uint64_t most) {
  const json* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_number_unsigned() && value->get<std::uint64_t>() <= most) return value->get<std::uint64_t>();
  add(name, "must be an integer from 0 to " + std::to_string(most));
  return std::nullopt;
}

std::optional<Fields> Fields::object(const std::string& name) {
  const json* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_object()) {
    add(name, "must be an object");
    return std::nullopt;
  }
  Fields inner(*value);
  inner.prefix_ = prefix_ + name + ".";
  return inner;
}

Status Fields::finish() {
  std::string allowed;
  for (const std::string& name : known_) allowed += (allowed.empty() ? "" : ", ") + name;
  for (const auto& [name, value] : document_->items()) {
    if (std::ranges::find(known_, name) == known_.end()) {
      add(escape_controls(name), "is not known; allowed: " + allowed);
    }
  }
  return findings_.status();
}

}  // namespace mimus::server
