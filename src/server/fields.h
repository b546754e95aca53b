// The members of small JSON bodies. Errors: request.syntax; request.invalid, whose `fields` name each wrong member, so
// that all of it is told at once.
//
//   MIMUS_ASSIGN(Fields fields, Fields::parse(body));
//   const auto name = fields.text("name");         // none when it is absent
//   const auto email = fields.required_text("email");
//   MIMUS_TRY(fields.finish());                     // also for members that nobody has asked for
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace mimus::server {

class Findings {
 public:
  void add(const std::string& field, std::string message) { fields_.emplace_back(field, std::move(message)); }
  // request.invalid when there are any.
  [[nodiscard]] Status status();

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// An empty body is an empty object.
[[nodiscard]] Result<nlohmann::json> parse_object(std::string_view body);

class Fields {
 public:
  [[nodiscard]] static Result<Fields> parse(std::string_view body);
  Fields(Fields&&) noexcept;
  Fields& operator=(Fields&&) noexcept;
  ~Fields();

  [[nodiscard]] bool has(const std::string& name) const;
  [[nodiscard]] std::optional<std::string> text(const std::string& name);
  [[nodiscard]] std::string required_text(const std::string& name);  // empty, and a finding, when it is absent
  [[nodiscard]] std::optional<bool> truth(const std::string& name);
  // From 0 to `most`.
  [[nodiscard]] std::optional<std::uint64_t> natural(const std::string& name, std::uint64_t most);
  // An object inside; its mistakes are told by its own finish().
  [[nodiscard]] std::optional<Fields> object(const std::string& name);
  // null counts as present: `has` tells them apart.
  [[nodiscard]] std::optional<std::string> text_or_null(const std::string& name);
  // A text that `parse_word` knows; `allowed` names them: "viewer, editor or owner".
  template <class T>
  [[nodiscard]] std::optional<T> choice(const std::string& name, std::optional<T> (*parse_word)(std::string_view),
                                        std::string_view allowed) {
    const auto word = text(name);
    if (!word) return std::nullopt;
    auto value = parse_word(*word);
    if (!value) add(name, "must be " + std::string(allowed));
    return value;
  }
  void add(const std::string& name, std::string message) { findings_.add(prefix_ + name, std::move(message)); }

  // request.invalid, also when there are members that were not asked for.
  [[nodiscard]] Status finish();

 private:
  explicit Fields(nlohmann::json document);
  const nlohmann::json* find(const std::string& name);

  std::unique_ptr<nlohmann::json> document_;
  std::string prefix_;  // of the names of members in messages: "settings."
  std::vector<std::string> known_;
  Findings findings_;
};

}  // namespace mimus::server
