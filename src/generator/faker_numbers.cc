// Faker: numbers, letters, codes with check digits, banks and cards, hashes, places on earth, Python's types.
#include <array>
#include <cmath>

#include "base/check_digit.h"
#include "base/text.h"
#include "generator/faker.h"
#include "generator/identifiers.h"
#include "generator/national_ids.h"

namespace mimus {
namespace {

using Scope = FakerScope;
using Made = Result<std::unique_ptr<Generator>>;

std::unexpected<Diagnostic> wrong(std::string message) { return fail("generator.argument", std::move(message)); }

// Whole numbers first, first + step, …
std::unique_ptr<Generator> whole(std::int64_t first, std::int64_t last, std::int64_t step = 1) {
  const std::uint64_t count =
      (static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first)) / static_cast<std::uint64_t>(step) + 1;
  class Whole final : public Generator {
   public:
    Whole(std::int64_t least, std::uint64_t number, std::int64_t distance)
        : first_(least), count_(number), step_(distance) {}
    void generate(const Rows& rows, const Stream& stream, Column& out) const override {
      out.reset(Type::Int64, rows.count);
      std::int64_t* values = out.make_ints();
      auto* draws = reinterpret_cast<std::uint64_t*>(values);
      stream.fill(rows, 0, draws);
      for (std::size_t k = 0; k < rows.count; ++k) {
        values[k] = first_ + static_cast<std::int64_t>(bounded(draws[k], count_)) * step_;
      }
    }

   private:
    std::int64_t first_;
    std::uint64_t count_;
    std::int64_t step_;
  };
  return std::make_unique<Whole>(first, count, step);
}

// Floats with so many digits after the point.
double rounded(double value, int digits) {
  double power = 1;
  for (int k = 0; k < digits; ++k) power *= 10;
  return std::nearbyint(value * power) / power;
}

constexpr ParameterDeclaration kInt[] = {{"min", ParameterType::Int, "0", "", "least number"},
                                         {"max", ParameterType::Int, "9999", "at least min", "greatest number"},
                                         {"step", ParameterType::Int, "1", "at least 1", "distance of two numbers"}};
constexpr ParameterDeclaration kPyInt[] = {
    {"min_value", ParameterType::Int, "0", "", "least number"},
    {"max_value", ParameterType::Int, "9999", "at least min_value", "greatest number"},
    {"step", ParameterType::Int, "1", "at least 1", "distance of two numbers"}};
Made make_int(std::int64_t min, std::int64_t max, std::int64_t step) {
  if (min > max || step < 1 || max - min < 0) return wrong("min must be at most max, and step at least 1");
  return whole(min, max, step);
}
Made make_random_int_of(const Arguments& arguments, const Scope&) {
  return make_int(arguments.integer("min"), arguments.integer("max"), arguments.integer("step"));
}
Made make_py_int(const Arguments& arguments, const Scope&) {
  return make_int(arguments.integer("min_value"), arguments.integer("max_value"), arguments.integer("step"));
}

constexpr ParameterDeclaration kNumber[] = {
    {"digits", ParameterType::Int, "", "0 to 18; otherwise 1 to 9", "number of digits", true},
    {"fix_len", ParameterType::Bool, "False", "", "exactly so many digits"}};
Made make_number(const Arguments& arguments, const Scope&) {
  const std::int64_t given = arguments.has("digits") ? arguments.integer("digits") : -1;
  if (given > 18 || (arguments.has("digits") && given < 0)) return wrong("digits must be from 0 to 18");
  const bool fixed = arguments.boolean("fix_len");
  if (fixed && given == 0) return wrong("a number of fixed length needs digits of at least 1");
  return make_values([given, fixed](Draws& draws) {
    const std::int64_t digits = given < 0 ? draws.between(1, 9) : given;
    std::int64_t power = 1;
    for (std::int64_t k = 1; k < digits; ++k) power *= 10;
    if (digits == 0) return Value(std::int64_t{0});
    return Value(draws.between(fixed ? power : 0, power * 10 - 1));
  });
}

template <std::int64_t First, std::int64_t Last>
Made make_between(const Arguments&, const Scope&) {
  return whole(First, Last);
}

// A digit or, as often as not, an empty text.
template <std::int64_t First>
Made make_digit_or_empty(const Arguments&, const Scope&) {
  return make_values(
      [](Draws& draws) { return draws.below(2) == 0 ? Value(std::string()) : Value(draws.between(First, 9)); });
}

// ---- texts by a mask

constexpr ParameterDeclaration kText[] = {{"text", ParameterType::String, "###", "# % ! @ are digits", "the mask"}};
constexpr ParameterDeclaration kLexify[] = {
    {"text", ParameterType::String, "????", "? is a letter", "the mask"},
    {"letters", ParameterType::String, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "", "the letters"}};
constexpr ParameterDeclaration kBothify[] = {
    {"text", ParameterType::String, "## ??", "# is a digit, ? a letter", "the mask"},
    {"letters", ParameterType::String, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "", "the letters"}};
constexpr ParameterDeclaration kHexify[] = {
    {"text", ParameterType::String, "^^^^", "^ is a hexadecimal digit", "the mask"},
    {"upper", ParameterType::Bool, "False", "", "capital letters"}};

void fill_mask(Draws& draws, std::string& out, std::string_view mask, bool digits, std::string_view letters) {
  for (const char c : mask) {
    if (digits && c == '#') {
      out += static_cast<char>('0' + draws.below(10));
    } else if (digits && c == '%') {
      out += static_cast<char>('1' + draws.below(9));
    } else if (digits && c == '!') {
      if (draws.below(2) == 0) append_digits(out, draws, 1);
    } else if (digits && c == '@') {
      if (draws.below(2) == 0) out += static_cast<char>('1' + draws.below(9));
    } else if (c == '?' && !letters.empty()) {
      append_from(out, draws, 1, letters);
    } else {
      out += c;
    }
  }
}
Made make_numerify(const Arguments& arguments, const Scope&) {
  return make_text(
      [mask = arguments.text("text")](Draws& draws, std::string& out) { fill_mask(draws, out, mask, true, ""); });
}
template <bool Digits>
Made make_letters_of(const Arguments& arguments, const Scope&) {
  return make_text([mask = arguments.text("text"), letters = arguments.text("letters")](
                       Draws& draws, std::string& out) { fill_mask(draws, out, mask, Digits, letters); });
}
Made make_hexify(const Arguments& arguments, const Scope&) {
  return make_text([mask = arguments.text("text"), upper = arguments.boolean("upper")](Draws& draws, std::string& out) {
    for (const char c : mask) out += c != '^' ? c : (upper ? "0123456789ABCDEF" : "0123456789abcdef")[draws.below(16)];
  });
}

constexpr ParameterDeclaration kElements[] = {{"elements", ParameterType::Any, "", "a list or a text", "one of these"}};
Made make_element(const Arguments& arguments, const Scope&) {
  ValueList items{Value(std::string("a")), Value(std::string("b")), Value(std::string("c"))};
  if (arguments.has("elements")) {
    const Value& given = arguments.value("elements");
    if (given.as_list() == nullptr || given.as_list()->empty())
      return wrong("elements must be a list that is not empty");
    items = *given.as_list();
  }
  return make_choice(column_of(items));
}

// ---- bar codes, books

constexpr ParameterDeclaration kEan[] = {{"length", ParameterType::Int, "13", "13, 8", "number of digits"},
                                         {"prefixes", ParameterType::Texts, "", "digits", "begins with one of these"}};
void append_ean(Draws& draws, std::string& out, std::size_t length, std::string_view prefix) {
  std::string digits(prefix.substr(0, length - 1));
  append_digits(digits, draws, length - 1 - digits.size());
  out += digits + gs1_digit(digits);
}
Made make_ean(const Arguments& arguments, const Scope&) {
  const std::int64_t length = arguments.integer("length");
  if (length != 8 && length != 13) return wrong("length must be 8 or 13, but is " + std::to_string(length));
  std::vector<std::string> prefixes{""};
  if (arguments.has("prefixes")) prefixes = arguments.texts("prefixes");
  for (const std::string& prefix : prefixes) {
    if (prefix.find_first_not_of("0123456789") != std::string::npos) return wrong("prefixes must be digits");
  }
  if (prefixes.empty()) prefixes.emplace_back();
  return make_text([=](Draws& draws, std::string& out) {
    append_ean(draws, out, static_cast<std::size_t>(length), prefixes[draws.below(prefixes.size())]);
  });
}
void ean13(const Scope&, Draws& draws, std::string& out) { append_ean(draws, out, 13, ""); }
void ean8(const Scope&, Draws& draws, std::string& out) { append_ean(draws, out, 8, ""); }
void upc(const Scope&, Draws& draws, std::string& out) { append_ean(draws, out, 12, ""); }

char mod_11_character(std::string_view digits) {
  int sum = 0;
  int weight = static_cast<int>(digits.size()) + 1;
  for (const char c : digits) sum += (c - '0') * weight--;
  const int check = (11 - sum % 11) % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

constexpr ParameterDeclaration kSeparator[] = {{"separator", ParameterType::String, "-", "", "what stands between"}};
// Group, publisher (two to five digits), title, check digit.
std::string book(Draws& draws, std::string_view prefix, const std::string& separator, std::size_t digits) {
  std::string body = draws.below(2) == 0 ? "0" : "1";
  if (digits == 8) body.clear();
  const std::size_t start = body.size();
  append_digits(body, draws, 8);
  const std::size_t publisher = 2 + draws.below(4);
  const std::string all = std::string(prefix) + body;
  const char check = prefix.empty() ? mod_11_character(body) : gs1_digit(all);
  std::string out;
  if (!prefix.empty()) out.append(prefix).append(separator);
  if (start > 0) out.append(body.substr(0, 1)).append(separator);
  out.append(body.substr(start, publisher)).append(separator).append(body.substr(start + publisher));
  return out + separator + check;
}
template <int Kind>
Made make_book(const Arguments& arguments, const Scope&) {
  return make_text([separator = arguments.text("separator")](Draws& draws, std::string& out) {
    const std::string_view prefix = Kind != 13 ? "" : draws.below(10) == 0 ? "979" : "978";
    out += book(draws, prefix, separator, Kind == 9 ? 8 : 9);
  });
}

// ---- banks and cards

std::string_view bank_country(const Scope& scope) {
  return iban_form(scope.country).empty() ? std::string_view("GB") : std::string_view(scope.country);
}

constexpr ParameterDeclaration kSwift[] = {
    {"length", ParameterType::Int, "", "8, 11; otherwise either", "number of characters", true},
    {"primary", ParameterType::Bool, "False", "", "of 11 characters: ends in XXX"},
    {"use_dataset", ParameterType::Bool, "False", "", "has no effect"}};
Made make_swift(const Arguments& arguments, const Scope& scope) {
  const std::int64_t length = arguments.has("length") ? arguments.integer("length") : 0;
  if (length != 0 && length != 8 && length != 11) return wrong("length must be 8 or 11");
  return make_text([=, primary = arguments.boolean("primary")](Draws& draws, std::string& out) {
    const std::size_t own = length == 0 ? (draws.below(2) == 0 ? 8 : 11) : static_cast<std::size_t>(length);
    append_bic(out, draws, bank_country(scope), own == 11 && primary ? 8 : own);
    if (own == 11 && primary) out += "XXX";
  });
}

constexpr ParameterDeclaration kCard[] = {{"card_type", ParameterType::String, "",
                                           "amex, diners, discover, jcb, maestro, mastercard, visa", "the network",
                                           true}};
Result<const CardNetwork*> network_of(const Arguments& arguments) {
  const std::string name = arguments.text_or("card_type", "");
  if (name.empty()) return nullptr;
  const CardNetwork* network = find_card_network(name);
  if (network == nullptr) return wrong("unknown card_type '" + name.substr(0, 40) + "'");
  return network;
}
const CardNetwork& some_network(const CardNetwork* given, Draws& draws) {
  return given != nullptr ? *given : card_networks()[draws.below(card_networks().size())];
}
Made make_card_number(const Arguments& arguments, const Scope&) {
  MIMUS_ASSIGN(const CardNetwork* network, network_of(arguments));
  return make_text(
      [network](Draws& draws, std::string& out) { append_card_number(out, draws, some_network(network, draws)); });
}
Made make_card_provider(const Arguments& arguments, const Scope&) {
  MIMUS_ASSIGN(const CardNetwork* network, network_of(arguments));
  return make_text([network](Draws& draws, std::string& out) { out += some_network(network, draws).title; });
}
Made make_card_code(const Arguments& arguments, const Scope&) {
  MIMUS_ASSIGN(const CardNetwork* network, network_of(arguments));
  return make_text([network](Draws& draws, std::string& out) {
    append_digits(out, draws, some_network(network, draws).code_length);
  });
}
void append_expiry(const Scope& scope, Draws& draws, std::string& out) {
  const Civil today = civil_from(scope.now);
  append_padded(out, 1 + draws.below(12), 2);
  out += '/';
  append_padded(out, static_cast<std::uint64_t>(today.year + 1 + static_cast<int>(draws.below(10))) % 100, 2);
}
Made make_card(const Arguments& arguments, const Scope& scope) {
  MIMUS_ASSIGN(const CardNetwork* given, network_of(arguments));
  return make_text([=](Draws& draws, std::string& out) {
    const CardNetwork& network = some_network(given, draws);
    out.append(network.title).append("\n");
    append_full_name(scope, draws, out);
    out += '\n';
    append_card_number(out, draws, network);
    out += ' ';
    append_expiry(scope, draws, out);
    out += network.code_length == 4 ? "\nCID: " : "\nCVC: ";
    append_digits(out, draws, network.code_length);
    out += '\n';
  });
}
void aba(const Scope&, Draws& draws, std::string& out) {
  constexpr int kWeights[] = {3, 7, 1, 3, 7, 1, 3, 7};
  std::string digits;
  append_padded(digits, 1 + draws.below(12), 2);
  append_digits(digits, draws, 6);
  out += digits + static_cast<char>('0' + (10 - weighted_sum(digits, kWeights) % 10) % 10);
}

// ---- places on earth

Value degrees(Draws& draws, double most) { return Value(rounded((draws.fraction() * 2 - 1) * most, 6)); }
Made make_latitude(const Arguments&, const Scope&) {
  return make_values([](Draws& draws) { return degrees(draws, 90); });
}
Made make_longitude(const Arguments&, const Scope&) {
  return make_values([](Draws& draws) { return degrees(draws, 180); });
}
constexpr ParameterDeclaration kCoordinate[] = {
    {"center", ParameterType::Float, "", "-180 to 180", "the middle of the range", true},
    {"radius", ParameterType::Float, "0.001", "", "half of the range"}};
Made make_coordinate(const Arguments& arguments, const Scope&) {
  if (!arguments.has("center")) return make_values([](Draws& draws) { return degrees(draws, 180); });
  return make_values([center = arguments.number("center"), radius = arguments.number("radius")](Draws& draws) {
    return Value(rounded(center + (draws.fraction() * 2 - 1) * radius, 6));
  });
}
Made make_place(const Arguments&, const Scope&) {
  return make_values([](Draws& draws) {
    ValueList both{degrees(draws, 90)};
    both.push_back(degrees(draws, 180));
    return Value::tuple(std::move(both));
  });
}

// ---- truths, floats, texts of any kind

constexpr ParameterDeclaration kChance[] = {
    {"chance_of_getting_true", ParameterType::Int, "50", "0 to 100", "of 100 values, so many are True"}};
Made make_boolean(const Arguments& arguments, const Scope&) {
  return make_values([chance = arguments.integer("chance_of_getting_true")](Draws& draws) {
    return Value(draws.between(1, 100) <= chance);
  });
}
Made make_null_boolean(const Arguments&, const Scope&) {
  return make_values([](Draws& draws) {
    const std::uint64_t which = draws.below(3);
    return which == 2 ? Value() : Value(which == 0);
  });
}
constexpr ParameterDeclaration kFloat[] = {
    {"left_digits", ParameterType::Int, "", "0 to 15", "digits before the point", true},
    {"right_digits", ParameterType::Int, "", "0 to 15", "digits after the point", true},
    {"positive", ParameterType::Bool, "False", "", "greater than 0", true},
    {"min_value", ParameterType::Float, "", "", "least number", true},
    {"max_value", ParameterType::Float, "", "", "greatest number", true}};
Made make_float(const Arguments& arguments, const Scope&) {
  const auto digits = [&](std::string_view name, std::int64_t otherwise) {
    return arguments.has(name) ? arguments.integer(name) : otherwise;
  };
  const std::int64_t left = digits("left_digits", 5);
  const std::int64_t right = digits("right_digits", 6);
  if (left < 0 || right < 0 || left + right > 15) return wrong("left_digits and right_digits are 15 together at most");
  const double most = std::pow(10, left) - 1;
  const double high = arguments.has("max_value") ? arguments.number("max_value") : most;
  const double low = arguments.has("min_value")      ? arguments.number("min_value")
                     : arguments.boolean("positive") ? 0.0
                                                     : std::min(-most, high);
  if (!(low <= high) || !std::isfinite(high - low)) return wrong("min_value must be at most max_value");
  return make_values(
      [=](Draws& draws) { return Value(rounded(low + draws.fraction() * (high - low), static_cast<int>(right))); });
}
constexpr ParameterDeclaration kStr[] = {
    {"min_chars", ParameterType::Int, "", "at least 0", "least length", true},
    {"max_chars", ParameterType::Int, "20", "at most 1,000,000", "greatest length"},
    {"prefix", ParameterType::String, "", "", "what stands first", true},
    {"suffix", ParameterType::String, "", "", "what stands last", true}};
Made make_str(const Arguments& arguments, const Scope&) {
  const std::int64_t max = arguments.integer("max_chars");
  const std::int64_t min = arguments.has("min_chars") ? arguments.integer("min_chars") : max;
  if (min < 0 || min > max || max > 1'000'000) return wrong("min_chars must be from 0 to max_chars, at most 1000000");
  return make_text([=, prefix = arguments.text_or("prefix", ""), suffix = arguments.text_or("suffix", "")](
                       Draws& draws, std::string& out) {
    out += prefix;
    append_from(out, draws, static_cast<std::size_t>(draws.between(min, max)),
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    out += suffix;
  });
}
constexpr ParameterDeclaration kPassword[] = {
    {"length", ParameterType::Int, "10", "4 to 10,000", "number of characters"},
    {"special_chars", ParameterType::Bool, "True", "", "at least one of !@#$%^&*()_+"},
    {"digits", ParameterType::Bool, "True", "", "at least one digit"},
    {"upper_case", ParameterType::Bool, "True", "", "at least one capital letter"},
    {"lower_case", ParameterType::Bool, "True", "", "at least one small letter"}};
Made make_password(const Arguments& arguments, const Scope&) {
  std::vector<std::string_view> sets;
  if (arguments.boolean("special_chars")) sets.emplace_back("!@#$%^&*()_+");
  if (arguments.boolean("digits")) sets.emplace_back("0123456789");
  if (arguments.boolean("upper_case")) sets.emplace_back("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  if (arguments.boolean("lower_case")) sets.emplace_back("abcdefghijklmnopqrstuvwxyz");
  std::string all;
  for (const std::string_view set : sets) all += set;
  const std::int64_t length = arguments.integer("length");
  if (sets.empty() || length < std::ssize(sets) || length > 10'000) {
    return wrong("a password needs one kind of characters at least, and a length for all of them, at most 10000");
  }
  return make_text([=](Draws& draws, std::string& out) {
    const std::size_t start = out.size();
    for (const std::string_view set : sets) append_from(out, draws, 1, set);
    append_from(out, draws, static_cast<std::size_t>(length) - sets.size(), all);
    for (std::size_t k = static_cast<std::size_t>(length) - 1; k > 0; --k) {
      std::swap(out[start + k], out[start + draws.below(k + 1)]);
    }
  });
}

template <std::size_t Digits>
void hex_digits(const Scope&, Draws& draws, std::string& out) {
  append_hex(out, draws, Digits);
}

constexpr FakerMethod kMethods[] = {
    {"random_int", nullptr, make_random_int_of, kInt},
    {"pyint", nullptr, make_py_int, kPyInt},
    {"random_number", nullptr, make_number, kNumber},
    {"random_digit", nullptr, make_between<0, 9>},
    {"random_digit_not_null", nullptr, make_between<1, 9>},
    {"random_digit_above_two", nullptr, make_between<2, 9>},
    {"random_digit_or_empty", nullptr, make_digit_or_empty<0>},
    {"random_digit_not_null_or_empty", nullptr, make_digit_or_empty<1>},
    {"random_letter", [](const Scope&, Draws& draws,
                         std::string& out) { append_letters(out, draws, 1, draws.below(2) == 0 ? 'a' : 'A'); }},
    {"random_lowercase_letter",
     [](const Scope&, Draws& draws, std::string& out) { append_letters(out, draws, 1, 'a'); }},
    {"random_uppercase_letter",
     [](const Scope&, Draws& draws, std::string& out) { append_letters(out, draws, 1, 'A'); }},
    {"random_element", nullptr, make_element, kElements},
    {"numerify", nullptr, make_numerify, kText},
    {"lexify", nullptr, make_letters_of<false>, kLexify},
    {"bothify", nullptr, make_letters_of<true>, kBothify},
    {"hexify", nullptr, make_hexify, kHexify},
    {"ean", nullptr, make_ean, kEan},
    {"ean13", ean13},
    {"ean8", ean8},
    {"localized_ean13", ean13},
    {"localized_ean8", ean8},
    {"localized_ean", nullptr, make_ean, kEan},
    {"upc_a", upc},
    {"isbn13", nullptr, make_book<13>, kSeparator},
    {"isbn10", nullptr, make_book<10>, kSeparator},
    {"sbn9", nullptr, make_book<9>, kSeparator},
    {"iban", [](const Scope& scope, Draws& draws, std::string& out) { append_iban(out, draws, bank_country(scope)); }},
    {"bban", [](const Scope& scope, Draws& draws, std::string& out) { append_bban(out, draws, bank_country(scope)); }},
    {"swift", nullptr, make_swift, kSwift},
    {"swift8",
     [](const Scope& scope, Draws& draws, std::string& out) { append_bic(out, draws, bank_country(scope), 8); }},
    {"swift11",
     [](const Scope& scope, Draws& draws, std::string& out) { append_bic(out, draws, bank_country(scope), 11); }},
    {"aba", aba},
    {"credit_card_number", nullptr, make_card_number, kCard},
    {"credit_card_provider", nullptr, make_card_provider, kCard},
    {"credit_card_security_code", nullptr, make_card_code, kCard},
    {"credit_card_expire", append_expiry},
    {"credit_card_full", nullptr, make_card, kCard},
    {"ein", [](const Scope&, Draws& draws, std::string& out) { append_mask(out, draws, "%#-#######"); }},
    {"itin",
     [](const Scope&, Draws& draws, std::string& out) {
       append_mask(out, draws, "9##-");
       std::uint64_t group = 70 + draws.below(28);  // up to 99 without 89 and 93
       group += group >= 89 ? 1 : 0;
       group += group >= 93 ? 1 : 0;
       append_padded(out, group, 2);
       append_mask(out, draws, "-####");
     }},
    {"invalid_ssn", [](const Scope&, Draws& draws, std::string& out) { append_mask(out, draws, "9##-00-####"); }},
    {"cpf", [](const Scope&, Draws& draws, std::string& out) { append_cpf(out, draws, true); }},
    {"cnpj", [](const Scope&, Draws& draws, std::string& out) { append_cnpj(out, draws, true); }},
    {"company_id", [](const Scope&, Draws& draws, std::string& out) { append_cnpj(out, draws, false); }},
    {"rg", [](const Scope&, Draws& draws, std::string& out) { append_mask(out, draws, "#########"); }},
    {"md5", hex_digits<32>},
    {"sha1", hex_digits<40>},
    {"sha256", hex_digits<64>},
    {"uuid4", [](const Scope&, Draws& draws, std::string& out) { append_uuid4(out, draws); }},
    {"latitude", nullptr, make_latitude},
    {"longitude", nullptr, make_longitude},
    {"coordinate", nullptr, make_coordinate, kCoordinate},
    {"latlng", nullptr, make_place},
    {"location_on_land", nullptr, make_place},
    {"local_latlng", nullptr, make_place},
    {"boolean", nullptr, make_boolean, kChance},
    {"pybool", nullptr, make_boolean, kChance},
    {"null_boolean", nullptr, make_null_boolean},
    {"pyfloat", nullptr, make_float, kFloat},
    {"pydecimal", nullptr, make_float, kFloat},
    {"pystr", nullptr, make_str, kStr},
    {"password", nullptr, make_password, kPassword},
    {"vin", [](const Scope&, Draws& draws, std::string& out) { append_vin(out, draws); }},
    {"license_plate",
     [](const Scope& scope, Draws& draws, std::string& out) { append_license_plate(out, draws, scope.country); }},
    {"passport_number",
     [](const Scope&, Draws& draws, std::string& out) {
       append_mask(out, draws, draws.below(2) == 0 ? "#########" : "^########");
     }},
    {"passport_gender", [](const Scope&, Draws& draws, std::string& out) { out += "FM"[draws.below(2)]; }},
};

}  // namespace

std::span<const FakerMethod> faker_numbers() { return kMethods; }

}  // namespace mimus
