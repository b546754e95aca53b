#include "generator/word_choice.h"

#include <algorithm>

namespace mimus {
namespace {

std::vector<double> weights_of(const PackTable& table) {
  const auto weights = table.floats("weight");
  if (!weights.empty()) return {weights.begin(), weights.end()};
  return std::vector<double>(std::max<std::size_t>(table.rows(), 1), 1.0);
}

}  // namespace

std::shared_ptr<const Column> words_of(const std::vector<PackTexts>& lists) {
  auto out = std::make_shared<Column>();
  std::size_t count = 0;
  for (const PackTexts& list : lists) count += list.size();
  out->reset(Type::String, std::max<std::size_t>(count, 1));
  std::string_view* texts = out->make_texts();
  for (const PackTexts& list : lists) {
    for (std::size_t row = 0; row < list.size(); ++row) *texts++ = list[row];
  }
  out->clean = std::ranges::all_of(out->texts, is_clean_text);
  return out;
}

Choice::Choice(const PackTable& table)
    : table_(table), rows_(weights_of(table)), words_(words_of({table.first_texts()})) {}

}  // namespace mimus
