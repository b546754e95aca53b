// Binding of the converters of records and lists.
#include <utility>

#include "plan/level_binder.h"

namespace mimus {

void LevelBinder::bind_converters(const FieldConverters& field, LevelPlan& level) {
  if (field.converters.empty()) return;
  auto conversion = bind_conversions(field.converters, Stream(scope_.seed(), field.path.text()), field.label, scope_);
  if (!conversion) return report(std::move(conversion).error(), field.name.at);
  const auto place = place_of(field.name, level);
  if (!place) return;
  // What the converters give is a value of its own: statements that go on with it begin from there.
  dicts_.erase({place->shape, place->field});
  assigned_.erase({place->shape, place->field});
  level.steps.emplace_back(ConvertPlan{*place, std::move(*conversion), field.each});
}

void LevelBinder::bind_record_converters(const Generate& generate, LevelPlan& level) {
  if (generate.converters.empty()) return;
  auto conversion = bind_conversions(generate.converters, Stream(scope_.seed(), generate.path.text()),
                                     "<generate> '" + generate.name.text + "'", scope_);
  if (!conversion) return report(std::move(conversion).error(), generate.at);
  const std::size_t shape = add_shape({}, true);
  level.value_shapes.push_back(shape);
  level.converted = shape;
  level.steps.emplace_back(ConvertRecordsPlan{level.shape, shape, std::move(*conversion)});
}

}  // namespace mimus
