// How fast generators and converters are: each one by the first example of its declaration, in batches as the engine
// asks for them, in millions of values a second of one core's CPU time (so that other programs do not count), the best
// of three. What stays under the floor names its reason; without one the program fails.
//
//   component_bench [PREFIX]     only those whose names start so
#include <ctime>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "converter/converter.h"
#include "generator/generator.h"

namespace mimus {
namespace {

constexpr std::size_t kBatchRows = 2048;
constexpr double kSecondsATry = 0.05;
constexpr double kFloor = 0.5;  // million values a second

// Beside the first examples: what the figures of this project are given for.
constexpr std::string_view kMore[] = {"IntegerGenerator(min=1, max=200000)", "StringGenerator(min_len=10, max_len=10)",
                                      "StringGenerator(min_len=10, max_len=10, char_set='[0-9A-F]')",
                                      "DataFakerGenerator('uuid4')"};

// Why a component may stay under the floor.
struct Reason {
  std::string_view name, why;
};
constexpr Reason kReasons[] = {
    {"RandomWalkGenerator", "a value of row n is found by some log n normal numbers, without the rows before it"},
    {"Pseudonym", "two digests by SHA-256 a value"},
    {"Tokenize", "a key schedule and two passes of AES (SIV) a value"},
    {"Detokenize", "a key schedule and two passes of AES (SIV) a value"},
    {"IBANMask", "four digests by SHA-256 a value"},
    {"CardMask", "digests by SHA-256 for the digits of each value"},
};

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// Millions of values a second; step(first row) makes a batch.
template <class Step>
double rate_of(const Step& step) {
  double best = 0;
  std::uint64_t row = 0;
  step(row);  // buffers, tables
  for (int attempt = 0; attempt < 3; ++attempt) {
    const double start = cpu_seconds();
    std::uint64_t made = 0;
    double seconds = 0;
    do {
      for (int k = 0; k < 4; ++k, made += kBatchRows) step(row += kBatchRows);
      seconds = cpu_seconds() - start;
    } while (seconds < kSecondsATry);
    best = std::max(best, static_cast<double>(made) / seconds * 1e-6);
  }
  return best;
}

class Table {
 public:
  Table() { std::printf("| call | M values/s | |\n|---|---:|---|\n"); }
  void add(std::string_view name, std::string_view call, double rate) {
    std::string_view why;
    if (rate < kFloor) {
      const auto* reason = std::ranges::find(kReasons, name, &Reason::name);
      const bool known = reason != std::end(kReasons);
      why = known ? reason->why : "under the floor, for no known reason";
      fine_ = fine_ && known;
    }
    std::printf("| `%.*s` | %.2f | %.*s |\n", static_cast<int>(call.size()), call.data(), rate,
                static_cast<int>(why.size()), why.data());
    std::fflush(stdout);
  }
  [[nodiscard]] bool is_fine() const { return fine_; }

 private:
  bool fine_ = true;
};

void measure_generator(std::string_view name, std::string_view text, Table& table) {
  const auto call = parse_call(text);
  if (!call) return table.add(name, text, 0);
  const auto generator = make_generator(*call, {.now = {1'767'225'600'000'000}, .sequence_start = 1});
  if (!generator) return table.add(name, text, 0);
  const Stream stream(7);
  Column column;
  table.add(name, text, rate_of([&](std::uint64_t first) {
              (*generator)->generate({.first = first, .count = kBatchRows}, stream, column);
            }));
}

// The value of the example in every row: that of another one in each row cannot be made of every converter's examples.
void measure_converter(const ConverterDeclaration& declaration, Table& table) {
  const ConverterExample& example = declaration.examples[0];
  const auto call = parse_call(example.call);
  const auto from = parse_literals(example.from);
  if (!call || !from) return table.add(declaration.name, example.call, 0);
  const auto converter = make_converter(*call);
  if (!converter) return table.add(declaration.name, example.call, 0);
  const ValueList values(kBatchRows, from->is_sequence ? Value::list(from->items) : from->items[0]);
  const auto column = column_of(values);
  const Stream stream(7);
  table.add(declaration.name, example.call, rate_of([&](std::uint64_t first) {
              Column copy = *column;
              copy.owner = column;
              (void)(*converter)->convert({.first = first, .count = kBatchRows}, stream, copy);
            }));
}

int measure(std::string_view prefix) {
  Table table;
  for (const GeneratorDeclaration* declaration : generators()) {
    if (!declaration->name.starts_with(prefix)) continue;
    measure_generator(declaration->name, declaration->examples[0], table);
  }
  for (const std::string_view text : kMore) {
    if (text.starts_with(prefix)) measure_generator(text, text, table);
  }
  for (const ConverterDeclaration* declaration : converters()) {
    if (declaration->name.starts_with(prefix)) measure_converter(*declaration, table);
  }
  return table.is_fine() ? 0 : 1;
}

}  // namespace
}  // namespace mimus

int main(int count, char** arguments) { return mimus::measure(count > 1 ? arguments[1] : ""); }
