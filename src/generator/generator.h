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
#include "pack/pack.h"
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

  // ---- different values for all rows

  // Values never repeat anyway: identifiers of many random bits, counters.
  [[nodiscard]] virtual bool never_repeats() const { return false; }
  // How many different values there are, when each can be made from its number; 0: they have no numbers.
  [[nodiscard]] virtual std::uint64_t domain() const { return 0; }
  // out[k] = the value of numbers[k] < domain(), with more randomness of the rows' where the number leaves some: other
  // numbers, other values.
  virtual void generate_at(const Rows& rows, const Stream& stream, const std::uint64_t* numbers, Column& out) const;
  // For how many rows there are values.
  [[nodiscard]] virtual std::uint64_t supply() const { return UINT64_MAX; }
};

// What a generator may know of the run.
struct GeneratorEnvironment {
  Timestamp now;
  std::string dataset = "US";
  // Of the block of a database's sequence that is reserved for the statement: its first number.
  std::optional<std::int64_t> sequence_start = {};
  ReadFile read_file = {};
  const Pack* pack = &Pack::built_in();
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

// The same generator with each of its values once, in random order, by a keyed permutation of their numbers (Black and
// Rogaway, "Ciphers with arbitrary finite domains", 2002). Fails with unique.unavailable when they have no numbers.
[[nodiscard]] Result<std::shared_ptr<const Generator>> make_unique_values(std::shared_ptr<const Generator> generator);
// Domains are cut at this: enough for all rows.
inline constexpr std::uint64_t kMostNumbers = std::uint64_t{1} << 62U;

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
