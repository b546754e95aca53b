// What <key>, <element>, <variable> and others have in common: the ways to a value, the options of a source, and the
// rules about which attributes go together.
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include "descriptor/model.h"
#include "descriptor/reader.h"

namespace mimus {

// A finding unless the text is one character that may separate fields.
void check_separator(const ElementReader& reader, const AttributeText& separator);

// variablePrefix and variableSuffix; empty ones count as not given.
[[nodiscard]] TextMarks read_marks(const ElementReader& reader, const SetupDefaults& defaults);

// Every option of a source that the element has.
[[nodiscard]] SourceOptions read_source_options(const ElementReader& reader, const SetupDefaults& defaults);

[[nodiscard]] std::optional<std::uint64_t> read_seed(const ElementReader& reader);

// A finding for each of the attributes that is given while none of `owners` is.
void check_dependent(const ElementReader& reader, std::string_view code, std::initializer_list<std::string_view> owners,
                     std::initializer_list<std::string_view> attributes);

// The way to the value of a <variable>, or of a <key> or <element>, with the rules that say which ways exclude each
// other. Of several ways that are allowed together only the one that counts is kept.
[[nodiscard]] ValueWay read_variable_way(const ElementReader& reader);
[[nodiscard]] ValueWay read_field_way(const ElementReader& reader);

// `outDateFormat` makes texts.
void check_date_type(const ElementReader& reader, const std::optional<AttributeText>& format,
                     const std::optional<SimpleType>& type);

}  // namespace mimus
