#include "domain/dates.h"

#include <algorithm>

namespace mimus {
namespace {

// Month and day as one number that grows through the year.
int day_of_year(const Civil& civil) { return civil.month * 32 + civil.day; }

}  // namespace

std::pair<std::int64_t, std::int64_t> age_range(const Entity& entity, std::int64_t least) {
  const Arguments& arguments = entity.arguments();
  const EntityEnvironment& environment = entity.environment();
  std::int64_t most = 65;
  if (arguments.has("min_age")) least = arguments.integer("min_age");
  if (arguments.has("max_age")) most = arguments.integer("max_age");
  least = environment.age_min.value_or(least);
  most = environment.age_max.value_or(most);
  return {std::min(least, most), most};
}

std::int64_t years_before(Timestamp now, std::int64_t years) {
  const Civil today = civil_from(now);
  const int year = today.year - static_cast<int>(years);
  const int day = today.month == 2 && today.day == 29 ? 28 : today.day;
  return days_from_civil(year, today.month, day) * kMicrosPerDay;
}

BirthRange births_between(Timestamp now, std::int64_t least, std::int64_t most) {
  const std::int64_t first = years_before(now, most + 1) + kMicrosPerDay;
  const std::int64_t last = years_before(now, least);
  return {first, static_cast<std::uint64_t>((last - first) / kMicrosPerSecond) + 1};
}

void fill_ages(Making& making) {
  const ColumnInts births(making.need(0));
  const Civil today = civil_from(making.environment().now);
  making.out().reset(Type::Int64, making.count());
  std::int64_t* out = making.out().make_ints();
  for (std::size_t k = 0; k < making.count(); ++k) {
    const Civil birth = civil_from({births[k]});
    out[k] = today.year - birth.year - (day_of_year(today) < day_of_year(birth) ? 1 : 0);
  }
}

void append_day(std::string& out, std::int64_t micros) {
  const Civil civil = civil_from({micros});
  append_padded(out, static_cast<std::uint64_t>(civil.year), 4);
  out += '-';
  append_padded(out, static_cast<std::uint64_t>(civil.month), 2);
  out += '-';
  append_padded(out, static_cast<std::uint64_t>(civil.day), 2);
}

}  // namespace mimus
