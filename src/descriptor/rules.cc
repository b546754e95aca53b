// The <rule>s of <sourceConstraints>, <mapping> and <targetConstraints>.
#include <cctype>
#include <string>
#include <utility>

#include "descriptor/statement_builder.h"

namespace mimus {
namespace {

bool is_name_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0 || c == '_' || c == '.' || c == '|';
}

// "field = expression": the field, and the expression with its place. nullopt for anything else; "a == b" is a
// condition.
std::optional<std::pair<AttributeText, ExpressionText>> split_assignment(const AttributeText& then) {
  const std::string& text = then.text;
  const std::size_t first = text.find_first_not_of(" \t");
  std::size_t last = first;
  while (last < text.size() && is_name_byte(text[last])) ++last;
  const std::size_t sign = text.find_first_not_of(" \t", last);
  if (first == std::string::npos || last == first || sign == std::string::npos || text[sign] != '=' ||
      (sign + 1 < text.size() && text[sign + 1] == '=')) {
    return std::nullopt;
  }
  AttributeText field{text.substr(first, last - first), then.at};
  field.at.column += static_cast<int>(first);
  // A dot leads into a record, as in scripts.
  for (char& c : field.text) c = c == '.' ? '|' : c;
  const std::size_t start = std::min(text.find_first_not_of(" \t", sign + 1), text.size());
  ExpressionText expression{text.substr(start), then.at};
  expression.at.column += static_cast<int>(start);
  return std::pair(std::move(field), std::move(expression));
}

}  // namespace

std::optional<Rule> StatementBuilder::rule(const XmlElement& element, RulesKind kind) const {
  const ElementReader reader = read(element);
  no_children(element);
  auto condition = reader.expression("if");
  auto then = reader.name("then");
  if (!condition || !then || then->text.empty()) return std::nullopt;
  Rule out{.condition = std::move(*condition), .field = {}, .then = *then, .at = element.at};
  if (auto assignment = split_assignment(*then)) {
    out.field = std::move(assignment->first);
    out.then = std::move(assignment->second);
  }
  if (!reader.check_expression(out.then, "then")) return std::nullopt;
  if (kind == RulesKind::SourceConstraints && out.field) {
    reader.report_at(*then, "rule.kind", "'then' of a <rule> in <sourceConstraints> must be a condition",
                     "<mapping> assigns fields: a = 1; a comparison is a == 1");
    return std::nullopt;
  }
  if (kind == RulesKind::Mapping && !out.field) {
    reader.report_at(*then, "rule.kind", "'then' of a <rule> in <mapping> must be an assignment: field = expression",
                     "<sourceConstraints> and <targetConstraints> hold conditions");
    return std::nullopt;
  }
  return out;
}

Rules StatementBuilder::rules(const XmlElement& element) const {
  (void)read(element);
  Rules out{.kind = RulesKind::Mapping, .at = element.at, .rules = {}};
  if (element.name == "sourceConstraints") out.kind = RulesKind::SourceConstraints;
  if (element.name == "targetConstraints") out.kind = RulesKind::TargetConstraints;
  for (const XmlElement& child : element.children) {
    if (!may_contain(element, child)) continue;
    if (auto made = rule(child, out.kind)) out.rules.push_back(std::move(*made));
  }
  return out;
}

}  // namespace mimus
