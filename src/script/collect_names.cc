// The names that an expression takes from outside.
#include <algorithm>

#include "script/evaluate.h"

namespace mimus::script {
namespace {

void collect(const Node& node, std::vector<std::string>& bound, std::vector<std::string>& names) {
  const std::size_t before = bound.size();
  if (node.kind == NodeKind::Name && std::ranges::find(bound, node.text) == bound.end()) names.push_back(node.text);
  const bool binds = node.kind == NodeKind::ListOf || node.kind == NodeKind::SetOf || node.kind == NodeKind::DictOf ||
                     node.kind == NodeKind::GeneratorOf;
  for (const NodePtr& child : node.children) {
    if (binds && child && child->kind == NodeKind::For)
      bound.insert(bound.end(), child->names.begin(), child->names.end());
  }
  if (node.kind == NodeKind::Lambda) bound.insert(bound.end(), node.names.begin(), node.names.end());
  for (const NodePtr& child : node.children) {
    if (child) collect(*child, bound, names);
  }
  bound.resize(before);
}

}  // namespace

void collect_names(const Node& node, std::vector<std::string>& names) {
  std::vector<std::string> bound;
  collect(node, bound, names);
}

}  // namespace mimus::script
