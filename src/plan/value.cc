#include "plan/value.h"

#include "plan/cast.h"
#include "plan/sources.h"

namespace mimus {
namespace {

std::shared_ptr<const Column> constant_column(const Value& value) {
  auto column = std::make_shared<Column>(*column_of({value}));
  if (value.is_null()) column->reset(Type::Null, 1);
  if (column->type == Type::String) {
    column->texts[0] = {column->arena.data(), column->arena.size()};
  }
  column->form = Form::Constant;
  return column;
}

std::unexpected<Diagnostic> at(Diagnostic finding, const Location& place) {
  finding.where = place;
  return fail(std::move(finding));
}

// `outDateFormat` and `type` of a value that is known now.
Result<Value> finished(Value value, const ValueSpec& spec, const ValuePlan& plan) {
  if (plan.format && !value.is_null()) {
    const Timestamp* time = value.as_time();
    if (time == nullptr) {
      return fail("date.value", spec.label + ": 'outDateFormat' needs a date and time, but the value is of type " +
                                    std::string(kind_name(value)));
    }
    std::string text;
    plan.format->append(text, *time);
    value = Value(std::move(text));
  }
  if (spec.type) return cast_value(value, *spec.type, spec.label);
  return value;
}

Status bind_choice(const ValueSpec& spec, ValuePlan& plan) {
  std::vector<Value> values;
  for (const Value& item : spec.way.values->items) {
    MIMUS_ASSIGN(Value value, finished(item, spec, plan));
    values.push_back(std::move(value));
  }
  if (values.size() == 1) {
    plan.constant = constant_column(values[0]);
  } else {
    plan.generator = make_choice(column_of(values));
  }
  return {};
}

Status bind_weights(const ValueSpec& spec, const SetupScope& scope, ValuePlan& plan) {
  const AttributeText& source = *spec.way.source;
  auto weighted = open_weights(source, scope.separator(spec.source_options), scope);
  if (!weighted) return fail(std::move(weighted).error());
  std::vector<Value> values;
  for (std::string& text : weighted->values) {
    MIMUS_ASSIGN(Value value, finished(Value(std::move(text)), spec, plan));
    values.push_back(std::move(value));
  }
  plan.generator = make_weighted_choice(column_of(values), weighted->weights);
  return {};
}

std::unique_ptr<Generator> random_of(SimpleType type) {
  switch (type) {
    case SimpleType::String:
      return make_random_string();
    case SimpleType::Int:
      return make_random_int();
    case SimpleType::Float:
      return make_random_float();
    case SimpleType::Bool:
      break;
  }
  return make_random_bool();
}

Status bind_way(const ValueSpec& spec, const SetupScope& scope, ValuePlan& plan) {
  const ValueWay& way = spec.way;
  if (way.constant) {
    MIMUS_ASSIGN(const Value value, finished(Value(way.constant->text), spec, plan));
    plan.constant = constant_column(value);
    return {};
  }
  if (way.values) return bind_choice(spec, plan);
  if (way.source) return bind_weights(spec, scope, plan);
  plan.cast = spec.type;
  if (way.generator) {
    MIMUS_ASSIGN(plan.generator, make_generator(way.generator->call, scope.generator_environment()));
  } else if (way.pattern) {
    MIMUS_ASSIGN(plan.generator, make_pattern(way.pattern->text));
  } else if (spec.type) {
    plan.generator = random_of(*spec.type);
  } else {
    plan.constant = constant_column(Value());
  }
  return {};
}

// Dates and times as texts.
std::optional<RowFailure> format_column(const DateFormat& format, const std::string& label, Column& column) {
  if (column.type == Type::Null) return std::nullopt;
  if (column.type != Type::DateTime) {
    return RowFailure{0,
                      {.code = "date.value",
                       .message = label + ": 'outDateFormat' needs a date and time, but the values are of type " +
                                  std::string(type_name(column.type))}};
  }
  const std::size_t count = column.form == Form::Constant ? 1 : column.size;
  std::vector<char> arena(count * format.max_size());
  column.texts.assign(count, {});
  char* p = arena.data();
  for (std::size_t k = 0; k < count; ++k) {
    char* end = format.write(p, {column.ints[k]});
    column.texts[k] = {p, static_cast<std::size_t>(end - p)};
    p = end;
  }
  column.arena = std::move(arena);
  column.type = Type::String;
  column.clean = format.is_clean();
  return std::nullopt;
}

void copy_constant(const Column& constant, std::size_t rows, Column& out) {
  out.reset(constant.type, rows);
  out.form = Form::Constant;
  out.clean = constant.clean;
  out.bools = constant.bools;
  out.ints = constant.ints;
  out.floats = constant.floats;
  out.texts = constant.texts;  // views into the plan, which outlives the run's batches
  out.values = constant.values;
}

void draw_nulls(const ValuePlan& plan, const Rows& rows, Column& out) {
  std::vector<std::uint64_t> draws(rows.count);
  plan.null_stream.fill(rows, 0, draws.data());
  std::uint8_t* valid = out.make_valid();
  for (std::size_t k = 0; k < rows.count; ++k) {
    if (unit(draws[k]) < plan.null_quota) valid[k] = 0;
  }
}

}  // namespace

Result<ValuePlan> bind_value(const ValueSpec& spec, const SetupScope& scope) {
  ValuePlan plan;
  plan.label = spec.label;
  plan.at = spec.at;
  plan.stream = Stream(scope.shared.seed, spec.path);
  plan.null_quota = spec.null_quota;
  plan.null_stream = plan.stream.sub("?null");
  if (spec.out_date_format) {
    MIMUS_ASSIGN(plan.format, DateFormat::compile(spec.out_date_format->text));
  }
  if (const Status status = bind_way(spec, scope, plan); !status) {
    Diagnostic finding = status.error();
    return at(finding, finding.where.line > 0 ? finding.where : spec.at);
  }
  return plan;
}

std::optional<RowFailure> evaluate_value(const ValuePlan& plan, const Rows& rows, Column& out) {
  std::optional<RowFailure> failure;
  if (plan.constant) {
    copy_constant(*plan.constant, rows.count, out);
  } else {
    plan.generator->generate(rows, plan.stream, out);
  }
  // Before the conversions: what is null cannot fail.
  if (plan.null_quota > 0) draw_nulls(plan, rows, out);
  if (plan.format && plan.generator && out.form != Form::Dictionary)
    failure = format_column(*plan.format, plan.label, out);
  if (plan.cast && !failure) failure = cast_column(out, *plan.cast, plan.label);
  if (failure) failure->finding.where = plan.at;
  return failure;
}

}  // namespace mimus
