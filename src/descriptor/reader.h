// ElementReader: typed access to the attributes of one element; every mistake becomes a finding at its place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/column.h"
#include "descriptor/load.h"
#include "descriptor/model.h"
#include "descriptor/schema.h"
#include "descriptor/xml.h"

namespace mimus {

// What reading attributes needs; all borrowed.
struct ReadScope {
  const Properties& properties;
  const Components& components;
  const std::vector<std::string>& generators;  // names of the <generator>s known here
  const bool& has_scripts;                     // executed files may define generators
  Diagnostics& findings;
};

class ElementReader {
 public:
  // Checks names of attributes at once: unknown, not available, missing. All arguments are borrowed.
  ElementReader(const XmlElement& element, const ElementDeclaration& declaration, const ReadScope& scope);

  [[nodiscard]] const XmlElement& element() const { return element_; }
  [[nodiscard]] bool has(std::string_view name) const { return element_.find(name) != nullptr; }

  // The attribute's text with a {property} replaced; nullopt when it is not given.
  [[nodiscard]] std::optional<AttributeText> text(std::string_view name) const;
  // As text, and a finding when it is empty.
  [[nodiscard]] std::optional<AttributeText> name(std::string_view name) const;
  [[nodiscard]] bool boolean(std::string_view name, bool fallback) const;
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name, std::int64_t least) const;
  [[nodiscard]] std::optional<double> fraction(std::string_view name) const;
  // Digits or {name}; `any_expression`: digits or {expression}.
  [[nodiscard]] std::optional<CountText> count(std::string_view name, bool any_expression = false) const;
  [[nodiscard]] std::optional<SimpleType> simple_type(std::string_view name) const;
  [[nodiscard]] Distribution distribution() const;
  [[nodiscard]] std::optional<ValueChoice> values(std::string_view name) const;
  [[nodiscard]] std::optional<CallText> generator(std::string_view name) const;
  // None when the attribute is empty.
  [[nodiscard]] std::vector<CallText> converters(std::string_view name) const;
  [[nodiscard]] std::vector<CallText> targets(std::string_view name) const;
  [[nodiscard]] std::optional<AttributeText> pattern(std::string_view name) const;
  [[nodiscard]] std::optional<AttributeText> date_format(std::string_view name) const;
  // A Python expression, checked; `may_be_empty`: an empty one is no mistake.
  [[nodiscard]] std::optional<ExpressionText> expression(std::string_view name, bool may_be_empty = false) const;
  // The inside of a text that is {expression}, checked; nullopt when it is anything else.
  [[nodiscard]] std::optional<ExpressionText> braced_expression(const AttributeText& text) const;
  // A finding when the expression, of the attribute `name`, is none.
  [[nodiscard]] bool check_expression(const ExpressionText& expression, std::string_view name) const;

  // A finding at the element, or at one of its attributes.
  void report(std::string code, std::string message, std::string hint = {}) const;
  void report_at(const AttributeText& at, std::string code, std::string message, std::string hint = {}) const;

  // "<key> 'price'": for messages.
  [[nodiscard]] std::string label() const;

 private:
  [[nodiscard]] bool is_known_generator(const Result<Call>& call) const;
  [[nodiscard]] bool are_known_converters(const Result<std::vector<Call>>& calls) const;
  [[nodiscard]] std::optional<std::vector<CallText>> scripted_chain(const AttributeText& given) const;
  [[nodiscard]] std::optional<CallText> scripted_call(const AttributeText& given) const;
  void check_names() const;
  void check_required() const;
  void report_offset(const AttributeText& at, const Diagnostic& cause, const std::string& prefix) const;

  const XmlElement& element_;
  const ElementDeclaration& declaration_;
  ReadScope scope_;
};

}  // namespace mimus
