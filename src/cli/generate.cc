// Values of one generator, straight from the shell.
#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/terminal.h"
#include "generator/generator.h"

namespace mimus::cli {
namespace {

constexpr std::size_t kBatchRows = 2048;

std::uint64_t drawn_seed() {
  std::array<std::uint8_t, 8> bytes{};
  random_bytes(bytes);
  std::uint64_t seed = 0;
  for (const std::uint8_t byte : bytes) seed = seed << 8U | byte;
  return seed >> 11U;
}

void append_json(std::string& out, const Value& value) {
  if (value.is_null()) {
    out += "null";
  } else if (const bool* truth = value.as_bool()) {
    out += *truth ? "true" : "false";
  } else if (value.as_int() != nullptr || value.as_float() != nullptr || value.as_big() != nullptr) {
    out += text_of(value);
  } else if (const ValueList* list = value.as_list() != nullptr ? value.as_list() : value.as_tuple()) {
    out += '[';
    for (const Value& item : *list) {
      if (out.back() != '[') out += ", ";
      append_json(out, item);
    }
    out += ']';
  } else if (const ValueMap* map = value.as_map()) {
    out += '{';
    for (const auto& [name, item] : *map) {
      if (out.back() != '{') out += ", ";
      append_json_string(out, name, false);
      out += ": ";
      append_json(out, item);
    }
    out += '}';
  } else if (const Timestamp* time = value.as_time()) {
    out += '"';
    append_datetime(out, *time, 'T');
    out += '"';
  } else {
    append_json_string(out, text_of(value), false);
  }
}

// A value never takes more than its line.
void append_line(std::string& out, const Value& value) {
  for (const char c : text_of(value)) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else {
      out += c;
    }
  }
  out += '\n';
}

Result<std::unique_ptr<Generator>> generator_of(const GenerateArguments& arguments) {
  MIMUS_ASSIGN(const Call call, parse_call(arguments.expression));
  Timestamp clock = now();
  if (!arguments.now.empty()) {
    const auto given = parse_rfc3339(arguments.now);
    if (!given)
      return fail("time.syntax", "--now must be a time as in 2026-01-01T00:00:00Z, not '" + arguments.now + "'");
    clock = *given;
  }
  // Files are those of the folder in which the command is given.
  constexpr std::size_t kMostBytes = std::size_t{16} << 20U;
  return make_generator(
      call, {.now = clock, .read_file = [](const std::string& path) { return read_file(path, kMostBytes); }});
}

}  // namespace

int generate(const GenerateArguments& arguments) {
  const auto generator = generator_of(arguments);
  if (!generator) {
    Diagnostic finding = generator.error();
    finding.where = {};
    if (finding.code == "literal.syntax") {
      finding.code = "generator.syntax";
      finding.message = "'" + arguments.expression + "' is no call of a generator: " + finding.message;
    }
    return report(finding);
  }
  const std::uint64_t count = std::min(arguments.count, (*generator)->length().value_or(UINT64_MAX));
  const Stream stream(arguments.seed.value_or(drawn_seed()), "mimus generate");
  if (arguments.json) std::fputs("[", stdout);
  Column column;
  for (std::uint64_t first = 0; first < count; first += kBatchRows) {
    const std::size_t rows = static_cast<std::size_t>(std::min<std::uint64_t>(kBatchRows, count - first));
    (*generator)->generate({.first = first, .count = rows}, stream, column);
    std::string out;
    for (std::size_t k = 0; k < rows; ++k) {
      const Value value = value_at(column, k);
      if (!arguments.json) {
        append_line(out, value);
        continue;
      }
      if (first + k > 0) out += ", ";
      append_json(out, value);
    }
    if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size()) return kFailed;
  }
  if (arguments.json) std::fputs("]\n", stdout);
  return kOk;
}

}  // namespace mimus::cli
