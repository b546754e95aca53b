#include "plan/value.h"

#include <algorithm>

#include "base/text.h"
#include "descriptor/source_name.h"
#include "plan/call_arguments.h"
#include "plan/cast.h"
#include "plan/component.h"
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

// The attributes `dataset` and `locale` beside a generator stand for its parameters of that name that the call leaves
// out.
void add_defaults(const EntityOptions& options, Call& call) {
  const GeneratorDeclaration* declaration = find_generator(call.name);
  if (declaration == nullptr) return;
  const auto add = [&](const std::string& name, const std::optional<AttributeText>& given) {
    const auto& parameters = declaration->parameters;
    const auto place = std::ranges::find(parameters, name, &ParameterDeclaration::name) - parameters.begin();
    if (!given || place == std::ssize(parameters)) return;
    const bool by_name = std::ranges::find(call.arguments, name, &Argument::name) != call.arguments.end();
    const bool by_place = place < std::ranges::count(call.arguments, std::string(), &Argument::name);
    if (!by_name && !by_place) call.arguments.push_back({.name = name, .value = Value(given->text)});
  };
  add("dataset", options.dataset);
  add("locale", options.locale);
}

// A generator, or the one that a <generator> of that name stands for: each statement draws from a stream of its own.
Result<std::unique_ptr<Generator>> open_generator(const CallText& text, const ValueSpec& spec,
                                                  const SetupScope& scope) {
  const auto shared = scope.shared.generators.find(text.call.name);
  const bool is_shared = !text.call.has_parentheses && shared != scope.shared.generators.end();
  MIMUS_ASSIGN(Call call, evaluate_arguments(is_shared ? shared->second : text.call, text.at, spec.label, scope));
  add_defaults(spec.entity, call);
  auto made = make_generator(call, scope.generator_environment());
  if (!made && made.error().where.column > 0 && !is_shared) {
    Diagnostic finding = std::move(made).error();
    const int offset = finding.where.column;
    finding.where = text.at;
    finding.where.column += offset;
    return fail(std::move(finding));
  }
  return made;
}

// A generator of the language, or a class of an executed file: without parentheses the language's own come first.
Status bind_generator(const ValueSpec& spec, const SetupScope& scope, ValuePlan& plan) {
  const CallText& text = *spec.way.generator;
  const bool scripted = is_scripted(text.call.name, scope);
  if (!scripted || !text.call.has_parentheses) {
    auto made = open_generator(text, spec, scope);
    if (made) {
      plan.generator = std::move(*made);
      return {};
    }
    if (!scripted) return fail(std::move(made).error());
  }
  const ComponentPlace place{.path = spec.path, .label = "generator of " + spec.label, .at = text.at};
  MIMUS_ASSIGN(plan.script, bind_scripted_generator(text, place, scope));
  plan.simple_only = false;
  return {};
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
  auto weighted = open_weights(source, spec.source_options, scope);
  if (!weighted) return fail(std::move(weighted).error());
  for (Value& value : weighted->values) {
    MIMUS_ASSIGN(value, finished(std::move(value), spec, plan));
  }
  plan.generator = make_weighted_choice(column_of(weighted->values), weighted->weights);
  return {};
}

// Texts that are read as dates: `type` and the formats are applied to each row.
Status bind_dated(const ValueSpec& spec, const SetupScope& scope, ValuePlan& plan) {
  const ValueWay& way = spec.way;
  plan.cast = spec.type;
  if (way.constant) {
    plan.constant = constant_column(Value(way.constant->text));
  } else if (way.values) {
    plan.generator = make_choice(column_of(way.values->items));
  } else if (way.source) {
    MIMUS_ASSIGN(const WeightedChoices weighted, open_weights(*way.source, spec.source_options, scope));
    plan.generator = make_weighted_choice(column_of(weighted.values), weighted.weights);
  } else if (way.generator) {
    MIMUS_TRY(bind_generator(spec, scope, plan));
  } else if (way.pattern) {
    MIMUS_ASSIGN(plan.generator, make_pattern(way.pattern->text));
  }
  return {};
}

Status bind_way(const ValueSpec& spec, const NameScope& names, ValuePlan& plan) {
  const ValueWay& way = spec.way;
  const SetupScope& scope = names.setup;
  if (way.script) {
    MIMUS_ASSIGN(plan.script, bind_expression(*way.script, "script of " + spec.label, names));
    plan.script->stream = plan.stream.sub("?script");
    if (spec.default_value) {
      MIMUS_ASSIGN(plan.fallback, bind_expression(*spec.default_value, "defaultValue of " + spec.label, names));
    }
    plan.cast = spec.type;
    return {};
  }
  if (way.string && !way.constant && !way.values && !way.generator && !way.source && !way.pattern) {
    MIMUS_ASSIGN(plan.text, bind_text(*way.string, spec.marks, "string of " + spec.label, names));
    for (std::size_t k = 0; k < plan.text->pieces.size(); ++k) {
      std::optional<ExpressionPlan>& piece = plan.text->pieces[k].expression;
      if (piece) piece->stream = plan.stream.sub("?text" + std::to_string(k));
    }
    plan.cast = spec.type;
    return {};
  }
  if (way.constant && !spec.in_date_format) {
    MIMUS_ASSIGN(const Value value, finished(Value(way.constant->text), spec, plan));
    plan.constant = constant_column(value);
    return {};
  }
  if (spec.in_date_format) return bind_dated(spec, scope, plan);
  if (way.values) return bind_choice(spec, plan);
  if (way.source) return bind_weights(spec, scope, plan);
  plan.cast = spec.type;
  if (way.generator) {
    MIMUS_TRY(bind_generator(spec, scope, plan));
  } else if (way.pattern) {
    MIMUS_ASSIGN(plan.generator, make_pattern(way.pattern->text));
  } else if (spec.type) {
    plan.generator = random_value(*spec.type);
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
  // Times have no texts: what the arena holds is of an earlier batch.
  char* p = column.make_arena(count * format.max_size());
  column.texts.assign(count, {});
  for (std::size_t k = 0; k < count; ++k) {
    char* end = format.write(p, {column.ints[k]});
    column.texts[k] = {p, static_cast<std::size_t>(end - p)};
    p = end;
  }
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

void mask_nulls(const ValuePlan& plan, const Rows& rows, Column& out) {
  const std::vector<bool> nulls = draw_nulls(plan, rows);
  std::uint8_t* valid = out.make_valid();
  for (std::size_t k = 0; k < rows.count; ++k) {
    if (nulls[k]) valid[k] = 0;
  }
}

}  // namespace

std::vector<bool> draw_nulls(const ValuePlan& plan, const Rows& rows) {
  if (plan.null_quota <= 0) return {};
  std::vector<std::uint64_t> draws(rows.count);
  plan.null_stream.fill(rows, 0, draws.data());
  std::vector<bool> out(rows.count);
  for (std::size_t k = 0; k < rows.count; ++k) out[k] = unit(draws[k]) < plan.null_quota;
  return out;
}

std::unique_ptr<Generator> random_value(SimpleType type) {
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

bool is_weighted(const Variable& variable) {
  return variable.way.source && read_source_name(variable.way.source->text).format == SourceFormat::WeightedRows;
}

ValueSpec spec_of(const Variable& variable) {
  return {.way = variable.way,
          .source_options = variable.source_options,
          .type = variable.type,
          .out_date_format = variable.out_date_format,
          .in_date_format = variable.in_date_format,
          .converters = variable.converters,
          .unique = variable.unique,
          .default_value = variable.default_value,
          .marks = variable.marks,
          .rng_seed = variable.rng_seed,
          .path = variable.path.text(),
          .label = "<variable> '" + variable.name.text + "'",
          .at = variable.at,
          .entity = variable.entity};
}

namespace {

Status bind_unique(const ValueSpec& spec, ValuePlan& plan) {
  if (!plan.generator) {
    return at({.code = "unique.unavailable",
               .message = spec.label + ": 'unique' is for values of a generator, of a pattern, or of several values"},
              spec.at);
  }
  auto made = make_unique_values(std::move(plan.generator));
  if (!made) {
    Diagnostic finding = std::move(made).error();
    finding.message = spec.label + ": " + finding.message;
    return at(std::move(finding), spec.at);
  }
  plan.generator = std::move(*made);
  return {};
}

// The first row for which there is no value that has not been there.
std::optional<RowFailure> check_supply(const ValuePlan& plan, const Rows& rows, const RowExpressions& expressions,
                                       const Column& values) {
  const std::uint64_t supply = plan.generator->supply();
  if (supply == UINT64_MAX) return std::nullopt;
  for (std::size_t k = 0; k < rows.count; ++k) {
    if (rows.position(k) < supply || !values.is_valid(k) || expressions.is_left_out(k)) continue;
    return RowFailure{
        k,
        {.code = "unique.exhausted",
         .message = plan.label + ": there are no more than " + std::to_string(supply) +
                    " different values, and value " + std::to_string(rows.position(k) + 1) + " is asked for",
         .hint = "allow more values, ask for fewer records, or leave out 'unique'"}};
  }
  return std::nullopt;
}

}  // namespace

Result<ValuePlan> bind_value(const ValueSpec& spec, const NameScope& scope) {
  ValuePlan plan;
  plan.simple_only = spec.simple_only;
  plan.in_format = spec.in_date_format;
  plan.label = spec.label;
  plan.at = spec.at;
  // A seed of its own: the same sequence wherever the statement stands.
  plan.stream = spec.rng_seed ? Stream(*spec.rng_seed, "rngSeed") : Stream(scope.setup.seed(), spec.path);
  plan.null_quota = spec.null_quota;
  plan.null_stream = plan.stream.sub("?null");
  if (spec.out_date_format) {
    MIMUS_ASSIGN(plan.format, DateFormat::compile(spec.out_date_format->text));
  }
  MIMUS_ASSIGN(plan.conversion, bind_conversions(spec.converters, plan.stream, spec.label, scope.setup));
  if (const Status status = bind_way(spec, scope, plan); !status) {
    const Diagnostic& finding = status.error();
    return at(finding, finding.where.line > 0 ? finding.where : spec.at);
  }
  if (spec.unique) MIMUS_TRY(bind_unique(spec, plan));
  return plan;
}

namespace {

// Lists, dicts and the like have no place in a simple field; a UUID is its text there.
std::optional<RowFailure> check_simple(const ValuePlan& plan, Column& column) {
  if (column.type != Type::Dynamic && column.type != Type::Struct && column.type != Type::List) return std::nullopt;
  if (std::ranges::any_of(column.values, [](const Value& value) { return value.as_uuid() != nullptr; })) {
    std::vector<Value> values = column.values;
    for (Value& value : values) {
      if (value.as_uuid() != nullptr) value = Value(text_of(value));
    }
    const auto made = column_of(values);
    column = *made;
    column.owner = made;
  }
  for (std::size_t k = 0; k < column.size; ++k) {
    const Value value = value_at(column, k);
    const ValueMap* map = value.as_map();
    if (map != nullptr && find(*map, "#text") != nullptr) continue;
    if (map == nullptr && value.as_list() == nullptr && value.as_tuple() == nullptr && value.as_set() == nullptr &&
        value.as_bytes() == nullptr && value.as_digest() == nullptr && value.as_opaque() == nullptr) {
      continue;
    }
    return RowFailure{k,
                      {.code = "key.type",
                       .message = plan.label + " expects a simple value, but its script gives one of type " +
                                  std::string(kind_name(value))}};
  }
  return std::nullopt;
}

// Digits as a time: seconds, milliseconds, microseconds or nanoseconds since 1970, by their number.
std::optional<Timestamp> epoch_time(std::string_view text) {
  const auto number = parse_int(text);
  if (!number) return std::nullopt;
  const std::size_t digits = text.size() - (text.starts_with('-') || text.starts_with('+') ? 1 : 0);
  if (digits == 10) return Timestamp{*number * kMicrosPerSecond};
  if (digits == 13) return Timestamp{*number * 1000};
  if (digits == 16) return Timestamp{*number};
  if (digits == 19) return Timestamp{*number / 1000};
  return std::nullopt;
}

std::optional<RowFailure> parse_dates(const ValuePlan& plan, Column& column) {
  const bool epoch = plan.in_format->text == "epoch";
  DateFormat format;
  if (!epoch) {
    auto compiled = DateFormat::compile(plan.in_format->text);
    if (!compiled) return RowFailure{0, std::move(compiled).error()};
    format = std::move(*compiled);
  }
  std::vector<Value> values(column.size);
  for (std::size_t k = 0; k < column.size; ++k) {
    const Value value = value_at(column, k);
    if (value.is_null()) continue;
    const std::string text = epoch ? text_of(value) : value.as_text() == nullptr ? std::string() : *value.as_text();
    std::optional<Timestamp> time;
    if (epoch) {
      time = epoch_time(text);
    } else if (auto parsed = format.parse(text)) {
      time = *parsed;
    }
    if (!time) {
      std::string shown;
      append_repr(shown, value);
      return RowFailure{k,
                        {.code = "date.value",
                         .message = plan.label + ": " + shown.substr(0, 80) + " is no date of the form '" +
                                    plan.in_format->text + "'"}};
    }
    values[k] = Value(*time);
  }
  const auto made = column_of(values);
  column = *made;
  column.owner = made;
  return std::nullopt;
}

// A date column (of scripts: Date values) as times.
void widen_dates(Column& column) {
  if (column.type != Type::Dynamic) return;
  std::vector<Value> values(column.size);
  for (std::size_t k = 0; k < column.size; ++k) {
    values[k] = value_at(column, k);
    if (const Date* date = values[k].as_date()) values[k] = Value(Timestamp{date->days * kMicrosPerDay});
  }
  const auto made = column_of(values);
  column = *made;
  column.owner = made;
}

// The converters see neither what is null by the quota nor what will not be there.
std::optional<RowFailure> convert_values(const ValuePlan& plan, const Rows& rows, const RowExpressions& expressions,
                                         Column& out) {
  const std::vector<bool> nulls = draw_nulls(plan, rows);
  std::vector<std::uint32_t> hidden;
  for (std::size_t k = 0; k < rows.count; ++k) {
    const bool is_hidden = (!nulls.empty() && nulls[k]) || expressions.is_left_out(k);
    if (is_hidden && out.is_present(k)) hidden.push_back(static_cast<std::uint32_t>(k));
  }
  for (const std::uint32_t k : hidden) out.make_present()[k] = 0;
  auto failure = convert_column(plan.conversion, rows, out);
  for (const std::uint32_t k : hidden) {
    out.present[k] = 1;
    out.make_valid()[k] = 0;
  }
  return failure;
}

}  // namespace

std::optional<RowFailure> evaluate_value(const ValuePlan& plan, const Rows& rows, const RowExpressions& expressions,
                                         Column& out) {
  std::optional<RowFailure> failure;
  if (plan.script) {
    failure = expressions.evaluate(*plan.script, plan.fallback ? &*plan.fallback : nullptr, out);
    if (!failure && plan.simple_only) failure = check_simple(plan, out);
  } else if (plan.text) {
    failure = expressions.evaluate(*plan.text, out);
  } else if (plan.constant) {
    copy_constant(*plan.constant, rows.count, out);
  } else {
    plan.generator->generate(rows, plan.stream, out);
  }
  // Before the conversions: what is null cannot fail.
  if (plan.null_quota > 0) mask_nulls(plan, rows, out);
  if (!failure && plan.generator) failure = check_supply(plan, rows, expressions, out);
  if (!failure && plan.in_format) failure = parse_dates(plan, out);
  const bool finished_before = plan.constant && !plan.in_format;
  if (!failure && plan.format && !finished_before && (out.form != Form::Dictionary || plan.in_format)) {
    widen_dates(out);
    failure = format_column(*plan.format, plan.label, out);
  }
  if (!failure && plan.cast) failure = cast_column(out, *plan.cast, plan.label);
  if (!failure && !plan.conversion.steps.empty()) failure = convert_values(plan, rows, expressions, out);
  if (failure && failure->finding.where.line == 0) failure->finding.where = plan.at;
  return failure;
}

Result<std::string> joined_text(const TextPlan& text,
                                const std::function<Result<Value>(const ExpressionPlan&)>& value_of) {
  std::string out;
  for (const TextPlan::Piece& piece : text.pieces) {
    out += piece.literal;
    if (!piece.expression) continue;
    MIMUS_ASSIGN(const Value value, value_of(*piece.expression));
    out += text_of(value);
  }
  return out;
}

}  // namespace mimus
