// Identifiers that begin with a time, so that they ascend with the records: UUID version 7 (RFC 9562), ULID, and
// Snowflake ids. Record n of the run has the run's clock and n milliseconds; what a record has more than one of is told
// apart by chance, or, in a Snowflake id, by number.
#include <array>

#include "generator/text.h"

namespace mimus {
namespace {

constexpr std::int64_t kTwitterEpoch = 1'288'834'974'657;

std::uint64_t milliseconds_of(Timestamp clock, Row row) {
  return static_cast<std::uint64_t>(clock.micros / 1000) + row.root;
}

// Texts of fixed length from the time of a row and 80 random bits.
template <class Write>
class Timed final : public Generator {
 public:
  Timed(Timestamp clock, std::size_t length, Write write) : clock_(clock), length_(length), write_(write) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::String, rows.count);
    out.clean = true;
    std::vector<std::uint64_t> high(rows.count), low(rows.count);
    stream.fill_block(rows, 0, high.data(), low.data());
    char* p = out.make_arena(rows.count * length_);
    std::string_view* texts = out.make_texts();
    for (std::size_t k = 0; k < rows.count; ++k, p += length_) {
      write_(p, milliseconds_of(clock_, rows[k]), high[k], low[k]);
      texts[k] = {p, length_};
    }
  }

  [[nodiscard]] bool never_repeats() const override { return true; }

 private:
  Timestamp clock_;
  std::size_t length_;
  Write write_;
};

char* write_hex(char* out, std::uint64_t bits, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) *out++ = "0123456789abcdef"[bits >> shift & 15U];
  return out;
}

void write_uuid7(char* out, std::uint64_t time, std::uint64_t high, std::uint64_t low) {
  out = write_hex(out, time >> 16U, 8);
  *out++ = '-';
  out = write_hex(out, time, 4);
  *out++ = '-';
  out = write_hex(out, 0x7000U | (high & 0xFFFU), 4);
  *out++ = '-';
  out = write_hex(out, 0x8000U | (low >> 48U & 0x3FFFU), 4);
  *out++ = '-';
  write_hex(out, low, 12);
}

// Crockford's base 32: 10 characters of time, 16 of 80 random bits.
void write_ulid(char* out, std::uint64_t time, std::uint64_t high, std::uint64_t low) {
  constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  for (int shift = 45; shift >= 0; shift -= 5) *out++ = kDigits[time >> shift & 31U];
  for (int shift = 35; shift >= 0; shift -= 5) *out++ = kDigits[high >> shift & 31U];
  for (int shift = 35; shift >= 0; shift -= 5) *out++ = kDigits[low >> shift & 31U];
}

class Snowflake final : public Generator {
 public:
  Snowflake(std::uint64_t first, std::uint64_t machine) : first_(first), machine_(machine) {}

  void generate(const Rows& rows, const Stream&, Column& out) const override {
    out.reset(Type::Int64, rows.count);
    std::int64_t* values = out.make_ints();
    for (std::size_t k = 0; k < rows.count; ++k) {
      const Row row = rows[k];
      // 41 bits of milliseconds, 10 of the machine, 12 of the number within the record.
      const std::uint64_t time = (first_ + row.root) & ((std::uint64_t{1} << 41U) - 1);
      values[k] = static_cast<std::int64_t>(time << 22U | machine_ << 12U | (row.ordinal & 0xFFFU));
    }
  }

  [[nodiscard]] bool never_repeats() const override { return true; }

 private:
  std::uint64_t first_, machine_;
};

constexpr ParameterDeclaration kSnowflakeParameters[] = {
    {"machine", ParameterType::Int, "0", "0 to 1023", "the number of the machine"},
    {"epoch", ParameterType::Int, "1288834974657", "milliseconds since 1970, not after the run's clock",
     "where the time begins"},
};
constexpr std::string_view kUuidExamples[] = {"UUIDv7Generator"};
constexpr std::string_view kUlidExamples[] = {"ULIDGenerator"};
constexpr std::string_view kSnowflakeExamples[] = {"SnowflakeIdGenerator", "SnowflakeIdGenerator(machine=7)"};
static_assert(kTwitterEpoch == 1'288'834'974'657, "the default in kSnowflakeParameters");

}  // namespace

extern const GeneratorDeclaration kUuidV7Generator{
    .name = "UUIDv7Generator",
    .summary = "a UUID that begins with the time (version 7): a millisecond later in each record",
    .result = Type::String,
    .parameters = {},
    .examples = kUuidExamples,
    .make = [](const Arguments&, const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      return std::make_unique<Timed<decltype(&write_uuid7)>>(environment.now, 36, &write_uuid7);
    },
};

extern const GeneratorDeclaration kUlidGenerator{
    .name = "ULIDGenerator",
    .summary = "a ULID: 26 characters that begin with the time, a millisecond later in each record",
    .result = Type::String,
    .parameters = {},
    .examples = kUlidExamples,
    .make = [](const Arguments&, const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      return std::make_unique<Timed<decltype(&write_ulid)>>(environment.now, 26, &write_ulid);
    },
};

extern const GeneratorDeclaration kSnowflakeIdGenerator{
    .name = "SnowflakeIdGenerator",
    .summary = "a Snowflake id: time, machine and number; unique up to 4,096 in a record",
    .result = Type::Int64,
    .parameters = kSnowflakeParameters,
    .examples = kSnowflakeExamples,
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const std::int64_t machine = arguments.integer("machine");
      if (machine < 0 || machine > 1023) {
        return fail("generator.argument", "machine must be from 0 to 1023, but is " + std::to_string(machine));
      }
      // The checker knows no clock; where it is zero, any epoch may be right.
      const std::int64_t first = environment.now.micros / 1000 - arguments.integer("epoch");
      if (environment.now.micros != 0 && first < 0) {
        return fail("generator.argument", "epoch must not be after the run's clock");
      }
      return std::make_unique<Snowflake>(static_cast<std::uint64_t>(std::max<std::int64_t>(first, 0)),
                                         static_cast<std::uint64_t>(machine));
    },
};

}  // namespace mimus
