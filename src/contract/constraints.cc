#include "contract/constraints.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "contract/message_text.h"

namespace mimus::contract {
namespace {

std::optional<std::int64_t> bound_of(const DomainRequest& request, std::string_view name) {
  const Value* age = find(request.constraints, "age");
  const Value* bound = age == nullptr ? nullptr : find(*age->as_map(), name);
  return bound == nullptr ? std::nullopt : std::optional(whole_number(*bound));
}

}  // namespace

DomainError invalid_constraint(std::string_view name, std::string message, std::string hint) {
  return {.code = "invalid_constraints",
          .message = std::move(message),
          .path = "/constraints/" + std::string(name),
          .hint = std::move(hint)};
}

std::int64_t whole_number(const Value& value) {
  if (const std::int64_t* number = value.as_int()) return *number;
  if (const double* number = value.as_float()) return std::llround(*number);
  return 0;
}

Answer<AgeRange> age_range(const DomainRequest& request) {
  const auto least = bound_of(request, "min");
  const auto most = bound_of(request, "max");
  AgeRange out;
  if (least && most && *least > *most) {
    return std::unexpected(invalid_constraint(
        "age", fmt::format("age.min {} is greater than age.max {}", *least, *most), "Provide age.min <= age.max"));
  }
  out.first = least.value_or(std::min(out.first, most.value_or(out.first)));
  out.last = most.value_or(std::max(out.last, out.first));
  if (request.clock_year - out.last < 1) {
    return std::unexpected(
        invalid_constraint("age",
                           fmt::format("a person of {} years was born before the year 1 at a clock in the year {}",
                                       out.last, request.clock_year),
                           "Provide a later clock or a lower age.max"));
  }
  return out;
}

std::vector<std::string> texts_of(const DomainRequest& request, std::string_view name) {
  const Value* value = find(request.constraints, name);
  if (value == nullptr) return {};
  if (const std::string* text = value->as_text()) return {*text};
  std::vector<std::string> out;
  for (const Value& item : *value->as_list()) out.push_back(*item.as_text());
  return out;
}

std::string text_or(const DomainRequest& request, std::string_view name, std::string_view other) {
  const Value* value = find(request.constraints, name);
  return value == nullptr ? std::string(other) : *value->as_text();
}

Answer<std::vector<std::string>> chosen_words(const DomainRequest& request, std::string_view name,
                                              std::string_view plural, const std::vector<std::string>& known,
                                              std::vector<std::string> usual) {
  const std::vector<std::string> wanted = texts_of(request, name);
  if (wanted.empty()) return usual;
  std::vector<std::string> folded;
  folded.reserve(known.size());
  for (const std::string& word : known) folded.push_back(fold_case(word));
  std::vector<std::string> out;
  for (const std::string& word : wanted) {
    const auto found = std::ranges::find(folded, fold_case(word));
    if (found == folded.end()) {
      return std::unexpected(invalid_constraint(
          name, fmt::format("Unknown {} '{}' for the dataset '{}'", name, shortened(word), request.dataset.code()),
          fmt::format("Supported {}: {}", plural, listed(known))));
    }
    out.push_back(known[static_cast<std::size_t>(found - folded.begin())]);
  }
  return out;
}

std::vector<std::string> words_of(const PackTable& table, std::string_view column) {
  const PackTexts texts = table.texts(column);
  std::vector<std::string> out;
  out.reserve(texts.size());
  for (std::size_t row = 0; row < texts.size(); ++row) out.emplace_back(texts[row]);
  return out;
}

const std::string& any_of(const std::vector<std::string>& words, PythonRandom& random) {
  return words[random.below(words.size())];
}

}  // namespace mimus::contract
