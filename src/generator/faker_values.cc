// Faker's methods of values of Python's types, of colours as tuples, of passports, and of texts in forms.
#include <algorithm>
#include <array>

#include "base/check_digit.h"
#include "base/text.h"
#include "base/time.h"
#include "generator/faker.h"

namespace mimus {
namespace {

using Scope = FakerScope;
using Made = Result<std::unique_ptr<Generator>>;

std::unexpected<Diagnostic> wrong(std::string message, std::string hint = {}) {
  return fail("generator.argument", std::move(message), std::move(hint));
}

// ---- numbers of elements

constexpr ParameterDeclaration kNumber[] = {
    {"number", ParameterType::Int, "10", "0 to 1,000,000", "the number that is varied by 40 of 100"},
    {"le", ParameterType::Bool, "False", "", "never more than the number"},
    {"ge", ParameterType::Bool, "False", "", "never fewer than the number"},
    {"min", ParameterType::Int, "", "", "never fewer than this", true},
    {"max", ParameterType::Int, "", "at least min", "never more than this", true},
};
Made make_number(const Arguments& arguments, const Scope&) {
  constexpr std::int64_t kMost = 1'000'000;
  const std::int64_t number = arguments.integer("number");
  if (number < 0 || number > kMost) {
    return wrong("number must be from 0 to " + std::to_string(kMost) + ", but is " + std::to_string(number));
  }
  const bool below = arguments.boolean("le");
  const bool above = arguments.boolean("ge");
  const std::int64_t least = arguments.has("min") ? arguments.integer("min") : 0;
  const std::int64_t most = arguments.has("max") ? arguments.integer("max") : INT64_MAX;
  if (least > most)
    return wrong("min (" + std::to_string(least) + ") must be at most max (" + std::to_string(most) + ")");
  return make_values([=](Draws& draws) {
    const std::int64_t share = below && above ? 100 : draws.between(above ? 100 : 60, below ? 100 : 140);
    return Value(std::clamp(number * share / 100, least, most));
  });
}

// ---- values of a type by its name

Value object_of(std::string_view type, Draws& draws) {
  if (type == "bool") return Value(draws.below(2) == 0);
  if (type == "int") return Value(draws.between(0, 9999));
  if (type == "float") return Value(static_cast<double>(draws.between(-9'999'999, 9'999'999)) / 1000);
  if (type == "str") {
    std::string out;
    append_letters(out, draws, 1 + draws.below(20), 'a');
    return Value(std::move(out));
  }
  constexpr std::array<std::string_view, 4> kInner{"bool", "int", "float", "str"};
  if (type == "dict") {
    ValueMap out;
    for (std::size_t k = 0; k < 10; ++k) {
      std::string name;
      append_words(draws, name, 1);
      if (find(out, name) != nullptr) name += "_" + std::to_string(k);
      out.emplace_back(std::move(name), object_of(kInner[draws.below(4)], draws));
    }
    return Value::map(std::move(out));
  }
  ValueList out;
  for (std::int64_t k = 0; k < 10; ++k) {
    // Elements of a set differ.
    out.push_back(type == "set" ? Value(k * 1000 + draws.between(0, 999)) : object_of(kInner[draws.below(4)], draws));
  }
  if (type == "tuple") return Value::tuple(std::move(out));
  return type == "set" ? Value::set(std::move(out)) : Value::list(std::move(out));
}

constexpr std::array<std::string_view, 8> kTypes{"bool", "int", "float", "str", "list", "tuple", "set", "dict"};
constexpr ParameterDeclaration kObject[] = {
    {"object_type", ParameterType::String, "str", "bool, int, float, str, list, tuple, set, dict",
     "the name of a type"},
};
Made make_object(const Arguments& arguments, const Scope&) {
  const std::string type = arguments.text("object_type");
  const auto known = std::ranges::find(kTypes, type);
  if (known == kTypes.end()) {
    return wrong("object_type: unknown type '" + type.substr(0, 40) + "'", "allowed: " + std::string(kObject[0].range));
  }
  return make_values([name = *known](Draws& draws) { return object_of(name, draws); });
}
Made make_set(const Arguments&, const Scope&) {
  return make_values([](Draws& draws) { return object_of("set", draws); });
}
// A list, a dict, and a dict of dicts.
Made make_struct(const Arguments&, const Scope&) {
  return make_values([](Draws& draws) {
    ValueMap nested;
    for (int k = 0; k < 3; ++k) nested.emplace_back(std::to_string(k), object_of("dict", draws));
    return Value::tuple({object_of("list", draws), object_of("dict", draws), Value::map(std::move(nested))});
  });
}

// ---- texts in a form

constexpr ParameterDeclaration kFormat[] = {
    {"string_format", ParameterType::String, "?#-###{{random_int}}{{random_letter}}",
     "?: a letter, #: a digit, {{random_int}}, {{random_digit}}, {{random_letter}}", "the form"},
    {"letters", ParameterType::String, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "one or more of ASCII",
     "what ? stands for"},
};
Made make_format(const Arguments& arguments, const Scope&) {
  const std::string format = arguments.text("string_format");
  const std::string letters = arguments.text("letters");
  if (letters.empty()) return wrong("letters must be one or more characters, but is ''");
  for (std::size_t open = format.find("{{"); open != std::string::npos; open = format.find("{{", open + 2)) {
    const std::string token = format.substr(open, format.find("}}", open) - open + 2);
    if (token == "{{random_int}}" || token == "{{random_digit}}" || token == "{{random_letter}}") continue;
    return wrong("string_format: unknown token '" + token.substr(0, 40) + "'",
                 "allowed: {{random_int}}, {{random_digit}}, {{random_letter}}");
  }
  return make_text([format, letters](Draws& draws, std::string& out) {
    const std::string_view text = format;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::string_view rest = text.substr(i);
      if (rest.starts_with("{{random_int}}")) {
        append_padded(out, draws.below(10'000), 1);
      } else if (rest.starts_with("{{random_digit}}")) {
        append_digits(out, draws, 1);
      } else if (rest.starts_with("{{random_letter}}")) {
        append_letters(out, draws, 1, draws.below(2) == 0 ? 'a' : 'A');
      } else if (text[i] == '?') {
        out += letters[draws.below(letters.size())];
      } else if (text[i] == '#') {
        append_digits(out, draws, 1);
      } else {
        out += text[i];
      }
      if (rest.starts_with("{{")) i += rest.find("}}") + 1;
    }
  });
}

constexpr ParameterDeclaration kFixed[] = {
    {"num_rows", ParameterType::Int, "10", "0 to 10,000", "how many lines"},
    {"align", ParameterType::String, "left", "left, middle, right", "where in its columns a text stands"},
};
// Lines of a name in 20 columns and a number in three.
Made make_fixed(const Arguments& arguments, const Scope& scope) {
  const std::int64_t rows = arguments.integer("num_rows");
  const std::string align = arguments.text("align");
  if (rows < 0 || rows > 10'000) return wrong("num_rows must be from 0 to 10000, but is " + std::to_string(rows));
  if (align != "left" && align != "middle" && align != "right") {
    return wrong("align must be left, middle or right, but is '" + align.substr(0, 40) + "'");
  }
  return make_text([scope, rows, align](Draws& draws, std::string& out) {
    const auto put = [&](std::string_view text, std::size_t width) {
      std::size_t size = 0;
      std::size_t end = 0;
      while (end < text.size() && size < width) {
        (void)next_code_point(text, end);
        ++size;
      }
      const std::size_t room = width - size;
      const std::size_t before = align == "left" ? 0 : align == "right" ? room : room / 2;
      out.append(before, ' ').append(text.substr(0, end)).append(room - before, ' ');
    };
    for (std::int64_t row = 0; row < rows; ++row) {
      std::string name;
      append_full_name(scope, draws, name);
      if (row > 0) out += "\r\n";
      put(name, 20);
      put(std::to_string(draws.below(20)), 3);
    }
  });
}

void append_xml_text(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c;
    }
  }
}
// Ten people with their addresses.
void xml_text(const Scope& scope, Draws& draws, std::string& out) {
  out += "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<root>";
  for (int k = 0; k < 10; ++k) {
    std::string name, address;
    append_full_name(scope, draws, name);
    append_address(scope, draws, address);
    out += "<record><name>";
    append_xml_text(out, name);
    out += "</name><residency>";
    append_xml_text(out, address);
    out += "</residency></record>";
  }
  out += "</root>";
}
Made make_json_bytes(const Arguments&, const Scope& scope) {
  return make_values([scope](Draws& draws) {
    Bytes out;
    append_json_people(scope, draws, out.bytes);
    return Value(std::move(out));
  });
}

// ---- colours: their parts

enum class Space { Rgb, RgbFloat, Hsv, Hsl };
template <Space Of>
Made make_parts(const Arguments&, const Scope&) {
  return make_values([](Draws& draws) {
    ValueList out;
    for (int k = 0; k < 3; ++k) {
      if (Of == Space::RgbFloat) {
        out.emplace_back(static_cast<double>(draws.below(256)) / 255);
      } else if (Of == Space::Rgb) {
        out.emplace_back(draws.between(0, 255));
      } else {
        out.emplace_back(k == 0 ? draws.between(0, 360) : draws.between(0, 100));
      }
    }
    return Value::tuple(std::move(out));
  });
}

// ---- passports

struct Passport {
  std::string given, family, gender, number;
  std::int64_t born = 0, issued = 0, expires = 0;  // days since 1970
};
Passport drawn_passport(const Scope& scope, Draws& draws) {
  Passport out;
  const bool male = draws.below(2) == 0;
  out.gender = male ? "M" : "F";
  out.given = scope.words->draw(male ? WordKind::GivenMale : WordKind::GivenFemale, draws);
  out.family = scope.words->draw(male ? WordKind::FamilyMale : WordKind::FamilyFemale, draws);
  append_mask(out.number, draws, draws.below(2) == 0 ? "#########" : "^########");
  const std::int64_t today = day_of(scope.now);
  out.born = today - draws.between(0, 115 * 365);
  // Of grown-ups for ten years, of children for five.
  const std::int64_t years = today - out.born >= 16 * 365 ? 10 : 5;
  out.issued = today - draws.between(0, years * 365 - 1);
  out.issued = std::max(out.issued, out.born);
  out.expires = out.issued + years * 365;
  return out;
}
std::string day_text(std::int64_t days) { return text_of(Value(Date{days})); }

Made make_owner(const Arguments&, const Scope& scope) {
  return make_values([scope](Draws& draws) {
    Passport passport = drawn_passport(scope, draws);
    return Value::tuple({Value(std::move(passport.given)), Value(std::move(passport.family))});
  });
}
Made make_dates(const Arguments&, const Scope& scope) {
  return make_values([scope](Draws& draws) {
    const Passport passport = drawn_passport(scope, draws);
    return Value::tuple(
        {Value(day_text(passport.born)), Value(day_text(passport.issued)), Value(day_text(passport.expires))});
  });
}
void passport_text(const Scope& scope, Draws& draws, std::string& out) {
  const Passport passport = drawn_passport(scope, draws);
  out.append(passport.given).append("\n").append(passport.family).append("\n").append(passport.gender).append("\n");
  out.append(day_text(passport.born)).append("\n").append(day_text(passport.issued)).append("\n");
  out.append(day_text(passport.expires)).append("\n").append(passport.number).append("\n");
}

// ---- others

// UPC-E, number system 0: six digits that stand for a number of UPC-A, and its check digit.
void upc_e(const Scope&, Draws& draws, std::string& out) {
  std::string six;
  append_digits(six, draws, 6);
  const std::string_view d = six;
  std::string wide = "0" + std::string(d.substr(0, 2));
  if (d[5] <= '2') {
    wide.append(1, d[5]).append("0000").append(d.substr(2, 3));
  } else if (d[5] == '3') {
    wide.append(d.substr(2, 1)).append("00000").append(d.substr(3, 2));
  } else if (d[5] == '4') {
    wide.append(d.substr(2, 2)).append("00000").append(d.substr(4, 1));
  } else {
    wide.append(d.substr(2, 3)).append("0000").append(d.substr(5, 1));
  }
  out.append("0").append(six);
  out += gs1_digit(wide);
}

constexpr ParameterDeclaration kHandles[] = {
    {"count", ParameterType::Int, "1", "0 to 10,000", "how many"},
    {"suffix", ParameterType::String, "FAKE", "", "what they end with"},
};
Made make_handles(const Arguments& arguments, const Scope&) {
  const std::int64_t count = arguments.integer("count");
  if (count < 0 || count > 10'000) return wrong("count must be from 0 to 10000, but is " + std::to_string(count));
  return make_values([count, suffix = arguments.text("suffix")](Draws& draws) {
    ValueList out;
    for (std::int64_t k = 0; k < count; ++k) {
      std::string handle;
      append_mask(handle, draws, "^^%##-");
      out.emplace_back(handle + suffix);
    }
    return Value::list(std::move(out));
  });
}

constexpr FakerMethod kMethods[] = {
    {"randomize_nb_elements", nullptr, make_number, kNumber},
    {"pyobject", nullptr, make_object, kObject},
    {"pyset", nullptr, make_set},
    {"pystruct", nullptr, make_struct},
    {"pystr_format", nullptr, make_format, kFormat},
    {"fixed_width", nullptr, make_fixed, kFixed},
    {"xml", xml_text},
    {"json_bytes", nullptr, make_json_bytes},
    {"color_rgb", nullptr, make_parts<Space::Rgb>},
    {"color_rgb_float", nullptr, make_parts<Space::RgbFloat>},
    {"color_hsv", nullptr, make_parts<Space::Hsv>},
    {"color_hsl", nullptr, make_parts<Space::Hsl>},
    {"passport_owner", nullptr, make_owner},
    {"passport_dates", nullptr, make_dates},
    {"passport_full", passport_text},
    {"upc_e", upc_e},
    {"nic_handles", nullptr, make_handles, kHandles},
};

}  // namespace

std::span<const FakerMethod> faker_values() { return kMethods; }

}  // namespace mimus
