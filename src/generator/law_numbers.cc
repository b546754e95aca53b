// Numbers of a law as the values of a generator.
#include <algorithm>
#include <cmath>

#include "generator/law.h"

namespace mimus {
namespace {

class FromLaw final : public Generator {
 public:
  FromLaw(std::shared_ptr<const Law> law, const NumberForm& form)
      : law_(std::move(law)),
        bounds_(form.bounds),
        granularity_(form.granularity),
        rounded_(form.whole && !law_->is_whole()),
        whole_(form.whole || (form.granularity == 0 && law_->is_whole())) {
    // What rounds to a bound lies within.
    drawn_ = rounded_ ? Bounds{bounds_.least - 0.5, bounds_.most + 0.5} : bounds_;
    // Of a grid whose steps are short decimals.
    double power = 1;
    for (int scale = 0; granularity_ > 0 && scale <= 9 && scale_ < 0; ++scale, power *= 10) {
      const double step = granularity_ * power;
      if (std::nearbyint(step) >= 1 && step < 1e9 && std::nearbyint(step) / power == granularity_) {
        scale_ = scale;
        step_ = std::nearbyint(step);
        power_ = power;
      }
    }
  }

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(whole_ ? Type::Int64 : Type::Float64, rows.count);
    double* floats = whole_ ? nullptr : out.make_floats();
    std::int64_t* whole = whole_ ? out.make_ints() : nullptr;
    for (std::size_t k = 0; k < rows.count; ++k) {
      Draws draws(stream, rows[k]);
      const double value = draw_within(*law_, drawn_, draws);
      if (!whole_) {
        floats[k] = on_grid(value);
      } else {
        whole[k] = static_cast<std::int64_t>(rounded_ ? std::clamp(std::nearbyint(value), bounds_.least, bounds_.most)
                                                      : value);
      }
    }
  }

 private:
  [[nodiscard]] double on_grid(double value) const {
    if (granularity_ == 0) return value;
    const double steps = std::nearbyint(value / granularity_);
    return scale_ < 0 ? steps * granularity_ : steps * step_ / power_;
  }

  std::shared_ptr<const Law> law_;
  Bounds bounds_, drawn_{};
  double granularity_;
  bool rounded_, whole_;
  int scale_ = -1;
  double step_ = 0, power_ = 1;
};

}  // namespace

std::unique_ptr<Generator> make_numbers(std::shared_ptr<const Law> law, const NumberForm& form) {
  return std::make_unique<FromLaw>(std::move(law), form);
}

Result<std::unique_ptr<Generator>> make_distributed(const Arguments& arguments, const NumberForm& form,
                                                    const ReadFile& read_file) {
  constexpr double kMostWhole = 0x1p53;
  if (form.whole && (form.bounds.least < -kMostWhole || form.bounds.most > kMostWhole)) {
    return fail("generator.argument", "with a distribution, min and max must lie from -2^53 to 2^53");
  }
  MIMUS_ASSIGN(std::shared_ptr<const Law> law, parse_law(arguments.text("distribution"), read_file));
  MIMUS_TRY(check_within(*law, form.bounds));
  return make_numbers(std::move(law), form);
}

}  // namespace mimus
