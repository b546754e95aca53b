// StatementBuilder: the model of everything inside a <setup>: each element's attributes, children and rules.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "descriptor/build.h"
#include "descriptor/siblings.h"

namespace mimus {

class StatementBuilder {
 public:
  // All arguments are borrowed. `defaults` are those of the <setup> around.
  StatementBuilder(const BuildContext& context, const SetupDefaults& defaults)
      : context_(context), defaults_(defaults) {}

  [[nodiscard]] ElementReader read(const XmlElement& element) const;
  // A finding, and false, where the child must not stand in `owner`.
  bool may_contain(const XmlElement& owner, const XmlElement& child) const;
  void no_children(const XmlElement& element) const;
  void report(const Location& at, std::string code, std::string message, std::string hint = {}) const;

  // Each reports what is wrong with its element; nullopt where nothing useful is left.
  [[nodiscard]] Generate generate(const XmlElement& element, const Path& path) const;
  [[nodiscard]] Variable variable(const XmlElement& element, const Path& path) const;
  [[nodiscard]] Echo echo(const XmlElement& element, const Path& path) const;
  [[nodiscard]] std::optional<Execute> execute(const XmlElement& element, const Path& path) const;
  [[nodiscard]] std::optional<Include> include(const XmlElement& element, const Path& path) const;

 private:
  // Children of `owner`, whose declaration says what may stand there: in branches of a condition it is not the parent.
  void add_statements(const XmlElement& parent, const XmlElement& owner, Siblings& siblings,
                      std::vector<Statement>& out) const;
  void add_statement(const XmlElement& child, const XmlElement& owner, Siblings& siblings,
                     std::vector<Statement>& out) const;
  [[nodiscard]] Key key(const XmlElement& element, const Path& path) const;
  [[nodiscard]] ElementAttribute element_attribute(const XmlElement& element, const Path& path) const;
  [[nodiscard]] NestedKey nested_key(const XmlElement& element, const Path& path) const;
  [[nodiscard]] ListElement list(const XmlElement& element, const Path& path) const;
  [[nodiscard]] Array array(const XmlElement& element, const Path& path) const;
  [[nodiscard]] Reference reference(const XmlElement& element, const Path& path) const;
  [[nodiscard]] Condition condition(const XmlElement& element, const XmlElement& owner, Siblings& siblings) const;
  // ---- rules.cc
  [[nodiscard]] Rules rules(const XmlElement& element) const;
  [[nodiscard]] std::optional<Rule> rule(const XmlElement& element, RulesKind kind) const;
  void check_order(const XmlElement& condition) const;

  const BuildContext& context_;
  const SetupDefaults& defaults_;
};

}  // namespace mimus
