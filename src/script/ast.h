// The tree of one Python expression.
//
// Immutable once parsed. Every node knows where it stands in the text (bytes), for the caret in messages.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "data/value.h"

namespace mimus::script {

enum class NodeKind {
  Literal,      // value
  Name,         // text
  Attribute,    // children[0] . text
  Index,        // children[0] [ children[1] ]
  Slice,        // as children[1] of an Index: start, stop, step; a missing one is nullptr
  Call,         // children[0] ( children[1…] ); an argument is any expression, Keyword or Starred
  Keyword,      // text = children[0]; text empty: ** children[0]
  Starred,      // * children[0]
  Unary,        // op children[0]: Negate, Plus, Invert
  Not,          // not children[0]
  Binary,       // children[0] op children[1]
  Compare,      // children[0] ops[0] children[1] ops[1] children[2] …
  And,          // children, two or more
  Or,           // children, two or more
  Conditional,  // children[1] if children[0] else children[2]: condition first
  List,         // children
  Tuple,        // children
  Set,          // children
  Dict,         // children: key, value, key, value …; a nullptr key: ** value
  Text,         // f-string: children are Literals (text) and Replacements
  Replacement,  // {children[0]!conversion:children[1]}; children[1] is a Text or missing. `text`: for {x=}
  Lambda,       // parameters in `names`; children[0] is the body, then the defaults of the last parameters. `text`: of
                // '*', '**' and '/' the last one, if there is any
  ListOf,       // [children[0] for …]: children[1…] are Fors
  SetOf,
  DictOf,  // {children[0]: children[1] for …}: children[2…] are Fors
  GeneratorOf,
  For,     // for names in children[0] if children[1] if children[2] …; `text`: "unpack": `for x, in`; "nested": targets
           // other than names in a row, which are the interpreter's matter (`names` are all names in them, and what
           // else they hold stands among the conditions)
  Walrus,  // (text := children[0])
  Foreign,  // what only the interpreter evaluates, `text` says what it is; children: parts that have names
};

enum class Operator {
  Add,
  Subtract,
  Multiply,
  Divide,
  FloorDivide,
  Modulo,
  Power,
  MatrixMultiply,
  BitAnd,
  BitOr,
  BitXor,
  ShiftLeft,
  ShiftRight,
  Negate,
  Plus,
  Invert,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  In,
  NotIn,
  Is,
  IsNot,
};

struct Node;
using NodePtr = std::unique_ptr<const Node>;

struct Node {
  NodeKind kind = NodeKind::Literal;
  std::size_t offset = 0;  // of the first byte in the text
  std::size_t length = 0;
  Value value;
  std::string text;
  std::vector<std::string> names;
  Operator op = Operator::Add;
  std::vector<Operator> ops;
  char conversion = 0;  // 'r', 's', 'a' of a Replacement
  std::vector<NodePtr> children;
};

}  // namespace mimus::script
