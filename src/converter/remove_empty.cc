// Records and lists without what is empty in them: null, "", [], {}; what becomes empty by that goes too.
#include "converter/scalar.h"

namespace mimus {
namespace {

constexpr int kMaxDepth = 200;

bool is_empty(const Value& value) {
  if (value.is_null()) return true;
  if (const std::string* text = value.as_text()) return text->empty();
  if (const ValueList* list = value.as_list()) return list->empty();
  if (const ValueMap* map = value.as_map()) return map->empty();
  return false;
}

Value without_empty(const Value& value, int depth) {
  if (depth > kMaxDepth) return value;
  if (const ValueList* list = value.as_list()) {
    ValueList out;
    for (const Value& item : *list) {
      Value kept = without_empty(item, depth + 1);
      if (!is_empty(kept)) out.push_back(std::move(kept));
    }
    return Value::list(std::move(out));
  }
  if (const ValueMap* map = value.as_map()) {
    ValueMap out;
    for (const auto& [name, item] : *map) {
      Value kept = without_empty(item, depth + 1);
      if (!is_empty(kept)) out.emplace_back(name, std::move(kept));
    }
    return Value::map(std::move(out));
  }
  return value;
}

class RemoveEmpty final : public ScalarConverter {
 protected:
  [[nodiscard]] Result<Value> convert_value(const Value& value) const override { return without_empty(value, 0); }
};

constexpr ConverterExample kExamples[] = {
    {"RemoveNoneOrEmptyElement", "{'a': None, 'b': 0, 'c': {'d': ''}, 'e': [None, 1]}", "{'b': 0, 'e': [1]}"}};

}  // namespace

extern const ConverterDeclaration kRemoveNoneOrEmptyElement{
    .name = "RemoveNoneOrEmptyElement",
    .summary = "the record or list without null, empty texts, empty lists and empty records, at any depth",
    .takes = "any",
    .gives = "any",
    .parameters = {},
    .examples = kExamples,
    .make = [](const Arguments&, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      return std::make_unique<RemoveEmpty>();
    },
};

}  // namespace mimus
