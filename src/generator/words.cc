#include "generator/words.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace mimus {
namespace {

constexpr std::string_view kTables[] = {"given_female",   "given_male",      "family_female", "family_male",
                                        "academic_title", "nobility_female", "nobility_male", "street",
                                        "city",           "sector",          "company_start", "company_end",
                                        "webmail",        "top_level",       "landline",      "mobile"};

constexpr std::string_view kJobs[] = {
    "Accountant",   "Architect", "Baker",     "Carpenter",         "Chemist", "Civil engineer",
    "Data analyst", "Dentist",   "Editor",    "Electrician",       "Farmer",  "Firefighter",
    "Journalist",   "Lawyer",    "Librarian", "Mechanic",          "Nurse",   "Pharmacist",
    "Photographer", "Physician", "Plumber",   "Software engineer", "Teacher", "Translator"};
constexpr std::string_view kGermanJobs[] = {
    "Arzt",    "Architektin",   "Bäcker",  "Buchhalterin", "Chemiker",   "Dachdecker", "Elektriker", "Erzieherin",
    "Förster", "Friseurin",     "Gärtner", "Ingenieurin",  "Journalist", "Kauffrau",   "Koch",       "Lehrerin",
    "Maler",   "Mechatroniker", "Notarin", "Pfleger",      "Richterin",  "Schreiner",  "Tierärztin", "Übersetzer"};

}  // namespace

Words::Words(const Pack& pack, std::string_view dataset) : dataset_(pack, dataset) {
  const PackTable countries = dataset_.table("country");
  const PackTexts codes = countries.texts("iso");
  // The last row that fits counts: those of the United States stand in where there is none of the country.
  for (const std::string_view wanted : {std::string_view("US"), std::string_view(dataset_.code())}) {
    for (std::size_t row = 0; row < codes.size(); ++row) {
      if (codes[row] != wanted) continue;
      if (!countries.texts("phone")[row].empty()) calling_code_ = countries.texts("phone")[row];
      country_name_ = countries.texts("name")[row];
    }
  }
}

const Choice& Words::list(WordKind kind) const {
  const auto at = static_cast<std::size_t>(kind);
  std::call_once(made_[at], [&] { lists_[at].emplace(dataset_.table(kTables[at])); });
  return *lists_[at];
}

std::string Words::draw_latin(WordKind kind, Draws& draws) const {
  const Choice& names = list(kind);
  const PackTexts latin = names.table().texts("latin");
  const std::uint32_t row = names.pick(draws.next());
  std::string out;
  if (row < latin.size()) out = latin[row];
  if (out.empty()) append_syllables(out, draws, 3);
  return out;
}

WordList Words::jobs() const { return dataset_.language() == "de" ? WordList(kGermanJobs) : WordList(kJobs); }

std::shared_ptr<const Words> words_of(const GeneratorEnvironment& environment, std::string_view dataset) {
  if (environment.pack != &Pack::built_in()) return std::make_shared<const Words>(*environment.pack, dataset);
  // Those of the program's pack are the same for all: expressions ask for them in each row.
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const Words>, std::less<>> known;
  const std::lock_guard lock(mutex);
  std::string code = Dataset(*environment.pack, dataset).code();
  std::shared_ptr<const Words>& words = known[std::move(code)];
  if (!words) words = std::make_shared<const Words>(*environment.pack, dataset);
  return words;
}

std::unique_ptr<Generator> make_word(const std::shared_ptr<const Words>& words, std::span<const WordKind> kinds,
                                     double quota) {
  std::vector<PackTexts> lists;
  std::vector<double> weights;
  for (const WordKind kind : kinds) {
    const PackTable table = words->list(kind).table();
    const auto own = table.floats("weight");
    double sum = 0;
    for (const double weight : own) sum += weight;
    const double share = quota / static_cast<double>(kinds.size());
    for (std::size_t row = 0; row < table.rows(); ++row) {
      weights.push_back(own.empty() ? share / static_cast<double>(table.rows()) : share * own[row] / sum);
    }
    lists.push_back(table.first_texts());
  }
  auto column = std::make_shared<Column>(*words_of(lists));
  if (weights.empty()) return make_choice(std::move(column));
  if (quota < 1) {
    column->texts.emplace_back();
    ++column->size;
    weights.push_back(1 - quota);
  }
  return make_weighted_choice(std::move(column), weights);
}

std::vector<std::string_view> distinct_words(const PackTexts& texts) {
  std::vector<std::string_view> out;
  std::unordered_set<std::string_view> seen;
  for (std::size_t row = 0; row < texts.size(); ++row) {
    if (!texts[row].empty() && seen.insert(texts[row]).second) out.push_back(texts[row]);
  }
  return out;
}

void append_syllables(std::string& out, Draws& draws, std::size_t count) {
  std::uint64_t draw = draws.next();
  for (std::size_t k = 0; k < count; ++k) {
    out += "bdfghjklmnprstvyz"[draw % 17];
    draw /= 17;
    out += "aeiou"[draw % 5];
    draw /= 5;
  }
}

void append_plain(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
}

}  // namespace mimus
