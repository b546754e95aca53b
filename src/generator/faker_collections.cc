// Faker's methods of lists, dicts, tables and bytes. Numbers of elements vary by 40 of 100 where Faker's do.
#include "generator/faker.h"

namespace mimus {
namespace {

using Scope = FakerScope;
using Made = Result<std::unique_ptr<Generator>>;

constexpr std::int64_t kMostElements = 10'000;
constexpr std::int64_t kMostBytes = 1'000'000;

Result<std::size_t> count_of(const Arguments& arguments, std::string_view name, std::int64_t most) {
  const std::int64_t count = arguments.integer(name);
  if (count >= 0 && count <= most) return static_cast<std::size_t>(count);
  return fail("generator.argument",
              std::string(name) + " must be from 0 to " + std::to_string(most) + ", but is " + std::to_string(count));
}

// ---- tables

constexpr ParameterDeclaration kTable[] = {
    {"header", ParameterType::Texts, "", "two texts", "the first line", true},
    {"num_rows", ParameterType::Int, "10", "0 to 10,000", "how many lines follow"},
    {"include_row_ids", ParameterType::Bool, "False", "", "the number of each line first"},
};

// All cells in quotes, lines end with CR LF: a name and an address each.
template <char Delimiter>
Made make_table(const Arguments& arguments, const Scope& scope) {
  MIMUS_ASSIGN(const std::size_t rows, count_of(arguments, "num_rows", kMostElements));
  const bool has_ids = arguments.boolean("include_row_ids");
  std::vector<std::string> header;
  if (arguments.has("header")) {
    header = arguments.texts("header");
    if (header.size() != 2) {
      return fail("generator.argument", "header must be two texts, but is " + std::to_string(header.size()));
    }
  }
  return make_text([=](Draws& draws, std::string& out) {
    const auto put = [&out, is_first = true](std::string_view text) mutable {
      if (!is_first) out += Delimiter;
      is_first = false;
      out += '"';
      for (const char c : text) out.append(c == '"' ? 2 : 1, c);
      out += '"';
    };
    if (!header.empty()) {
      auto put_header = put;
      if (has_ids) put_header("ID");
      for (const std::string& name : header) put_header(name);
      out += "\r\n";
    }
    for (std::size_t row = 1; row <= rows; ++row) {
      auto put_cell = put;
      if (has_ids) put_cell(std::to_string(row));
      std::string name, address;
      append_full_name(scope, draws, name);
      append_address(scope, draws, address);
      put_cell(name);
      put_cell(address);
      out += "\r\n";
    }
  });
}

// ---- lists and dicts of values of several types

Value some_value(Draws& draws) {
  switch (draws.below(4)) {
    case 0:
      return Value(draws.between(0, 9999));
    case 1:
      return Value(static_cast<double>(draws.between(-9'999'999, 9'999'999)) / 1000);
    case 2:
      return Value(draws.below(2) == 0);
    default: {
      std::string word;
      append_letters(word, draws, 1 + draws.below(20), 'a');
      return Value(std::move(word));
    }
  }
}

constexpr ParameterDeclaration kElements[] = {
    {"nb_elements", ParameterType::Int, "10", "0 to 10,000", "how many"},
    {"variable_nb_elements", ParameterType::Bool, "True", "", "40 of 100 more or fewer"},
};

struct ElementCount {
  std::size_t count;
  bool varies;
  [[nodiscard]] std::size_t draw(Draws& draws) const { return varies ? count * (60 + draws.below(81)) / 100 : count; }
};

Result<ElementCount> elements_of(const Arguments& arguments) {
  MIMUS_ASSIGN(const std::size_t count, count_of(arguments, "nb_elements", kMostElements));
  return ElementCount{count, arguments.boolean("variable_nb_elements")};
}

template <bool IsTuple>
Made make_list(const Arguments& arguments, const Scope&) {
  MIMUS_ASSIGN(const ElementCount elements, elements_of(arguments));
  return make_values([elements](Draws& draws) {
    ValueList out(elements.draw(draws));
    for (Value& value : out) value = some_value(draws);
    return IsTuple ? Value::tuple(std::move(out)) : Value::list(std::move(out));
  });
}

Made make_dict(const Arguments& arguments, const Scope&) {
  MIMUS_ASSIGN(const ElementCount elements, elements_of(arguments));
  return make_values([elements](Draws& draws) {
    ValueMap out;
    const std::size_t count = elements.draw(draws);
    for (std::size_t k = 0; k < count; ++k) {
      std::string name;
      append_words(draws, name, 1);
      // Names of a dict differ.
      if (find(out, name) != nullptr) name += "_" + std::to_string(k);
      out.emplace_back(std::move(name), some_value(draws));
    }
    return Value::map(std::move(out));
  });
}

// ---- some of given elements

constexpr ParameterDeclaration kSome[] = {
    {"elements", ParameterType::Texts, "", "one or more", "what is picked from; otherwise the letters a, b, c", true},
    {"length", ParameterType::Int, "", "0 to 10,000", "how many; otherwise any number of 1 to all of them", true},
};

template <bool IsUnique>
Made make_some(const Arguments& arguments, const Scope&) {
  std::vector<std::string> elements{"a", "b", "c"};
  if (arguments.has("elements")) elements = arguments.texts("elements");
  if (elements.empty()) return fail("generator.argument", "elements must be one or more");
  std::optional<std::size_t> length;
  if (arguments.has("length")) {
    MIMUS_ASSIGN(length, count_of(arguments, "length", kMostElements));
  }
  if (IsUnique && length.value_or(0) > elements.size()) {
    return fail("generator.argument", "length must be at most the number of elements, " +
                                          std::to_string(elements.size()) + ", but is " + std::to_string(*length));
  }
  return make_values([elements, length](Draws& draws) {
    const std::size_t count = length ? *length : 1 + draws.below(elements.size());
    std::vector<std::string> pool = elements;
    ValueList out;
    for (std::size_t k = 0; k < count; ++k) {
      // Without replacement: the forward shuffle of Fisher and Yates.
      if (IsUnique) std::swap(pool[k], pool[k + draws.below(pool.size() - k)]);
      out.emplace_back(IsUnique ? pool[k] : pool[draws.below(pool.size())]);
    }
    return Value::list(std::move(out));
  });
}

constexpr ParameterDeclaration kLetters[] = {
    {"length", ParameterType::Int, "16", "0 to 10,000", "how many"},
};
Made make_letters(const Arguments& arguments, const Scope&) {
  MIMUS_ASSIGN(const std::size_t count, count_of(arguments, "length", kMostElements));
  return make_values([count](Draws& draws) {
    ValueList out;
    for (std::size_t k = 0; k < count; ++k) {
      std::string letter;
      append_letters(letter, draws, 1, draws.below(2) == 0 ? 'a' : 'A');
      out.emplace_back(std::move(letter));
    }
    return Value::list(std::move(out));
  });
}

constexpr ParameterDeclaration kBinary[] = {
    {"length", ParameterType::Int, "1024", "0 to 1,000,000", "how many bytes"},
};
Made make_binary(const Arguments& arguments, const Scope&) {
  MIMUS_ASSIGN(const std::size_t count, count_of(arguments, "length", kMostBytes));
  return make_values([count](Draws& draws) {
    Bytes out;
    for (std::size_t k = 0; k < count; ++k) out.bytes += static_cast<char>(draws.below(256));
    return Value(std::move(out));
  });
}

constexpr FakerMethod kMethods[] = {
    {"csv", nullptr, make_table<','>, kTable},
    {"dsv", nullptr, make_table<','>, kTable},
    {"tsv", nullptr, make_table<'\t'>, kTable},
    {"psv", nullptr, make_table<'|'>, kTable},
    {"pylist", nullptr, make_list<false>, kElements},
    {"pyiterable", nullptr, make_list<false>, kElements},
    {"pytuple", nullptr, make_list<true>, kElements},
    {"pydict", nullptr, make_dict, kElements},
    {"random_elements", nullptr, make_some<false>, kSome},
    {"random_choices", nullptr, make_some<false>, kSome},
    {"random_sample", nullptr, make_some<true>, kSome},
    {"random_letters", nullptr, make_letters, kLetters},
    {"binary", nullptr, make_binary, kBinary},
};

}  // namespace

std::span<const FakerMethod> faker_collections() { return kMethods; }

}  // namespace mimus
