// What the domains read of their constraints, and the words they draw from. Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contract/domain.h"

namespace mimus::contract {

// JSON Schema of the constraint `age`.
inline constexpr std::string_view kAgeSchema =
    R"("age": {"type": "object", "additionalProperties": false, "properties": {
         "min": {"type": "integer", "minimum": 0, "maximum": 120},
         "max": {"type": "integer", "minimum": 0, "maximum": 120}}})";

[[nodiscard]] DomainError invalid_constraint(std::string_view name, std::string message, std::string hint);

// A whole number that the schema has let through.
[[nodiscard]] std::int64_t whole_number(const Value& value);

struct AgeRange {
  std::int64_t first = 18;
  std::int64_t last = 85;
};
// The constraint `age`; of a bound that is missing the default, or the other bound where that is beyond it.
[[nodiscard]] Answer<AgeRange> age_range(const DomainRequest& request);

// A constraint that is a text or a list of texts; none when it is not there.
[[nodiscard]] std::vector<std::string> texts_of(const DomainRequest& request, std::string_view name);
// One that is a text.
[[nodiscard]] std::string text_or(const DomainRequest& request, std::string_view name, std::string_view other);

// The words that the constraint `name` asks for, as they stand in `known`, whatever the case; all of `usual` when there
// is no such constraint. `plural` names them in the error: "specialties".
[[nodiscard]] Answer<std::vector<std::string>> chosen_words(const DomainRequest& request, std::string_view name,
                                                            std::string_view plural,
                                                            const std::vector<std::string>& known,
                                                            std::vector<std::string> usual);

// The words of a table's column.
[[nodiscard]] std::vector<std::string> words_of(const PackTable& table, std::string_view column = "name");
// Any of them, each as likely as the other.
[[nodiscard]] const std::string& any_of(const std::vector<std::string>& words, PythonRandom& random);

}  // namespace mimus::contract
