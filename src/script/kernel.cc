#include "script/kernel.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "script/numbers.h"

namespace mimus::script {
namespace {

using Maybe = std::optional<Column>;

constexpr double kPowers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
constexpr std::int64_t kExact = std::int64_t{1} << 53U;  // integers up to here are floats exactly

bool is_exact(std::int64_t value) { return value <= kExact && value >= -kExact; }

// The numbers of a column, row by row: a constant has a step of 0.
struct Ints {
  const std::int64_t* values;
  std::size_t step;
  std::int64_t operator[](std::size_t k) const { return values[k * step]; }
};

bool is_plain(const Column& column) {
  return column.form != Form::Dictionary && column.valid.empty() && column.present.empty();
}

std::optional<Ints> ints_of(const Column& column) {
  if (column.type != Type::Int64 || !is_plain(column)) return std::nullopt;
  return Ints{column.ints.data(), column.form == Form::Constant ? std::size_t{0} : std::size_t{1}};
}

// All numbers as floats, integers only where they are exact.
std::optional<std::vector<double>> floats_of(const Column& column, std::size_t rows) {
  if (!is_plain(column)) return std::nullopt;
  std::vector<double> out(rows);
  const std::size_t step = column.form == Form::Constant ? 0 : 1;
  if (column.type == Type::Float64 && column.scale < 0) {
    for (std::size_t k = 0; k < rows; ++k) out[k] = column.floats[k * step];
    return out;
  }
  if (column.type == Type::Float64) {
    for (std::size_t k = 0; k < rows; ++k) out[k] = static_cast<double>(column.ints[k * step]) / kPowers[column.scale];
    return out;
  }
  if (column.type != Type::Int64) return std::nullopt;
  for (std::size_t k = 0; k < rows; ++k) {
    const std::int64_t value = column.ints[k * step];
    if (!is_exact(value)) return std::nullopt;
    out[k] = static_cast<double>(value);
  }
  return out;
}

std::string_view text_at(const Column& column, std::size_t row) {
  if (column.form == Form::Dictionary) return column.dictionary->texts[column.indices[row]];
  return column.texts[column.form == Form::Constant ? 0 : row];
}

bool is_text(const Column& column) {
  if (column.type != Type::String || !column.valid.empty() || !column.present.empty()) return false;
  return column.form != Form::Dictionary || (column.dictionary->valid.empty() && column.dictionary->present.empty());
}

Column make(Type type, std::size_t rows) {
  Column out;
  out.reset(type, rows);
  if (type == Type::Bool) out.make_bools();
  if (type == Type::Int64 || type == Type::DateTime) out.make_ints();
  if (type == Type::Float64) out.make_floats();
  if (type == Type::String) out.make_texts();
  return out;
}

class Kernels {
 public:
  explicit Kernels(const ColumnNames& names) : names_(names), rows_(names.rows()) {}

  Maybe evaluate(const Node& node) {
    switch (node.kind) {
      case NodeKind::Literal:
        return literal(node.value);
      case NodeKind::Name:
        return name(node);
      case NodeKind::Attribute:
        return attribute(node);
      case NodeKind::Unary:
        return negated(node);
      case NodeKind::Binary:
        return binary(node);
      case NodeKind::Compare:
        return compared(node);
      case NodeKind::Not:
      case NodeKind::And:
      case NodeKind::Or:
        return junction(node);
      case NodeKind::Conditional:
        return conditional(node);
      case NodeKind::Call:
        return call(node);
      case NodeKind::Text:
        return text(node);
      default:
        return std::nullopt;
    }
  }

 private:
  Maybe literal(const Value& value) {
    Column out;
    if (const auto* integer = value.as_int()) {
      out.reset(Type::Int64, rows_);
      out.ints.assign(1, *integer);
    } else if (const auto* real = value.as_float()) {
      out.reset(Type::Float64, rows_);
      out.floats.assign(1, *real);
    } else if (const auto* words = value.as_text()) {
      out.reset(Type::String, rows_);
      out.arena.assign(words->begin(), words->end());
      out.texts.assign(1, {out.arena.data(), out.arena.size()});
      out.clean = is_clean_text(*words);
    } else if (const bool* truth = value.as_bool()) {
      out.reset(Type::Bool, rows_);
      out.bools.assign(1, *truth ? 1 : 0);
    } else {
      return std::nullopt;
    }
    out.form = Form::Constant;
    return out;
  }

  // A copy that stands alone; texts stay where they are, in columns that outlive the expression.
  Maybe name(const Node& node) {
    const Column* found = names_.find(node);
    if (found == nullptr) return std::nullopt;
    const Column& column = *found;
    const bool text = is_text(column);
    if (!text && (!is_plain(column) || (column.type != Type::Int64 && column.type != Type::Float64 &&
                                        column.type != Type::Bool && column.type != Type::DateTime))) {
      return std::nullopt;
    }
    Column out;
    out.reset(column.type, rows_);
    out.form = column.form;
    out.scale = column.scale;
    out.clean = column.clean;
    out.bools = column.bools;
    out.ints = column.ints;
    out.floats = column.floats;
    out.texts = column.texts;
    out.indices = column.indices;
    out.dictionary = column.dictionary;
    return out;
  }

  Maybe attribute(const Node& node) {
    if (names_.find(node) != nullptr) return name(node);
    const Maybe base = evaluate(*node.children[0]);
    if (!base || base->type != Type::DateTime) return std::nullopt;
    int Civil::* part = node.text == "year"     ? &Civil::year
                        : node.text == "month"  ? &Civil::month
                        : node.text == "day"    ? &Civil::day
                        : node.text == "hour"   ? &Civil::hour
                        : node.text == "minute" ? &Civil::minute
                        : node.text == "second" ? &Civil::second
                                                : nullptr;
    if (part == nullptr) return std::nullopt;
    Column out = make(Type::Int64, rows_);
    const std::size_t step = base->form == Form::Constant ? 0 : 1;
    const bool dated = node.text == "year" || node.text == "month" || node.text == "day";
    for (std::size_t k = 0; k < rows_; ++k) {
      const Timestamp time{base->ints[k * step]};
      out.ints[k] = (dated ? civil_day(day_of(time)) : civil_from(time)).*part;
    }
    return out;
  }

  Maybe negated(const Node& node) {
    Maybe value = evaluate(*node.children[0]);
    if (!value || node.op != Operator::Negate || !is_plain(*value)) return std::nullopt;
    if (value->type == Type::Float64 && value->scale < 0) {
      for (double& real : value->floats) real = -real;
      return value;
    }
    if (value->type != Type::Int64) return std::nullopt;
    for (std::int64_t& integer : value->ints) {
      if (__builtin_sub_overflow(0, integer, &integer)) return std::nullopt;
    }
    return value;
  }

  Maybe binary(const Node& node) {
    if (node.op == Operator::Add) {
      if (auto shifted = time_shift(node)) return shifted;
    }
    const Maybe left = evaluate(*node.children[0]);
    if (!left) return std::nullopt;
    const Maybe right = evaluate(*node.children[1]);
    if (!right) return std::nullopt;
    if (node.op == Operator::Add && is_text(*left) && is_text(*right)) return joined({&*left, &*right});
    const auto a = ints_of(*left);
    const auto b = ints_of(*right);
    if (a && b) return node.op == Operator::Divide ? divided(*a, *b, *right) : whole(node.op, *a, *b);
    const auto x = floats_of(*left, rows_);
    const auto y = floats_of(*right, rows_);
    if (!x || !y) return std::nullopt;
    return real(node.op, *x, *y);
  }

  Maybe whole(Operator op, Ints a, Ints b) {
    Column out = make(Type::Int64, rows_);
    std::int64_t* values = out.ints.data();
    bool over = false;
    switch (op) {
      case Operator::Add:
        for (std::size_t k = 0; k < rows_; ++k) over |= __builtin_add_overflow(a[k], b[k], &values[k]);
        break;
      case Operator::Subtract:
        for (std::size_t k = 0; k < rows_; ++k) over |= __builtin_sub_overflow(a[k], b[k], &values[k]);
        break;
      case Operator::Multiply:
        for (std::size_t k = 0; k < rows_; ++k) over |= __builtin_mul_overflow(a[k], b[k], &values[k]);
        break;
      case Operator::FloorDivide:
      case Operator::Modulo:
        for (std::size_t k = 0; k < rows_; ++k) {
          const std::int64_t divisor = b[k];
          if (divisor == 0 || divisor == -1) return std::nullopt;
          std::int64_t quotient = a[k] / divisor;
          std::int64_t rest = a[k] % divisor;
          if (rest != 0 && (rest < 0) != (divisor < 0)) {
            --quotient;
            rest += divisor;
          }
          values[k] = op == Operator::Modulo ? rest : quotient;
        }
        break;
      default:
        return std::nullopt;
    }
    if (over) return std::nullopt;
    return out;
  }

  // True division. By a power of ten the quotient stays a whole number with a scale.
  Maybe divided(Ints a, Ints b, const Column& divisor) {
    if (divisor.form == Form::Constant) {
      std::int64_t power = 1;
      for (int scale = 0; scale <= 9; ++scale, power *= 10) {
        if (divisor.ints[0] == power) return scaled(a, scale);
      }
    }
    Column out = make(Type::Float64, rows_);
    for (std::size_t k = 0; k < rows_; ++k) {
      if (b[k] == 0 || !is_exact(a[k]) || !is_exact(b[k])) return std::nullopt;
      out.floats[k] = static_cast<double>(a[k]) / static_cast<double>(b[k]);
    }
    return out;
  }

  Maybe scaled(Ints a, int scale) {
    Column out;
    out.reset(Type::Float64, rows_);
    out.scale = scale;
    out.make_ints();
    for (std::size_t k = 0; k < rows_; ++k) {
      if (a[k] > 999'999'999'999'999 || a[k] < -999'999'999'999'999) return std::nullopt;
      out.ints[k] = a[k];
    }
    return out;
  }

  Maybe real(Operator op, const std::vector<double>& x, const std::vector<double>& y) {
    Column out = make(Type::Float64, rows_);
    for (std::size_t k = 0; k < rows_; ++k) {
      switch (op) {
        case Operator::Add:
          out.floats[k] = x[k] + y[k];
          break;
        case Operator::Subtract:
          out.floats[k] = x[k] - y[k];
          break;
        case Operator::Multiply:
          out.floats[k] = x[k] * y[k];
          break;
        case Operator::Divide:
          if (y[k] == 0) return std::nullopt;
          out.floats[k] = x[k] / y[k];
          break;
        default:
          return std::nullopt;
      }
    }
    return out;
  }

  // time + datetime.timedelta(days=…), and with seconds, minutes, hours, weeks.
  Maybe time_shift(const Node& node) {
    const Node& call = *node.children[1];
    if (call.kind != NodeKind::Call || call.children.size() != 2 || call.children[1]->kind != NodeKind::Keyword)
      return std::nullopt;
    const Node& callee = *call.children[0];
    const bool timedelta = callee.kind == NodeKind::Attribute && callee.text == "timedelta" &&
                           callee.children[0]->kind == NodeKind::Name && callee.children[0]->text == "datetime" &&
                           !names_.is_data_name("datetime");
    if (!timedelta) return std::nullopt;
    const std::string& unit = call.children[1]->text;
    const std::int64_t micros = unit == "days"      ? kMicrosPerDay
                                : unit == "hours"   ? 3600 * kMicrosPerSecond
                                : unit == "minutes" ? 60 * kMicrosPerSecond
                                : unit == "seconds" ? kMicrosPerSecond
                                : unit == "weeks"   ? 7 * kMicrosPerDay
                                                    : 0;
    const Maybe time = evaluate(*node.children[0]);
    const Maybe count = evaluate(*call.children[1]->children[0]);
    if (micros == 0 || !time || time->type != Type::DateTime || !count) return std::nullopt;
    const auto counts = ints_of(*count);
    if (!counts) return std::nullopt;
    static const std::int64_t kLeast = days_from_civil(1, 1, 1) * kMicrosPerDay;
    static const std::int64_t kLimit = days_from_civil(10000, 1, 1) * kMicrosPerDay;
    Column out = make(Type::DateTime, rows_);
    const std::size_t step = time->form == Form::Constant ? 0 : 1;
    for (std::size_t k = 0; k < rows_; ++k) {
      std::int64_t by = 0;
      if (__builtin_mul_overflow((*counts)[k], micros, &by) ||
          __builtin_add_overflow(time->ints[k * step], by, &out.ints[k]) || out.ints[k] < kLeast ||
          out.ints[k] >= kLimit) {
        return std::nullopt;
      }
    }
    return out;
  }

  template <class T, class Less>
  static bool holds(Operator op, const T& a, const T& b, Less less) {
    switch (op) {
      case Operator::Equal:
        return a == b;
      case Operator::NotEqual:
        return !(a == b);
      case Operator::Less:
        return less(a, b);
      case Operator::LessEqual:
        return less(a, b) || a == b;
      case Operator::Greater:
        return less(b, a);
      default:
        return less(b, a) || a == b;
    }
  }

  Maybe compared(const Node& node) {
    const Operator op = node.ops[0];
    if (node.ops.size() != 1 || op == Operator::In || op == Operator::NotIn || op == Operator::Is ||
        op == Operator::IsNot)
      return std::nullopt;
    const Maybe left = evaluate(*node.children[0]);
    if (!left) return std::nullopt;
    const Maybe right = evaluate(*node.children[1]);
    if (!right) return std::nullopt;
    Column out = make(Type::Bool, rows_);
    if (is_text(*left) && is_text(*right)) {
      for (std::size_t k = 0; k < rows_; ++k)
        out.bools[k] = holds(op, text_at(*left, k), text_at(*right, k), std::less<>()) ? 1 : 0;
      return out;
    }
    const auto a = ints_of(*left);
    const auto b = ints_of(*right);
    if (a && b) {
      for (std::size_t k = 0; k < rows_; ++k) out.bools[k] = holds(op, (*a)[k], (*b)[k], std::less<>()) ? 1 : 0;
      return out;
    }
    const auto x = floats_of(*left, rows_);
    const auto y = floats_of(*right, rows_);
    if (!x || !y) return std::nullopt;
    for (std::size_t k = 0; k < rows_; ++k) {
      const double p = (*x)[k];
      const double q = (*y)[k];
      if (std::isnan(p) || std::isnan(q)) return std::nullopt;
      out.bools[k] = holds(op, p, q, std::less<>()) ? 1 : 0;
    }
    return out;
  }

  // Of truths alone: then it does not matter that and/or give back an operand.
  Maybe junction(const Node& node) {
    Column out = make(Type::Bool, rows_);
    std::ranges::fill(out.bools, node.kind == NodeKind::And ? 1 : 0);
    for (const NodePtr& child : node.children) {
      const Maybe value = evaluate(*child);
      if (!value || value->type != Type::Bool || !is_plain(*value)) return std::nullopt;
      const std::size_t step = value->form == Form::Constant ? 0 : 1;
      for (std::size_t k = 0; k < rows_; ++k) {
        const std::uint8_t truth = value->bools[k * step];
        out.bools[k] = node.kind == NodeKind::Not   ? static_cast<std::uint8_t>(truth ^ 1U)
                       : node.kind == NodeKind::And ? static_cast<std::uint8_t>(out.bools[k] & truth)
                                                    : static_cast<std::uint8_t>(out.bools[k] | truth);
      }
    }
    return out;
  }

  // Both branches are computed for all rows: one that fails in a row makes the whole expression go the slow way.
  Maybe conditional(const Node& node) {
    const Maybe condition = evaluate(*node.children[0]);
    if (!condition || condition->type != Type::Bool || !is_plain(*condition)) return std::nullopt;
    const Maybe yes = evaluate(*node.children[1]);
    if (!yes) return std::nullopt;
    const Maybe no = evaluate(*node.children[2]);
    if (!no || yes->type != no->type) return std::nullopt;
    const std::size_t step = condition->form == Form::Constant ? 0 : 1;
    const auto chosen = [&](std::size_t k) -> const Column& { return condition->bools[k * step] != 0 ? *yes : *no; };
    const auto at = [](const Column& column, std::size_t k) { return column.form == Form::Constant ? 0 : k; };
    Column out = make(yes->type, rows_);
    if (is_text(*yes) && is_text(*no)) {
      std::size_t bytes = 0;
      for (std::size_t k = 0; k < rows_; ++k) bytes += text_at(chosen(k), k).size();
      char* p = out.make_arena(bytes);
      for (std::size_t k = 0; k < rows_; ++k) {
        const std::string_view words = text_at(chosen(k), k);
        std::ranges::copy(words, p);
        out.texts[k] = {p, words.size()};
        p += words.size();
      }
      out.clean = yes->clean && no->clean;
      return out;
    }
    if (!is_plain(*yes) || !is_plain(*no) || yes->scale != no->scale) return std::nullopt;
    if (out.type == Type::Float64 && yes->scale >= 0) {
      out.scale = yes->scale;
      out.make_ints();
    }
    for (std::size_t k = 0; k < rows_; ++k) {
      const Column& from = chosen(k);
      if (out.type == Type::Bool) {
        out.bools[k] = from.bools[at(from, k)];
      } else if (out.type == Type::Float64 && out.scale < 0) {
        out.floats[k] = from.floats[at(from, k)];
      } else if (out.type == Type::Int64 || out.type == Type::DateTime || out.type == Type::Float64) {
        out.ints[k] = from.ints[at(from, k)];
      } else {
        return std::nullopt;
      }
    }
    return out;
  }

  Maybe call(const Node& node) {
    const Node& callee = *node.children[0];
    if (callee.kind != NodeKind::Name || names_.is_data_name(callee.text)) return std::nullopt;
    if (callee.text == "str" && node.children.size() == 2) {
      Maybe value = evaluate(*node.children[1]);
      return value ? printed(std::move(*value)) : std::nullopt;
    }
    if (callee.text == "round" && node.children.size() == 3 && node.children[2]->kind == NodeKind::Literal) {
      const auto* digits = node.children[2]->value.as_int();
      if (digits == nullptr || *digits < 0 || *digits > 9) return std::nullopt;
      const Maybe value = evaluate(*node.children[1]);
      if (!value || value->type != Type::Float64) return std::nullopt;
      const auto reals = floats_of(*value, rows_);
      return reals ? rounded_to(*reals, static_cast<int>(*digits)) : std::nullopt;
    }
    return std::nullopt;
  }

  Maybe rounded_to(const std::vector<double>& reals, int digits) {
    Column out;
    out.reset(Type::Float64, rows_);
    out.scale = digits;
    out.make_ints();
    const double power = kPowers[digits];
    for (std::size_t k = 0; k < rows_; ++k) {
      const double product = reals[k] * power;
      if (!(std::abs(product) < 1e14)) return std::nullopt;
      double integer = std::nearbyint(product);
      // Near a tie the product may lie on the other side of it than the exact value.
      if (std::abs(std::abs(product - integer) - 0.5) < 1e-6 * std::max(1.0, std::abs(product) * 1e-9)) {
        integer = std::nearbyint(round_float(reals[k], digits) * power);
      }
      if (integer == 0 && std::signbit(reals[k])) return std::nullopt;
      out.ints[k] = static_cast<std::int64_t>(integer);
    }
    return out;
  }

  // Takes the column: its texts lie in its own memory.
  Maybe printed(Column value) {
    if (is_text(value)) return value;
    if (!is_plain(value)) return std::nullopt;
    const bool whole_number = value.type == Type::Int64;
    if (!whole_number && value.type != Type::Float64 && value.type != Type::DateTime) return std::nullopt;
    Column out = make(Type::String, rows_);
    out.clean = true;
    char* p = out.make_arena(rows_ * kMaxTimeText);
    const std::size_t step = value.form == Form::Constant ? 0 : 1;
    for (std::size_t k = 0; k < rows_; ++k) {
      char* end = whole_number                   ? write_int(p, value.ints[k * step])
                  : value.type == Type::DateTime ? write_time(p, {value.ints[k * step]}, ' ')
                  : value.scale >= 0             ? write_scaled(p, value.ints[k * step], value.scale)
                                                 : write_float(p, value.floats[k * step]);
      out.texts[k] = {p, static_cast<std::size_t>(end - p)};
      p = end;
    }
    return out;
  }

  Maybe joined(const std::vector<const Column*>& parts) {
    Column out = make(Type::String, rows_);
    std::size_t bytes = 0;
    for (const Column* part : parts) {
      for (std::size_t k = 0; k < rows_; ++k) bytes += text_at(*part, k).size();
    }
    out.clean = std::ranges::all_of(parts, [](const Column* part) { return part->clean; });
    char* p = out.make_arena(bytes);
    for (std::size_t k = 0; k < rows_; ++k) {
      const char* start = p;
      for (const Column* part : parts) {
        const std::string_view words = text_at(*part, k);
        std::ranges::copy(words, p);
        p += words.size();
      }
      out.texts[k] = {start, static_cast<std::size_t>(p - start)};
    }
    return out;
  }

  // f-strings without conversions and format specifications.
  Maybe text(const Node& node) {
    std::vector<Column> parts;
    for (const NodePtr& child : node.children) {
      if (child->kind == NodeKind::Replacement && (child->conversion != 0 || child->children.size() > 1))
        return std::nullopt;
      Maybe value = evaluate(child->kind == NodeKind::Replacement ? *child->children[0] : *child);
      if (!value) return std::nullopt;
      Maybe words = printed(std::move(*value));
      if (!words) return std::nullopt;
      parts.push_back(std::move(*words));
    }
    std::vector<const Column*> all;
    for (const Column& part : parts) all.push_back(&part);
    return joined(all);
  }

  const ColumnNames& names_;
  std::size_t rows_;
};

// One value a row: what a constant stands for.
Column spread(Column column, std::size_t rows) {
  if (column.form != Form::Constant) return column;
  Column out = make(column.type, rows);
  out.clean = column.clean;
  out.scale = column.scale;
  if (column.type == Type::Float64 && column.scale >= 0) out.make_ints();
  std::ranges::fill(out.bools, column.bools.empty() ? std::uint8_t{0} : column.bools[0]);
  std::ranges::fill(out.ints, column.ints.empty() ? 0 : column.ints[0]);
  std::ranges::fill(out.floats, column.floats.empty() ? 0 : column.floats[0]);
  if (column.type == Type::String) {
    out.arena.assign(column.texts[0].begin(), column.texts[0].end());
    std::ranges::fill(out.texts, std::string_view(out.arena.data(), out.arena.size()));
  }
  return out;
}

// Texts that lie in another column, which may change before this one is done with.
void own_texts(Column& column) {
  if (column.type != Type::String || column.form != Form::Flat || !column.arena.empty()) return;
  std::size_t bytes = 0;
  for (const std::string_view text : column.texts) bytes += text.size();
  char* p = column.make_arena(bytes);
  for (std::string_view& text : column.texts) {
    std::ranges::copy(text, p);
    text = {p, text.size()};
    p += text.size();
  }
}

}  // namespace

std::optional<Column> evaluate_columns(const Node& node, const ColumnNames& names) {
  Maybe out = Kernels(names).evaluate(node);
  if (!out) return out;
  *out = spread(std::move(*out), names.rows());
  own_texts(*out);
  return out;
}

}  // namespace mimus::script
