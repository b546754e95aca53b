#include "plan/sequence.h"

#include <algorithm>
#include <compare>
#include <map>
#include <optional>
#include <utility>

namespace mimus {
namespace {

// What a statement writes: a field of a shape, or a variable.
struct Written {
  bool is_variable = false;
  std::size_t shape = 0;
  std::size_t number = 0;
  friend auto operator<=>(const Written&, const Written&) = default;
};

std::optional<Written> written_of(const NameLink& link) {
  if (link.kind == NameLink::Kind::Variable) return Written{true, 0, link.variable};
  if (link.kind == NameLink::Kind::Field) return Written{false, link.field.shape, link.field.field};
  return std::nullopt;
}

// A <key> or <variable> with a value; nullptr for other steps.
const ValuePlan* value_of(const StepPlan& step) {
  if (const auto* key = std::get_if<KeyPlan>(&step)) return &key->value;
  const auto* variable = std::get_if<VariablePlan>(&step);
  return variable == nullptr || variable->texts ? nullptr : std::get_if<ValuePlan>(&variable->way);
}

Written written_of(const StepPlan& step) {
  if (const auto* key = std::get_if<KeyPlan>(&step)) return {false, key->place.shape, key->place.field};
  return {true, 0, std::get<VariablePlan>(step).variable};
}

bool is_stateful(const ValuePlan& value) {
  if (!value.script || !value.script->python_only) return false;
  const auto expression = value.script->python->expression();
  return expression && (*expression)->effect() != python::Effect::Pure;
}

// What its script gives is the value: nothing is done to it after that.
bool is_plain(const ValuePlan& value) {
  return !value.cast && !value.format && !value.in_format && value.null_quota <= 0 && value.conversion.steps.empty();
}

// The members are the steps to be joined; the range goes from the first of them to the last. What stands in it beside
// them goes before the sequence where it can, and behind it where it needs the members' values.
class Joining {
 public:
  Joining(GeneratePlan& plan, const SharedScope& shared) : plan_(plan), steps_(plan.level.steps), shared_(shared) {}

  bool join(std::size_t stateful) {
    for (std::size_t s = 0; s < steps_.size(); ++s) {
      const ValuePlan* value = value_of(steps_[s]);
      if (value != nullptr && is_stateful(*value)) members_.push_back(s);
    }
    if (members_.size() != stateful || members_.size() < 2) return false;
    for (std::size_t s = members_.front(); s <= members_.back(); ++s) {
      if (!sort_step(s)) return false;
    }
    return make_sequence();
  }

 private:
  [[nodiscard]] bool is_member(std::size_t step) const { return std::ranges::find(members_, step) != members_.end(); }
  [[nodiscard]] bool is_late(std::size_t step) const { return std::ranges::find(late_, step) != late_.end(); }

  bool sort_step(std::size_t s) {
    const ValuePlan* value = value_of(steps_[s]);
    if (value == nullptr || value->text) return false;
    const Written own = written_of(steps_[s]);
    // A second value of one name is another one for the statements between.
    if (written_.contains(own) || is_written_before(own)) return false;
    bool needs_members = false;
    for (const std::optional<ExpressionPlan>* expression : {&value->script, &value->fallback}) {
      if (*expression && !look_at(**expression, needs_members)) return false;
    }
    written_.emplace(own, s);
    if (is_member(s)) return !value->fallback;
    (needs_members ? late_ : early_).push_back(s);
    return true;
  }

  [[nodiscard]] bool is_written_before(const Written& place) const {
    const auto first = steps_.begin() + static_cast<std::ptrdiff_t>(members_.front());
    const bool by_step = std::any_of(steps_.begin(), first, [&](const StepPlan& step) {
      return value_of(step) != nullptr && written_of(step) == place;
    });
    if (by_step || place.is_variable || place.shape != plan_.level.shape) return by_step;
    return plan_.source && place.number < plan_.source->source->names().size();
  }

  [[nodiscard]] bool is_written_in_range(const Written& place) const {
    for (std::size_t s = members_.front(); s <= members_.back(); ++s) {
      if (value_of(steps_[s]) != nullptr && written_of(steps_[s]) == place) return true;
    }
    return false;
  }

  // Whether an expression needs values of the members; false when that cannot be told.
  bool look_at(const ExpressionPlan& expression, bool& needs_members) const {
    for (const NameBinding& name : expression.names) {
      for (std::size_t l = 0; l < name.links.size(); ++l) {
        if (name.links[l].kind == NameLink::Kind::Record) return false;
        const auto place = written_of(name.links[l]);
        if (!place) continue;
        const auto writer = written_.find(*place);
        if (writer == written_.end()) {
          // A step further down writes it: this one must see it without a value.
          if (is_written_in_range(*place)) return false;
        } else if (is_member(writer->second) || is_late(writer->second)) {
          needs_members = true;
          if (l > 0) return false;
        }
      }
    }
    return true;
  }

  bool make_sequence() {
    SequencePlan out;
    python::SequenceSource source;
    for (const std::size_t s : members_) source.parts.push_back({value_of(steps_[s])->script->python->text(), {}});
    for (std::size_t part = 0; part < members_.size(); ++part) {
      const StepPlan& step = steps_[members_[part]];
      if (!add_names(*value_of(step)->script, part, source, out)) return false;
      if (const auto* key = std::get_if<KeyPlan>(&step)) {
        out.parts.emplace_back(*key);
      } else {
        out.parts.emplace_back(std::get<VariablePlan>(step));
      }
    }
    const auto session = shared_.python->session();
    if (!session) return false;
    auto sequence = (*session)->compile(std::move(source));
    if (!sequence) return false;
    out.sequence = std::move(*sequence);
    rebuild(std::move(out));
    return true;
  }

  // Each name must stand for one thing in all parts: a constant, a value of the row, or the result of an earlier part.
  bool add_names(const ExpressionPlan& expression, std::size_t part, python::SequenceSource& source,
                 SequencePlan& out) {
    for (const NameBinding& name : expression.names) {
      const NameLink& link = name.links.front();
      const auto place = written_of(link);
      const auto writer = place ? written_.find(*place) : written_.end();
      const bool in_range = writer != written_.end();
      std::string meaning = link.kind == NameLink::Kind::Value ? "constant" : "row";
      if (in_range && is_late(writer->second)) return false;
      if (in_range && is_member(writer->second)) {
        if (!is_plain(*value_of(steps_[writer->second]))) return false;
        const auto member = static_cast<std::size_t>(std::ranges::find(members_, writer->second) - members_.begin());
        meaning = "part " + std::to_string(member);
        source.parts[member].name = name.name;
      }
      const auto [known, is_new] = meanings_.emplace(name.name, meaning);
      if (known->second != meaning) return false;
      if (!is_new) continue;
      if (meaning == "constant") source.constants.emplace_back(name.name, link.value);
      if (meaning == "row") {
        source.parameters.push_back(name.name);
        out.parameters.emplace_back(name.name, part);
      }
    }
    return true;
  }

  void rebuild(SequencePlan sequence) {
    std::vector<StepPlan> made;
    const auto move = [&](std::size_t s) { made.push_back(std::move(steps_[s])); };
    for (std::size_t s = 0; s < members_.front(); ++s) move(s);
    std::ranges::for_each(early_, move);
    made.emplace_back(std::move(sequence));
    std::ranges::for_each(late_, move);
    for (std::size_t s = members_.back() + 1; s < steps_.size(); ++s) move(s);
    steps_ = std::move(made);
  }

  GeneratePlan& plan_;
  std::vector<StepPlan>& steps_;
  const SharedScope& shared_;
  std::vector<std::size_t> members_, early_, late_;
  std::map<Written, std::size_t> written_;  // by the steps of the range so far
  std::map<std::string, std::string> meanings_;
};

}  // namespace

bool join_stateful(GeneratePlan& plan, std::size_t stateful, const SharedScope& shared) {
  return Joining(plan, shared).join(stateful);
}

}  // namespace mimus
