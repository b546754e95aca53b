// Generators: pure functions from rows to a column of values, and how they declare themselves.
//
// A generator is one file in this folder: a class and a GeneratorDeclaration, and a line in registry.cc. From the
// declaration come the checker's messages, `mimus generators`, completion and the reference pages.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/column.h"
#include "descriptor/literal.h"
#include "descriptor/parameters.h"
#include "random/philox.h"

namespace mimus {

// Immutable after it was made; generate() may be called from several threads at once.
class Generator {
 public:
  virtual ~Generator() = default;

  // Fills `out` with a value for each row. A pure function of the stream and the rows.
  virtual void generate(const Rows& rows, const Stream& stream, Column& out) const = 0;

  // How many values there are, by position; nullopt: endless. The enclosing list or generate ends there.
  [[nodiscard]] virtual std::optional<std::uint64_t> length() const { return std::nullopt; }

  // A counter of the whole run: the position of a row is how often its statement has been carried out before.
  [[nodiscard]] virtual bool counts_run() const { return false; }
};

// What a generator may know of the run.
struct GeneratorEnvironment {
  Timestamp now;
  std::string dataset = "US";
  // Of the block of a database's sequence that is reserved for the statement: its first number.
  std::optional<std::int64_t> sequence_start = {};
};

struct GeneratorDeclaration {
  std::string_view name;
  std::string_view summary;
  Type result;
  std::span<const ParameterDeclaration> parameters;
  std::span<const std::string_view> examples;
  Result<std::unique_ptr<Generator>> (*make)(const Arguments& arguments, const GeneratorEnvironment& environment);
  bool keywords_only = false;
  // It takes `rng` too, a seed: equal seeds give equal sequences, wherever the statement stands.
  bool takes_rng = false;
  // Arguments are not looked at.
  bool ignores_arguments = false;
  // Instead of `parameters`: a call with any arguments.
  Result<std::unique_ptr<Generator>> (*make_of_call)(const Call& call,
                                                     const GeneratorEnvironment& environment) = nullptr;
};

[[nodiscard]] std::span<const GeneratorDeclaration* const> generators();
[[nodiscard]] const GeneratorDeclaration* find_generator(std::string_view name);

// The generator that a call names. Fails with generator.unknown, generator.argument …; `where.column` is the offset in
// the text of the call.
[[nodiscard]] Result<std::unique_ptr<Generator>> make_generator(const Call& call,
                                                                const GeneratorEnvironment& environment);

// A random value of a simple type, as when a key has nothing but a type: 0 to 20 letters, 0 to 100, [0, 100), a coin.
[[nodiscard]] std::unique_ptr<Generator> make_random_string();
[[nodiscard]] std::unique_ptr<Generator> make_random_int();
[[nodiscard]] std::unique_ptr<Generator> make_random_float();
[[nodiscard]] std::unique_ptr<Generator> make_random_bool();

// Texts that match a regular expression (pattern.cc). Fails with pattern.syntax, the offset in `where.column`.
[[nodiscard]] Result<std::unique_ptr<Generator>> make_pattern(std::string_view pattern);

// One of many values, each as likely, or by weights; drawn by stream.
[[nodiscard]] std::unique_ptr<Generator> make_choice(std::shared_ptr<const Column> values);
[[nodiscard]] std::unique_ptr<Generator> make_weighted_choice(std::shared_ptr<const Column> values,
                                                              std::span<const double> weights);

}  // namespace mimus
