// A JSON object that a client has sent, read member by member. What is wrong is collected, so that all of it is told at
// once: a member of the wrong type, one that is missing, one that nobody asked for.
//
//   MIMUS_ASSIGN(JsonBody body, JsonBody::parse(text));
//   const std::string name = body.required_text("name");
//   const auto truth = body.boolean("is_template");
//   MIMUS_TRY(body.finish());          // before any of them is used
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace mimus::server {

class JsonBody {
 public:
  // request.syntax, request.invalid (no object). An empty body is an empty object.
  [[nodiscard]] static Result<JsonBody> parse(std::string_view body);
  JsonBody(JsonBody&&) noexcept;
  JsonBody& operator=(JsonBody&&) noexcept;
  ~JsonBody();

  [[nodiscard]] bool has(std::string_view name);
  // Nothing when the member is missing, null, or wrong.
  [[nodiscard]] std::optional<std::string> text(std::string_view name);
  [[nodiscard]] std::optional<bool> boolean(std::string_view name);
  [[nodiscard]] std::optional<std::uint64_t> natural(std::string_view name, std::uint64_t most);
  // Empty when it is wrong: finish() fails then.
  [[nodiscard]] std::string required_text(std::string_view name);
  // An object inside; its mistakes are told by its own finish().
  [[nodiscard]] std::optional<JsonBody> object(std::string_view name);
  // A mistake of the caller's finding.
  void refuse(std::string_view name, std::string message);

  // request.invalid with all that is wrong in `errors`.
  [[nodiscard]] Status finish();

 private:
  struct Document;
  explicit JsonBody(std::unique_ptr<Document> document);

  std::unique_ptr<Document> document_;
};

}  // namespace mimus::server
