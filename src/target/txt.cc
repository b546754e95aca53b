// Records as lines "name: {…}" with Python's repr: text files, the console, the log. And the targets that take none.
#include "target/arguments.h"
#include "target/compressed_target.h"
#include "target/encoded_target.h"
#include "target/record_writer.h"
#include "target/target.h"

namespace mimus {
namespace {

struct State final : EncoderState {
  EntryCache cache;
  RecordWriter<ReprNotation> writer;
};

class LineEncoder final : public Encoder {
 public:
  LineEncoder(const std::string& name, std::string line_end) : start_(name + ": "), line_end_(std::move(line_end)) {}

  [[nodiscard]] const Frame& frame() const override { return frame_; }
  [[nodiscard]] std::unique_ptr<EncoderState> make_state() const override { return std::make_unique<State>(); }

  [[nodiscard]] std::optional<RowFailure> encode(const Record& records, std::size_t count, EncoderState& state,
                                                 Buffer& out, std::vector<std::size_t>* ends) const override {
    auto& [cache, writer] = static_cast<State&>(state);
    cache.trim();
    writer.bind(records, cache);
    for (std::size_t row = 0; row < count; ++row) {
      out.append(start_);
      out.set_end(writer.write(out.end(), out, row));
      out.append(line_end_);
      if (ends != nullptr) ends->push_back(out.size());
    }
    return std::nullopt;
  }

 private:
  Frame frame_;
  std::string start_, line_end_;
};

class LineTarget final : public FileTarget {
 public:
  LineTarget(Destination destination, std::string name, std::string line_end, std::uint64_t chunk_size)
      : destination_(destination), name_(std::move(name)), line_end_(std::move(line_end)), chunk_size_(chunk_size) {}

  [[nodiscard]] Destination destination() const override { return destination_; }
  [[nodiscard]] std::string_view extension() const override { return "txt"; }
  [[nodiscard]] std::uint64_t chunk_size() const override { return chunk_size_; }
  [[nodiscard]] std::unique_ptr<Encoder> bind(const Record&) const override {
    return std::make_unique<LineEncoder>(name_, line_end_);
  }

 private:
  Destination destination_;
  std::string name_, line_end_;
  std::uint64_t chunk_size_;
};

constexpr TargetParameter kTxtParameters[] = {
    {"chunk_size", "None", "records a file; the files are called name_0.txt, name_1.txt, …"},
    {"line_terminator", "defaultLineSeparator of the setup", "end of each line"},
    {"delimiter", "None", "accepted; changes nothing"},
    kEncodingParameter,
    kCompressionParameter,
    kCompressionLevelParameter,
};

template <Destination kDestination>
Result<std::unique_ptr<FileTarget>> make_plain(const TargetDeclaration& declaration, const Call& call,
                                               const TargetEnvironment& environment) {
  MIMUS_TRY(TargetArguments(declaration, call).check_names());
  return std::make_unique<LineTarget>(kDestination, environment.generate_name, "\n", 0);
}

}  // namespace

extern const TargetDeclaration kTxtTarget{
    .name = "TXT",
    .summary = "a text file with a line for each record, as Python shows it",
    .parameters = kTxtParameters,
    .make = [](const TargetDeclaration& declaration, const Call& call,
               const TargetEnvironment& environment) -> Result<std::unique_ptr<FileTarget>> {
      const TargetArguments arguments(declaration, call);
      MIMUS_TRY(arguments.check_names());
      MIMUS_ASSIGN(TextEncoding encoding, encoding_of(arguments));
      MIMUS_ASSIGN(std::string line_end, arguments.text("line_terminator", environment.default_line_separator));
      MIMUS_ASSIGN(const std::uint64_t chunk_size, arguments.natural("chunk_size", 0));
      return with_encoding(
          std::make_unique<LineTarget>(Destination::Files, environment.generate_name, std::move(line_end), chunk_size),
          std::move(encoding));
    },
};

extern const TargetDeclaration kConsoleTarget{
    .name = "ConsoleExporter",
    .summary = "the records as lines on the console, with an empty line before each page",
    .parameters = {},
    .make = make_plain<Destination::Console>,
};

extern const TargetDeclaration kLogTarget{
    .name = "LogExporter",
    .summary = "the first 100 records as lines of the log",
    .parameters = {},
    .make = make_plain<Destination::Log>,
};

extern const TargetDeclaration kPreviewTarget{
    .name = "Preview",
    .summary = "nothing by itself: a page shows the records of the run's capture",
    .parameters = {},
    .make = make_plain<Destination::Nowhere>,
};

extern const TargetDeclaration kTestResultTarget{
    .name = "TestResultExporter",
    .summary = "nothing by itself: the run's capture holds the records of every generate",
    .parameters = {},
    .make = make_plain<Destination::Nowhere>,
};

}  // namespace mimus
