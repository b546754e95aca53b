#include "plan/unavailable.h"

#include <optional>
#include <string>
#include <utility>

#include "plan/entity.h"

namespace mimus {
namespace {

class Search {
 public:
  explicit Search(Diagnostics& findings) : findings_(findings) {}

  void operator()(const Key&) {}

  void operator()(const Variable& variable) {
    if (!variable.way.entity) return;
    if (auto finding = check_entity(variable)) findings_.push_back(std::move(*finding));
  }

  void operator()(const NestedKey& nested) { statements(nested.children); }

  void operator()(const Generate& generate) { statements(generate.children); }

  void operator()(const ListElement& list) {
    for (const Item& item : list.items) statements(item.children);
  }
  void operator()(const Array&) {}
  void operator()(const ElementAttribute&) {}
  void operator()(const Reference&) {}
  void operator()(const Condition& condition) {
    for (const Branch& branch : condition.branches) statements(branch.children);
  }
  void operator()(const Echo&) {}
  void operator()(const Execute&) {}
  void operator()(const Include& include) {
    if (include.setup == nullptr) return;
    for (const SetupStatement& statement : include.setup->statements) {
      if (const auto* generate = std::get_if<Generate>(&statement.node)) (*this)(*generate);
      if (const auto* variable = std::get_if<Variable>(&statement.node)) (*this)(*variable);
    }
  }

 private:
  void statements(const std::vector<Statement>& children) {
    for (const Statement& child : children) std::visit(*this, child.node);
  }

  Diagnostics& findings_;
};

}  // namespace

Diagnostic unavailable_element(std::string_view name, const Location& at) {
  return {.code = "element.unavailable",
          .message = "element <" + std::string(name) + "> is not available in this version",
          .where = at};
}

Diagnostics find_entity_mistakes(const Generate& generate) {
  Diagnostics findings;
  Search{findings}(generate);
  return findings;
}

Diagnostics find_entity_mistakes(const Variable& variable) {
  Diagnostics findings;
  Search{findings}(variable);
  return findings;
}

}  // namespace mimus
