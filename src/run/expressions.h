// The expressions of a level's statements, as the kernels of plan/ ask for them.
#pragma once

#include "plan/value.h"
#include "run/evaluate.h"

namespace mimus {

class Evaluation::Expressions final : public RowExpressions {
 public:
  // Both borrowed.
  Expressions(const Evaluation& evaluation, const LevelRows& rows) : evaluation_(evaluation), rows_(rows) {}
  [[nodiscard]] std::optional<RowFailure> evaluate(const ExpressionPlan& expression, const ExpressionPlan* fallback,
                                                   Column& out) const override;
  [[nodiscard]] std::optional<RowFailure> evaluate(const TextPlan& text, Column& out) const override;

 private:
  const Evaluation& evaluation_;
  const LevelRows& rows_;
};

}  // namespace mimus
