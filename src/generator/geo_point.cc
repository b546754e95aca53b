// Points on the globe, uniform by area: in a box, in the box around a country, or in a polygon (by rejection, with the
// even-odd rule in degrees; no polygon may cross the 180th meridian).
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "base/text.h"
#include "generator/text.h"
#include "random/elementary.h"

namespace mimus {
namespace {

constexpr double kDegreesPerRadian = 57.295779513082323;
constexpr int kMostTries = 10'000;
constexpr std::size_t kMostCorners = 10'000;

struct Box {
  double south = -90, west = -180, north = 90, east = 180;
};
struct Country {
  std::string_view code;
  Box box;
};
// The mainland, in tenths of a degree, inwards.
constexpr Country kCountries[] = {
    {"AT", {46.4, 9.6, 49.0, 17.1}},    {"AU", {-38.0, 115.0, -12.0, 153.0}}, {"BE", {49.6, 2.6, 51.4, 6.3}},
    {"BR", {-33.0, -73.0, 5.0, -35.0}}, {"CA", {43.0, -130.0, 70.0, -56.0}},  {"CH", {45.9, 6.0, 47.7, 10.4}},
    {"CN", {19.0, 75.0, 53.0, 134.0}},  {"CZ", {48.6, 12.2, 51.0, 18.8}},     {"DE", {47.4, 6.0, 54.8, 14.9}},
    {"DK", {54.6, 8.2, 57.7, 12.6}},    {"ES", {36.1, -9.2, 43.7, 3.2}},      {"FI", {60.0, 21.0, 70.0, 31.0}},
    {"FR", {42.4, -4.6, 51.0, 8.1}},    {"GB", {50.0, -5.6, 58.6, 1.7}},      {"GR", {36.5, 20.2, 41.7, 26.5}},
    {"IE", {51.5, -10.2, 55.3, -6.0}},  {"IN", {8.1, 68.2, 34.0, 97.0}},      {"IT", {37.0, 6.7, 47.0, 18.4}},
    {"JP", {31.2, 130.0, 45.4, 145.5}}, {"MX", {15.0, -117.0, 32.5, -87.0}},  {"NL", {50.8, 3.4, 53.5, 7.2}},
    {"NO", {58.0, 5.0, 71.0, 31.0}},    {"PL", {49.1, 14.2, 54.8, 24.1}},     {"PT", {37.0, -9.4, 42.1, -6.3}},
    {"SE", {55.4, 11.2, 69.0, 24.1}},   {"US", {25.2, -124.6, 49.0, -67.0}},  {"ZA", {-34.7, 16.5, -22.2, 32.8}}};

double sine_of_degrees(double degrees) { return sine_of_turns(degrees / 360); }
double arc_sine_in_degrees(double x) {
  if (x >= 1) return 90;
  if (x <= -1) return -90;
  return arc_tangent(x / std::sqrt(1 - x * x)) * kDegreesPerRadian;
}

struct Point {
  double latitude, longitude;
};

class Area {
 public:
  explicit Area(const Box& box, std::vector<Point> polygon = {})
      : box_(box), low_(sine_of_degrees(box.south)), high_(sine_of_degrees(box.north)), polygon_(std::move(polygon)) {}

  // The first of the points that lies in the polygon, or the last one that was tried.
  [[nodiscard]] Point draw(Draws& draws, bool& inside) const {
    Point point{};
    inside = true;
    for (int k = 0; k < kMostTries; ++k) {
      const double sine = low_ + (high_ - low_) * draws.fraction();
      point.latitude = std::clamp(arc_sine_in_degrees(sine), box_.south, box_.north);
      point.longitude = box_.west + (box_.east - box_.west) * draws.fraction();
      if (polygon_.empty() || contains(point)) return point;
    }
    inside = false;
    return point;
  }

 private:
  [[nodiscard]] bool contains(const Point& point) const {
    bool odd = false;
    for (std::size_t k = 0, last = polygon_.size() - 1; k < polygon_.size(); last = k++) {
      const Point& a = polygon_[k];
      const Point& b = polygon_[last];
      if ((a.latitude > point.latitude) == (b.latitude > point.latitude)) continue;
      const double share = (point.latitude - a.latitude) / (b.latitude - a.latitude);
      if (point.longitude < a.longitude + (b.longitude - a.longitude) * share) odd = !odd;
    }
    return odd;
  }

  Box box_;
  double low_, high_;
  std::vector<Point> polygon_;
};

// A number with six digits after the point.
void append_degrees(std::string& out, double degrees) {
  const double millionths = std::nearbyint(degrees * 1e6);
  if (millionths < 0) out += '-';
  const auto whole = static_cast<std::uint64_t>(std::abs(millionths));
  append_padded(out, whole / 1'000'000, 1);
  out += '.';
  append_padded(out, whole % 1'000'000, 6);
}

std::unexpected<Diagnostic> wrong(std::string message, std::string hint = {}) {
  return fail("generator.argument", std::move(message), std::move(hint));
}

std::optional<double> degrees_of(const Value& value, double most) {
  const double* real = value.as_float();
  const auto* integer = value.as_int();
  if (real == nullptr && integer == nullptr) return std::nullopt;
  const double degrees = real != nullptr ? *real : static_cast<double>(*integer);
  return std::abs(degrees) <= most ? std::optional(degrees) : std::nullopt;
}

Result<std::vector<Point>> corners_of(const Value& value) {
  const ValueList* items = value.as_list();
  if (items == nullptr || items->size() < 3 || items->size() > kMostCorners) {
    return wrong("polygon must be a list of 3 to 10000 corners, each (latitude, longitude)");
  }
  std::vector<Point> out;
  for (const Value& item : *items) {
    const ValueList* both = item.as_list() != nullptr ? item.as_list() : item.as_tuple();
    const auto latitude = both != nullptr && both->size() == 2 ? degrees_of((*both)[0], 90) : std::nullopt;
    const auto longitude = both != nullptr && both->size() == 2 ? degrees_of((*both)[1], 180) : std::nullopt;
    if (!latitude || !longitude) return wrong("a corner of polygon must be (latitude, longitude) in degrees");
    out.push_back({*latitude, *longitude});
  }
  return out;
}

Result<Area> area_of(const Arguments& arguments) {
  if (arguments.has("polygon")) {
    MIMUS_ASSIGN(std::vector<Point> corners, corners_of(arguments.value("polygon")));
    Box box{90, 180, -90, -180};
    for (const Point& corner : corners) {
      box = {std::min(box.south, corner.latitude), std::min(box.west, corner.longitude),
             std::max(box.north, corner.latitude), std::max(box.east, corner.longitude)};
    }
    Area area(box, std::move(corners));
    const Stream stream(0, "check");
    Draws draws(stream, {});
    bool inside = false;
    (void)area.draw(draws, inside);
    if (!inside) return wrong("polygon has next to no area within the box around it");
    return area;
  }
  if (arguments.has("country")) {
    const std::string code = upper_ascii(arguments.text("country"));
    const auto* known = std::ranges::find(kCountries, code, &Country::code);
    if (known != std::end(kCountries)) return Area(known->box);
    std::string all;
    for (const Country& country : kCountries) all += (all.empty() ? "" : ", ") + std::string(country.code);
    return wrong("no box of country '" + code.substr(0, 40) + "'", "there are: " + all);
  }
  const Box box{arguments.number("south"), arguments.number("west"), arguments.number("north"),
                arguments.number("east")};
  const bool valid = box.south >= -90 && box.south <= box.north && box.north <= 90 && box.west >= -180 &&
                     box.west <= box.east && box.east <= 180;
  if (!valid) return wrong("south, west, north and east must be a box from -90, -180 to 90, 180");
  return Area(box);
}

constexpr ParameterDeclaration kParameters[] = {
    {"country", ParameterType::String, "", "two letters, as DE; 27 countries", "the box around a country", true},
    {"south", ParameterType::Float, "-90", "-90 to north", "least latitude"},
    {"west", ParameterType::Float, "-180", "-180 to east", "least longitude"},
    {"north", ParameterType::Float, "90", "at most 90", "greatest latitude"},
    {"east", ParameterType::Float, "180", "at most 180", "greatest longitude"},
    {"polygon", ParameterType::Any, "", "a list of (latitude, longitude)", "the corners of a polygon; instead of a box",
     true},
    {"format", ParameterType::String, "text", "text, wkt, geojson", "52.5,13.4, or POINT(13.4 52.5), or GeoJSON"},
};
constexpr std::string_view kExamples[] = {
    "GeoPointGenerator(country='DE')", "GeoPointGenerator(south=52.3, west=13.0, north=52.7, east=13.8, format='wkt')",
    "GeoPointGenerator(polygon=[(0, 0), (0, 10), (10, 0)], format='geojson')"};

}  // namespace

extern const GeneratorDeclaration kGeoPointGenerator{
    .name = "GeoPointGenerator",
    .summary = "a point on the globe, in degrees with six digits after the point",
    .result = Type::String,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      MIMUS_ASSIGN(Area area, area_of(arguments));
      const std::string format = arguments.text("format");
      if (format != "text" && format != "wkt" && format != "geojson") {
        return wrong("format must be text, wkt or geojson, but is '" + format.substr(0, 40) + "'");
      }
      return make_text([area = std::move(area), kind = format[0]](Draws& draws, std::string& out) {
        bool inside = false;
        const Point point = area.draw(draws, inside);
        const bool latitude_first = kind == 't';
        out += kind == 't' ? "" : kind == 'w' ? "POINT(" : "{\"type\": \"Point\", \"coordinates\": [";
        append_degrees(out, latitude_first ? point.latitude : point.longitude);
        out += kind == 't' ? "," : kind == 'w' ? " " : ", ";
        append_degrees(out, latitude_first ? point.longitude : point.latitude);
        out += kind == 't' ? "" : kind == 'w' ? ")" : "]}";
      });
    },
    .takes_rng = true,
};

}  // namespace mimus
