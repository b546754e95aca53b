// Binding of <element>: XML attributes of the fields around them.
#include <utility>

#include "plan/level_binder.h"
#include "plan/value.h"

namespace mimus {

void LevelBinder::bind_texted(const Key& key, ValuePlan value, std::optional<RankPlan> rank, const FieldPlace& place,
                              LevelPlan& level) {
  const std::size_t shape = add_shape({}, false);
  row_shapes_.back().push_back(shape);
  level.steps.emplace_back(DictPlan{.place = place, .shape = shape, .base = {}, .level = nullptr});
  level.steps.emplace_back(
      KeyPlan{.place = {shape, add_field(shape, "#text")}, .value = std::move(value), .rank = rank});
  for (const ElementAttribute& element : key.elements) bind_element(element, shape, level);
  level.steps.emplace_back(TextedPlan{.place = place, .shape = shape});
}

void LevelBinder::bind_element(const ElementAttribute& element, std::size_t shape, LevelPlan& level) {
  const std::string label = "<element> '" + element.name.text + "'";
  const auto bind = [&](LevelPlan& branch) {
    const ValueSpec spec{.way = element.way,
                         .source_options = element.source_options,
                         .type = element.type,
                         .out_date_format = element.out_date_format,
                         .in_date_format = element.in_date_format,
                         .converters = element.converters,
                         .default_value = element.default_value,
                         .marks = element.marks,
                         .rng_seed = element.rng_seed,
                         .simple_only = true,
                         .path = element.path.text(),
                         .label = label,
                         .at = element.at};
    auto value = bind_value(spec, names());
    if (!value) return report(std::move(value).error(), element.at);
    use(*value);
    const FieldPlace place{shape, add_field(shape, "@" + element.name.text)};
    const bool counts_run = value->generator != nullptr && value->generator->counts_run();
    const auto rank = counts_run ? rank_of(*value, true) : std::nullopt;
    branch.steps.emplace_back(KeyPlan{.place = place, .value = std::move(*value), .rank = rank, .restart = true});
  };
  // A default stands in for a script that fails, not for an attribute that is left out.
  bind_guarded(element.condition, "condition of " + label, level, bind, std::nullopt, element.name);
}

}  // namespace mimus
