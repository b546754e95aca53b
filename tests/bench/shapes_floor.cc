// The descriptors of the benchmark suite, hard-coded, as far as a program that knows them beforehand would go. The
// engine is measured against them.
//
//   shapes_floor SHAPE ROWS FILE     writes the file; prints {"rows", "bytes", "seconds"} to stdout
#include <cstdlib>

#include "floor.h"

namespace {

using namespace floor_program;

constexpr std::array<std::string_view, 4> kColours = {"red", "green", "blue", "black"};

// The draw of a column in a row.
std::uint64_t draw(std::uint64_t column, std::uint64_t row, std::uint64_t bound) {
  return bounded(philox(0x9E3779B97F4A7C15U * (column + 1), row, 0).low, bound);
}

// Values of the seven plain fields of a row, in the order of simple.xml, each through `field(name, quoted, write)`.
template <class Field>
void simple_fields(std::uint64_t row, Field&& field) {
  field("id", false, [=](char* out) { return put_number(out, row + 1); });
  field("amount", false, [=](char* out) { return put_number(out, draw(1, row, 100'000) + 1); });
  field("price", false, [=](char* out) { return put_hundredths(out, draw(2, row, 50'000)); });
  field("code", true, [=](char* out) { return put_letters(out, philox(7, row, 0).low, 8); });
  field("colour", true, [=](char* out) { return put_text(out, kColours[draw(3, row, 4)]); });
  field("kind", true, [=](char* out) { return put_text(out, "standard"); });
  field("at", true, [=](char* out) { return put_time(out, draw(4, row, 2'500 * kSecondsPerDay)); });
}

char* simple_csv(std::uint64_t row, char* out) {
  bool first = true;
  simple_fields(row, [&](const char*, bool, auto&& write) {
    if (!first) *out++ = '|';
    first = false;
    out = write(out);
  });
  *out++ = '\r';
  *out++ = '\n';
  return out;
}

char* simple_json(std::uint64_t row, char* out) {
  out = put_text(out, row == 0 ? "{" : ",\n{");
  bool first = true;
  simple_fields(row, [&](const char* name, bool quoted, auto&& write) {
    out = put_text(out, first ? "\"" : ", \"");
    first = false;
    out = put_text(put_text(out, name), quoted ? "\": \"" : "\": ");
    out = write(out);
    if (quoted) *out++ = '"';
  });
  *out++ = '}';
  return out;
}

char* simple_xml(std::uint64_t row, char* out) {
  out = put_text(out, "<item>");
  simple_fields(row, [&](const char* name, bool, auto&& write) {
    out = put_text(put_text(put_text(out, "<"), name), ">");
    out = write(out);
    out = put_text(put_text(put_text(out, "</"), name), ">");
  });
  return put_text(out, "</item>\n");
}

char* wide_csv(std::uint64_t row, char* out) {
  constexpr std::uint64_t kFields = 60;
  for (std::uint64_t column = 0; column < kFields; ++column) {
    out = put_number(out, draw(column, row, 1'000'000) + 1);
    *out++ = '|';
  }
  out[-1] = '\r';
  *out++ = '\n';
  return out;
}

char* nested_json(std::uint64_t row, char* out) {
  out = put_text(out, row == 0 ? "{\"id\": " : ",\n{\"id\": ");
  out = put_text(put_number(out, row + 1), ", \"lines\": [");
  const std::uint64_t lines = draw(1, row, 5) + 1;
  for (std::uint64_t line = 0; line < lines; ++line) {
    const std::uint64_t own = row * 8 + line;
    out = put_text(out, line == 0 ? "{\"sku\": \"" : ", {\"sku\": \"");
    out = put_text(put_letters(out, philox(3, own, 0).low, 6), "\", \"qty\": ");
    out = put_text(put_number(out, draw(4, own, 9) + 1), ", \"price\": ");
    out = put_text(put_hundredths(out, draw(5, own, 5'000)), "}");
  }
  return put_text(out, "]}");
}

char* source_csv(std::uint64_t row, char* out) {
  static constexpr std::array<std::string_view, 5> kStations = {"1|North|12.5", "2|South|11.25", "3|East|9.0",
                                                                "4|West|10.75", "5|Centre|14.0"};
  out = put_text(out, kStations[row % kStations.size()]);
  *out++ = '|';
  return put_text(put_number(out, row + 1), "\r\n");
}

// Three columns of weighted values; the cumulated weights are searched.
char* weighted_csv(std::uint64_t row, char* out) {
  constexpr std::array<std::uint64_t, 4> kCumulated = {50, 80, 95, 100};
  for (std::uint64_t column = 0; column < 3; ++column) {
    const std::uint64_t place = draw(column, row, 100);
    std::size_t i = 0;
    while (place >= kCumulated[i]) ++i;
    out = put_text(out, kColours[i]);
    *out++ = '|';
  }
  out[-1] = '\r';
  *out++ = '\n';
  return out;
}

char* conditions_csv(std::uint64_t row, char* out) {
  const std::uint64_t base = draw(1, row, 990) + 10;
  out = put_number(out, row + 1);
  *out++ = '|';
  out = put_number(out, base * 3);
  *out++ = '|';
  out = put_text(out, base > 700 ? "upper" : base > 300 ? "middle" : "lower");
  *out++ = '|';
  return put_text(put_number(put_text(out, "item-"), row + 1), "\r\n");
}

struct Shape {
  std::string_view name, begin, end;
  char* (*put)(std::uint64_t row, char* out);
};

constexpr std::array<Shape, 8> kShapes = {
    Shape{"simple", "id|amount|price|code|colour|kind|at\r\n", "", simple_csv},
    Shape{"wide", "", "", wide_csv},
    Shape{"nested", "[\n", "\n]", nested_json},
    Shape{"source", "no|name|height|id\r\n", "", source_csv},
    Shape{"weighted", "a|b|c\r\n", "", weighted_csv},
    Shape{"conditions", "id|net|band|label\r\n", "", conditions_csv},
    Shape{"json", "[\n", "\n]", simple_json},
    Shape{"xml", "<list>\n", "</list>\n", simple_xml},
};

}  // namespace

int main(int count, char** values) {
  constexpr std::size_t kRowBytes = 1024;
  if (count == 4) {
    for (const Shape& shape : kShapes) {
      if (shape.name != values[1]) continue;
      return write_rows(std::strtoull(values[2], nullptr, 10), values[3], kRowBytes, shape.begin, shape.end,
                        [&](std::uint64_t first, std::size_t rows, char* out) {
                          for (std::size_t i = 0; i < rows; ++i) out = shape.put(first + i, out);
                          return out;
                        });
    }
  }
  std::fputs("usage: shapes_floor simple|wide|nested|source|weighted|conditions|json|xml ROWS FILE\n", stderr);
  return 2;
}
