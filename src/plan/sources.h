// Sources by their names in a descriptor: files below the project's folder, and memstores.
#pragma once

#include <memory>

#include "base/result.h"
#include "plan/scope.h"
#include "source/source.h"

namespace mimus {

// Failures of all functions have the attribute's place.

[[nodiscard]] Result<WeightedValues> open_weights(const AttributeText& source, char separator, const SetupScope& scope);

// A .csv or .json file, or a memstore's records of `type`. source.unknown when it is neither.
[[nodiscard]] Result<OpenedSource> open_source(const AttributeText& source, const std::string& type, char separator,
                                               const SetupScope& scope);

// The records that an expression gives: a list of dicts, or one dict. Fails with generate.script.
[[nodiscard]] Result<std::shared_ptr<const Source>> rows_of_value(const Value& value, std::string_view label);

// The records themselves.
[[nodiscard]] Result<ValueList> records_of_value(const Value& value, std::string_view label);

}  // namespace mimus
