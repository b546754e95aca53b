// The expressions of a level's statements, as the kernels of plan/ ask for them, and the names in them, for one row and
// for all rows of a batch.
#pragma once

#include <algorithm>
#include <deque>

#include "data/gather.h"
#include "plan/value.h"
#include "run/evaluate.h"
#include "script/evaluate.h"
#include "script/kernel.h"

namespace mimus {

// A column of values with the memory of its texts.
inline void set_values(Column& out, const std::vector<Value>& values) {
  const auto made = column_of(values);
  out = *made;
  out.owner = made;
}

class Evaluation::Expressions final : public RowExpressions {
 public:
  // Both borrowed.
  Expressions(const Evaluation& evaluation, const LevelRows& rows) : evaluation_(evaluation), rows_(rows) {}
  [[nodiscard]] std::optional<RowFailure> evaluate(const ExpressionPlan& expression, const ExpressionPlan* fallback,
                                                   Column& out) const override;
  [[nodiscard]] std::optional<RowFailure> evaluate(const TextPlan& text, Column& out) const override;
  [[nodiscard]] bool is_left_out(std::size_t row) const override {
    return (!rows_.over.empty() && rows_.over[row] != 0) ||
           (rows_.bound != UINT64_MAX && rows_.rows.position(row) >= rows_.bound);
  }

 private:
  const Evaluation& evaluation_;
  const LevelRows& rows_;
};

// The names of an expression in one row.
class Evaluation::RowNames final : public script::Names {
 public:
  RowNames(const Evaluation& evaluation, const ExpressionPlan& expression, const LevelRows& rows, std::size_t row)
      : evaluation_(evaluation), expression_(expression), rows_(rows), row_(row) {}

  [[nodiscard]] std::optional<Value> find(std::string_view name) const override {
    const auto known = std::ranges::find(expression_.names, name, &NameBinding::name);
    if (known == expression_.names.end()) return std::nullopt;
    for (const NameLink& link : known->links) {
      if (link.kind == NameLink::Kind::Base) {
        if (auto value = base_entry(link, known->name)) return value;
      } else if (auto value = evaluation_.value_of(link, rows_, row_)) {
        return value;
      }
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<Value> base_entry(const NameLink& link, const std::string& name) const {
    const LevelRows* level = &rows_;
    std::size_t row = row_;
    while (level->number != link.level && level->parent != nullptr) {
      if (level->parents != nullptr) row = level->parents[row];
      level = level->parent;
    }
    const Value base = value_at(evaluation_.shapes_[link.field.shape]->base, row);
    const ValueMap* map = base.as_map();
    const Value* entry = map == nullptr ? nullptr : mimus::find(*map, name);
    return entry == nullptr ? std::nullopt : std::optional(*entry);
  }

  const Evaluation& evaluation_;
  const ExpressionPlan& expression_;
  const LevelRows& rows_;
  std::size_t row_;
};

// The columns of an expression's names, where every row has a value of one simple place.
class Evaluation::RowColumns final : public script::ColumnNames {
 public:
  RowColumns(const Evaluation& evaluation, const ExpressionPlan& expression, const LevelRows& rows)
      : evaluation_(evaluation), expression_(expression), rows_(rows) {}

  [[nodiscard]] const Column* find(const script::Node& node) const override {
    if (node.kind == script::NodeKind::Name) {
      const NameBinding* binding = find_binding(node.text);
      return binding == nullptr ? nullptr : column_of_link(binding->links.front());
    }
    if (const Column* attribute = attribute_of_variable(node)) return attribute;
    // n.x: a field of the record under way of a nested level.
    if (node.kind != script::NodeKind::Attribute || node.children[0]->kind != script::NodeKind::Name) return nullptr;
    const NameBinding* binding = find_binding(node.children[0]->text);
    if (binding == nullptr || binding->links.front().kind != NameLink::Kind::Record) return nullptr;
    const NameLink& record = binding->links.front();
    if (record.inner_name == node.text) return nullptr;
    const Record& shape = *evaluation_.shapes_[record.field.shape];
    const auto field = std::ranges::find(shape.fields, node.text, &Field::name);
    if (field == shape.fields.end() || shape.has_base) return nullptr;
    return at_level(field->column, record.level);
  }

  // Of a name alone.
  [[nodiscard]] const Column* find_name(std::string_view name) const {
    const NameBinding* binding = find_binding(name);
    return binding == nullptr ? nullptr : column_of_link(binding->links.front());
  }
  [[nodiscard]] std::size_t rows() const override { return rows_.rows.count; }
  [[nodiscard]] bool is_data_name(std::string_view name) const override { return find_binding(name) != nullptr; }

 private:
  [[nodiscard]] const NameBinding* find_binding(std::string_view name) const {
    const auto known = std::ranges::find(expression_.names, name, &NameBinding::name);
    return known == expression_.names.end() ? nullptr : &*known;
  }

  // p.x.y: a field of the record that the entity in a variable is.
  [[nodiscard]] const Column* attribute_of_variable(const script::Node& node) const {
    std::vector<std::string_view> path;
    const script::Node* at = &node;
    for (; at->kind == script::NodeKind::Attribute; at = at->children[0].get()) path.push_back(at->text);
    const NameBinding* binding = at->kind == script::NodeKind::Name ? find_binding(at->text) : nullptr;
    if (binding == nullptr || binding->links.front().kind != NameLink::Kind::Variable) return nullptr;
    const NameLink& link = binding->links.front();
    const Column* column = &evaluation_.variables_[link.variable];
    for (auto name = path.rbegin(); name != path.rend(); ++name) {
      if (column->type != Type::Struct || !column->present.empty() || column->record->has_base) return nullptr;
      const auto field = std::ranges::find(column->record->fields, *name, &Field::name);
      if (field == column->record->fields.end()) return nullptr;
      column = &field->column;
    }
    return at_level(*column, link.level);
  }

  [[nodiscard]] const Column* column_of_link(const NameLink& link) const {
    if (link.kind == NameLink::Kind::Field) {
      return at_level(evaluation_.shapes_[link.field.shape]->fields[link.field.field].column, link.level);
    }
    if (link.kind == NameLink::Kind::Variable) return at_level(evaluation_.variables_[link.variable], link.level);
    return nullptr;
  }

  // The column of an outer level for the rows of this one.
  [[nodiscard]] const Column* at_level(const Column& column, std::size_t level) const {
    if (!column.present.empty() || column.size == 0) return nullptr;
    std::vector<std::uint32_t> picked;
    bool same = true;
    for (const LevelRows* at = &rows_; at->number != level && at->parent != nullptr; at = at->parent) {
      if (at->parents == nullptr) continue;
      if (same) {
        picked.assign(at->parents, at->parents + rows_.rows.count);
      } else {
        for (std::uint32_t& row : picked) row = at->parents[row];
      }
      same = false;
    }
    if (same) return column.size == rows_.rows.count ? &column : nullptr;
    gather(column, picked, gathered_.emplace_back());
    return &gathered_.back();
  }

  const Evaluation& evaluation_;
  const ExpressionPlan& expression_;
  const LevelRows& rows_;
  mutable std::deque<Column> gathered_;  // stay where they are
};

}  // namespace mimus
