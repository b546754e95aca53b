// Words of a country from the data pack: names of people, streets, cities, companies, and plans of telephone numbers.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generator/generator.h"
#include "generator/word_choice.h"
#include "pack/pack.h"
#include "random/draws.h"

namespace mimus {

using WordList = std::span<const std::string_view>;

// The tables of the pack that generators draw from.
enum class WordKind : std::uint8_t {
  GivenFemale,
  GivenMale,
  FamilyFemale,
  FamilyMale,
  AcademicTitle,
  NobilityFemale,
  NobilityMale,
  Street,
  City,
  Sector,
  CompanyStart,
  CompanyEnd,
  Webmail,
  TopLevel,
  Landline,
  Mobile,
};

// Any thread. What the country has not is taken from its language, or from the United States (Dataset).
class Words {
 public:
  // `dataset`: a country's code in any case; the pack is borrowed.
  Words(const Pack& pack, std::string_view dataset);

  [[nodiscard]] const Dataset& dataset() const { return dataset_; }
  // Made when it is first asked for.
  [[nodiscard]] const Choice& list(WordKind kind) const;
  // By the table's weights.
  [[nodiscard]] std::string_view draw(WordKind kind, Draws& draws) const { return list(kind).draw(draws.next()); }
  // The same in Latin letters, of tables of names; made-up syllables where it has none.
  [[nodiscard]] std::string draw_latin(WordKind kind, Draws& draws) const;
  // The calling code of the country, without '+'.
  [[nodiscard]] std::string_view calling_code() const { return calling_code_; }
  // Its name in its main language.
  [[nodiscard]] std::string_view country_name() const { return country_name_; }
  // Jobs are in English and German only.
  [[nodiscard]] WordList jobs() const;

 private:
  static constexpr std::size_t kKinds = static_cast<std::size_t>(WordKind::Mobile) + 1;

  Dataset dataset_;
  std::string_view calling_code_ = "1";
  std::string_view country_name_ = "United States";
  mutable std::array<std::once_flag, kKinds> made_;
  mutable std::array<std::optional<Choice>, kKinds> lists_;
};

[[nodiscard]] std::shared_ptr<const Words> words_of(const GeneratorEnvironment& environment, std::string_view dataset);

// A word of several tables, each table as likely, as a dictionary column; with `quota` < 1 otherwise an empty text.
[[nodiscard]] std::unique_ptr<Generator> make_word(const std::shared_ptr<const Words>& words,
                                                   std::span<const WordKind> kinds, double quota = 1);
// The different words of a table, in the table's order: views into the pack.
[[nodiscard]] std::vector<std::string_view> distinct_words(const PackTexts& texts);

// Each as likely.
[[nodiscard]] inline std::string_view pick(WordList words, Draws& draws) { return words[draws.below(words.size())]; }

// "bolite": as many syllables.
void append_syllables(std::string& out, Draws& draws, std::size_t count);
// Small letters and digits alone: "Nano Bot" as "nanobot".
void append_plain(std::string& out, std::string_view text);

}  // namespace mimus
