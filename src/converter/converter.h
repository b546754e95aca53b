// Converters: what becomes of the values of a column, and how they declare themselves.
//
// A converter is one file in this folder: a class and a ConverterDeclaration, and a line in registry.cc. From the
// declaration come the checker's messages, `mimus converters`, completion and the reference pages.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "converter/vault.h"
#include "data/column.h"
#include "data/failure.h"
#include "descriptor/literal.h"
#include "descriptor/parameters.h"
#include "random/philox.h"

namespace mimus {

// Immutable after it was made; convert() may be called from several threads at once.
class Converter {
 public:
  virtual ~Converter() = default;

  // Converts the column in place: its `rows.count` rows, of which those that are absent are left alone. Null is a value
  // like any other, which most converters refuse. A pure function of the values, the stream and the rows; the first
  // row that cannot be converted is returned, and what the column holds then is of no use.
  [[nodiscard]] virtual std::optional<RowFailure> convert(const Rows& rows, const Stream& stream,
                                                          Column& column) const = 0;
};

// What a converter may know of the run.
struct ConverterEnvironment {
  // The vault of that name, which all that name it share; empty: nothing is kept.
  std::function<std::shared_ptr<Vault>(const std::string& name)> open_vault = {};
};

struct ConverterExample {
  std::string_view call;
  std::string_view from, to;  // as literals
};

struct ConverterDeclaration {
  std::string_view name;
  std::string_view summary;
  std::string_view takes, gives;  // kinds of values: "text", "date and time"
  std::span<const ParameterDeclaration> parameters;
  std::span<const ConverterExample> examples;
  Result<std::unique_ptr<Converter>> (*make)(const Arguments& arguments, const ConverterEnvironment& environment);
};

[[nodiscard]] std::span<const ConverterDeclaration* const> converters();
[[nodiscard]] const ConverterDeclaration* find_converter(std::string_view name);

// The converter that a call names. Fails with converter.unknown, converter.argument; `where.column` is the offset in
// the text of the call.
[[nodiscard]] Result<std::unique_ptr<Converter>> make_converter(const Call& call,
                                                                const ConverterEnvironment& environment = {});

}  // namespace mimus
