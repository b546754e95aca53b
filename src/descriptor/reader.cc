#include "descriptor/reader.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"

namespace mimus {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

// {name}, or {a.b}: the inside; empty when the text is anything else.
std::string_view braced_name(std::string_view text) {
  if (text.size() < 3 || !text.starts_with('{') || !text.ends_with('}')) return {};
  const std::string_view inside = text.substr(1, text.size() - 2);
  const auto is_word = [](char c) { return is_clean_byte(c) && c != ' ' && c != ':' && c != '-' && c != '+'; };
  if (!std::ranges::all_of(inside, is_word) || (inside[0] >= '0' && inside[0] <= '9')) return {};
  return inside;
}

// Where an editor finds the schema of a document.
bool is_of_schema(std::string_view attribute) { return attribute.starts_with("xsi:") || attribute == "xmlns:xsi"; }

// The inside of a text in braces.
AttributeText inside_of(const AttributeText& braced) {
  AttributeText out = braced;
  out.text = braced.text.substr(1, braced.text.size() - 2);
  ++out.at.column;
  out.at.length = std::max(0, braced.at.length - 2);
  return out;
}

std::string shortened(std::string_view text) {
  return text.size() <= 60 ? std::string(text) : std::string(text.substr(0, 57)) + "...";
}

}  // namespace

std::string_view simple_type_name(SimpleType type) {
  constexpr std::string_view kNames[] = {"string", "int", "float", "bool"};
  return kNames[static_cast<std::size_t>(type)];
}

ElementReader::ElementReader(const XmlElement& element, const ElementDeclaration& declaration, const ReadScope& scope)
    : element_(element), declaration_(declaration), scope_(scope) {
  check_names();
  check_required();
}

void ElementReader::check_names() const {
  for (const XmlAttribute& attribute : element_.attributes) {
    const AttributeDeclaration* known = find_attribute(declaration_, attribute.name);
    const AttributeText at{attribute.value, attribute.name_at};
    if (known == nullptr && (declaration_.open || is_of_schema(attribute.name))) continue;
    if (known == nullptr) {
      std::vector<std::string_view> names;
      for (const auto& declared : declaration_.attributes) names.push_back(declared.name);
      report_at(at, "attribute.unknown", "unknown attribute '" + attribute.name + "' of " + label(),
                suggest(attribute.name, names));
    } else if (!known->available) {
      report_at(at, "attribute.unavailable",
                "attribute '" + attribute.name + "' of " + label() + " is not available in this version",
                "it would be: " + std::string(known->summary));
    }
  }
}

void ElementReader::check_required() const {
  for (const auto& declared : declaration_.attributes) {
    if (declared.required && !has(declared.name)) {
      report("attribute.missing", label() + " needs the attribute '" + std::string(declared.name) + "'",
             std::string(declared.name) + ": " + std::string(declared.summary));
    }
  }
  if (const auto given = text("name");
      given && std::ranges::find(reserved_names(), given->text) != reserved_names().end()) {
    report_at(*given, "name.reserved", label() + ": '" + given->text + "' is a reserved name, please use another name");
  }
}

std::optional<AttributeText> ElementReader::text(std::string_view name) const {
  const XmlAttribute* attribute = element_.find(name);
  if (attribute == nullptr) return std::nullopt;
  AttributeText out{attribute->value, attribute->value_at};
  if (const std::string_view inside = braced_name(out.text); !inside.empty()) {
    const auto found = std::ranges::find(scope_.properties, inside, &Properties::value_type::first);
    if (found != scope_.properties.end()) out.text = found->second;
  }
  return out;
}

std::optional<AttributeText> ElementReader::name(std::string_view name) const {
  auto out = text(name);
  if (out && out->text.empty()) {
    report_at(*out, "attribute.empty", "attribute '" + std::string(name) + "' of " + label() + " must be not empty");
  }
  return out;
}

bool ElementReader::boolean(std::string_view name, bool fallback) const {
  const auto given = text(name);
  if (!given) return fallback;
  constexpr std::array<std::string_view, 6> kTrue{"true", "1", "yes", "on", "y", "t"};
  constexpr std::array<std::string_view, 6> kFalse{"false", "0", "no", "off", "n", "f"};
  const std::string word = lower(given->text);
  if (std::ranges::find(kTrue, word) != kTrue.end()) return true;
  if (std::ranges::find(kFalse, word) == kFalse.end()) {
    report_at(
        *given, "attribute.boolean",
        "attribute '" + std::string(name) + "' of " + label() + " is no boolean: '" + shortened(given->text) + "'",
        "true or false");
  }
  return false;
}

std::optional<std::int64_t> ElementReader::integer(std::string_view name, std::int64_t least) const {
  const auto given = text(name);
  if (!given) return std::nullopt;
  const auto number = parse_int(trim(given->text));
  if (!number) {
    report_at(*given, "attribute.integer",
              "attribute '" + std::string(name) + "' of " + label() + " is no whole number: '" +
                  shortened(given->text) + "'");
    return std::nullopt;
  }
  if (*number < least) {
    report_at(*given, "attribute.range",
              "attribute '" + std::string(name) + "' of " + label() + " must be at least " + std::to_string(least) +
                  ", but is " + std::to_string(*number));
    return std::nullopt;
  }
  return number;
}

std::optional<double> ElementReader::fraction(std::string_view name) const {
  const auto given = text(name);
  if (!given) return std::nullopt;
  const auto number = parse_float(trim(given->text));
  if (!number || std::isnan(*number) || *number < 0 || *number > 1) {
    report_at(*given, "attribute.range",
              "attribute '" + std::string(name) + "' of " + label() + " must be in range [0, 1], but is '" +
                  shortened(given->text) + "'");
    return std::nullopt;
  }
  return number;
}

std::optional<CountText> ElementReader::count(std::string_view name, bool any_expression) const {
  const auto given = text(name);
  if (!given) return std::nullopt;
  CountText out{.number = std::nullopt, .name = {}, .at = given->at, .expression = {}};
  if (std::ranges::all_of(given->text, [](char c) { return c >= '0' && c <= '9'; }))
    out.number = parse_uint(given->text);
  if (out.number && *out.number <= (std::uint64_t{1} << 62U)) return out;
  out.name = braced_name(given->text);
  const bool braced = given->text.size() > 2 && given->text.starts_with('{') && given->text.ends_with('}');
  if (out.number || !(any_expression ? braced : !out.name.empty())) {
    const std::string allowed = any_expression ? "{expression}" : "{name}";
    report_at(*given, "count.invalid",
              "attribute '" + std::string(name) + "' of " + label() + " must be digits or " + allowed + ", but is '" +
                  shortened(given->text) + "'",
              "count=\"100\", or count=\"{n}\" with a property, parameter or variable n");
    return std::nullopt;
  }
  out.expression = inside_of(*given);
  if (out.name.empty() && !check_expression(*out.expression, name)) return std::nullopt;
  return out;
}

std::optional<SimpleType> ElementReader::simple_type(std::string_view name) const {
  const auto given = text(name);
  if (!given) return std::nullopt;
  for (const SimpleType type : {SimpleType::String, SimpleType::Int, SimpleType::Float, SimpleType::Bool}) {
    if (given->text == simple_type_name(type)) return type;
  }
  report_at(*given, "type.unknown",
            "attribute '" + std::string(name) + "' of " + label() +
                " must be one of string, int, float, bool, but is '" + shortened(given->text) + "'",
            suggest(given->text, {"string", "int", "float", "bool"}));
  return std::nullopt;
}

Distribution ElementReader::distribution() const {
  const auto given = text("distribution");
  if (!given || given->text == "random") return Distribution::Random;
  if (given->text != "ordered") {
    report_at(*given, "distribution.unknown",
              "attribute 'distribution' of " + label() + " must be 'random' or 'ordered', but is '" +
                  shortened(given->text) + "'",
              suggest(given->text, {"random", "ordered"}));
  }
  return Distribution::Ordered;
}

void ElementReader::report_offset(const AttributeText& at, const Diagnostic& cause, const std::string& prefix) const {
  Diagnostic finding = cause;
  finding.message = prefix + cause.message;
  const int offset = cause.where.column;
  finding.where = at.at;
  if (offset > 0) {
    finding.where.column += offset;
    finding.where.length = std::max(1, at.at.length - offset);
  }
  scope_.findings.push_back(std::move(finding));
}

std::optional<ValueChoice> ElementReader::values(std::string_view name) const {
  const auto given = text(name);
  if (!given) return std::nullopt;
  const auto parsed = parse_literals(given->text);
  if (!parsed) {
    Diagnostic cause = parsed.error();
    cause.code = "values.syntax";
    cause.hint = "literals separated by commas: values=\"'a', 'b', 3, True, None\"";
    report_offset(*given, cause,
                  "'" + std::string(name) + "' of " + label() + " is invalid ('" + shortened(given->text) + "'): ");
    return std::nullopt;
  }
  if (parsed->items.empty()) {
    report_at(*given, "values.empty", "'" + std::string(name) + "' of " + label() + " holds no value");
    return std::nullopt;
  }
  return ValueChoice{parsed->items, given->at};
}

bool ElementReader::is_known_generator(const Result<Call>& call) const {
  if (!call) return false;
  const Status status = scope_.components.check_generator(*call);
  return status || status.error().code != "generator.unknown";
}

// Name, or Name(…) with any expressions as arguments.
std::optional<CallText> ElementReader::scripted_call(const AttributeText& given) const {
  const std::string_view text = trim(given.text);
  const auto open = text.find('(');
  CallText out{.call = {.name = std::string(trim(text.substr(0, open))), .has_parentheses = open != text.npos},
               .text = std::string(text),
               .at = given.at};
  if (out.call.name.empty() || (out.call.has_parentheses && !text.ends_with(')'))) return std::nullopt;
  if (!scope_.components.check_expression(text)) return std::nullopt;
  return out;
}

std::optional<CallText> ElementReader::generator(std::string_view name) const {
  const auto given = text(name);
  if (!given) return std::nullopt;
  const auto call = parse_call(given->text);
  if (scope_.has_scripts && !is_known_generator(call)) {
    // A class of an executed file, which only the run knows.
    if (auto scripted = scripted_call(*given)) return scripted;
  }
  if (!call) {
    Diagnostic cause = call.error();
    cause.code = "generator.syntax";
    cause.hint = "Name or Name(argument=literal, …)";
    report_offset(*given, cause, "generator '" + shortened(given->text) + "' of " + label() + ": ");
    return std::nullopt;
  }
  const bool is_shared =
      !call->has_parentheses && std::ranges::find(scope_.generators, call->name) != scope_.generators.end();
  if (const Status status = is_shared ? Status() : scope_.components.check_generator(*call); !status) {
    report_offset(*given, status.error(), label() + ": ");
    return std::nullopt;
  }
  return CallText{*call, given->text, given->at};
}

bool ElementReader::are_known_converters(const Result<std::vector<Call>>& calls) const {
  if (!calls) return false;
  return std::ranges::all_of(*calls, [&](const Call& call) {
    const Status status = scope_.components.check_converter(call);
    return status || status.error().code != "converter.unknown";
  });
}

// Converters of the language and classes of executed files, which only the run knows.
std::optional<std::vector<CallText>> ElementReader::scripted_chain(const AttributeText& given) const {
  std::vector<CallText> out;
  std::size_t start = 0;
  int depth = 0;
  char quote = 0;
  for (std::size_t i = 0; i <= given.text.size(); ++i) {
    const char c = i < given.text.size() ? given.text[i] : ';';
    if (quote != 0 && i < given.text.size()) {
      if (c == quote) quote = 0;
      continue;
    }
    if (c == '\'' || c == '"') quote = c;
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    if (c != ';' || depth > 0) continue;
    const std::string part(trim(std::string_view(given.text).substr(start, i - start)));
    const auto own = parse_chain(part);
    if (own && own->size() == 1 && are_known_converters(own)) {
      if (!scope_.components.check_converter(own->front())) return std::nullopt;
      out.push_back({own->front(), part, given.at});
    } else if (auto scripted = scripted_call({part, given.at})) {
      out.push_back(std::move(*scripted));
    } else {
      return std::nullopt;
    }
    start = i + 1;
  }
  return out;
}

std::vector<CallText> ElementReader::converters(std::string_view name) const {
  const auto given = text(name);
  if (!given || given->text.empty()) return {};
  const auto calls = parse_chain(given->text);
  if (scope_.has_scripts && !are_known_converters(calls)) {
    if (auto scripted = scripted_chain(*given)) return *scripted;
  }
  if (!calls) {
    Diagnostic cause = calls.error();
    cause.code = "converter.syntax";
    cause.hint = "Name or Name(argument=literal, …), separated by semicolons";
    report_offset(*given, cause, "converter '" + shortened(given->text) + "' of " + label() + ": ");
    return {};
  }
  std::vector<CallText> out;
  for (const Call& call : *calls) {
    if (const Status status = scope_.components.check_converter(call); !status) {
      Diagnostic cause = status.error();
      if (cause.where.column == 0) cause.where.column = static_cast<int>(call.offset);
      report_offset(*given, cause, label() + ": ");
    }
    out.push_back({call, given->text, given->at});
  }
  return out;
}

std::vector<CallText> ElementReader::targets(std::string_view name) const {
  const auto given = text(name);
  if (!given) return {};
  const auto calls = parse_calls(given->text);
  if (!calls) {
    Diagnostic cause = calls.error();
    cause.code = "target.syntax";
    cause.hint = "Name or Name(parameter=literal, …), separated by commas";
    report_offset(*given, cause, "target '" + shortened(given->text) + "' of " + label() + ": ");
    return {};
  }
  std::vector<CallText> out;
  for (std::size_t i = 0; i < calls->size(); ++i) {
    const std::size_t start = (*calls)[i].offset;
    const std::size_t end = i + 1 < calls->size() ? (*calls)[i + 1].offset : given->text.size();
    std::string_view own = trim(std::string_view(given->text).substr(start, end - start));
    while (own.ends_with(',')) own = trim(own.substr(0, own.size() - 1));
    const bool twice = std::ranges::any_of(out, [&](const CallText& other) { return other.text == own; });
    if (!twice) out.push_back({(*calls)[i], std::string(own), given->at});
  }
  return out;
}

std::optional<AttributeText> ElementReader::pattern(std::string_view name) const {
  auto given = text(name);
  if (!given) return std::nullopt;
  if (trim(given->text).empty()) {
    report_at(*given, "attribute.empty", "attribute '" + std::string(name) + "' of " + label() + " must be not empty");
    return std::nullopt;
  }
  if (const Status status = scope_.components.check_pattern(given->text); !status) {
    report_offset(*given, status.error(), "pattern '" + shortened(given->text) + "' of " + label() + ": ");
    return std::nullopt;
  }
  return given;
}

std::optional<AttributeText> ElementReader::date_format(std::string_view name) const {
  auto given = text(name);
  if (!given) return std::nullopt;
  if (trim(given->text).empty()) {
    report_at(*given, "attribute.empty", "attribute '" + std::string(name) + "' of " + label() + " must be not empty");
    return std::nullopt;
  }
  if (const Status status = scope_.components.check_date_format(given->text); !status) {
    report_offset(*given, status.error(), "'" + std::string(name) + "' of " + label() + ": ");
    return std::nullopt;
  }
  return given;
}

bool ElementReader::check_expression(const ExpressionText& expression, std::string_view name) const {
  const Status status = scope_.components.check_expression(expression.text);
  if (!status) report_offset(expression, status.error(), "'" + std::string(name) + "' of " + label() + ": ");
  return status.has_value();
}

std::optional<ExpressionText> ElementReader::expression(std::string_view name, bool may_be_empty) const {
  auto given = text(name);
  if (!given) return std::nullopt;
  if (trim(given->text).empty()) {
    if (may_be_empty) return given;
    report_at(*given, "attribute.empty", "attribute '" + std::string(name) + "' of " + label() + " must be not empty");
    return std::nullopt;
  }
  if (!check_expression(*given, name)) return std::nullopt;
  return given;
}

std::optional<ExpressionText> ElementReader::braced_expression(const AttributeText& text) const {
  const bool braced = text.text.size() > 2 && text.text.starts_with('{') && text.text.ends_with('}');
  if (!braced) return std::nullopt;
  ExpressionText out = inside_of(text);
  if (!check_expression(out, "{…}")) return std::nullopt;
  return out;
}

void ElementReader::report(std::string code, std::string message, std::string hint) const {
  scope_.findings.push_back(
      {.code = std::move(code), .message = std::move(message), .hint = std::move(hint), .where = element_.at});
}

void ElementReader::report_at(const AttributeText& at, std::string code, std::string message, std::string hint) const {
  scope_.findings.push_back(
      {.code = std::move(code), .message = std::move(message), .hint = std::move(hint), .where = at.at});
}

std::string ElementReader::label() const {
  std::string out = "<" + element_.name + ">";
  const XmlAttribute* named = element_.find("name");
  if (named == nullptr) named = element_.find("id");
  if (named != nullptr) out += " '" + shortened(named->value) + "'";
  return out;
}

}  // namespace mimus
