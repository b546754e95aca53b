// JSON: an array with a record a line, newline-delimited records, or (chunk_size 1) one indented object a file.
#include "target/arguments.h"
#include "target/json_indent.h"
#include "target/record_writer.h"
#include "target/target.h"

namespace mimus {
namespace {

struct State final : EncoderState {
  EntryCache cache;
  RecordWriter<JsonNotation> writer;
};

class JsonEncoder final : public Encoder {
 public:
  explicit JsonEncoder(Frame frame, bool indented = false) : frame_(std::move(frame)), indented_(indented) {}

  [[nodiscard]] const Frame& frame() const override { return frame_; }
  [[nodiscard]] std::unique_ptr<EncoderState> make_state() const override { return std::make_unique<State>(); }

  [[nodiscard]] std::optional<RowFailure> encode(const Record& records, std::size_t count, EncoderState& state,
                                                 Buffer& out, std::vector<std::size_t>* ends) const override {
    auto& [cache, writer] = static_cast<State&>(state);
    cache.trim();
    writer.bind(records, cache);
    for (std::size_t row = 0; row < count; ++row) {
      out.append(frame_.separator);
      if (indented_) {
        out.append(indented_json(map_at(records, row)));
      } else {
        out.set_end(writer.write(out.end(), out, row));
      }
      if (ends != nullptr) ends->push_back(out.size());
    }
    return std::nullopt;
  }

 private:
  Frame frame_;
  bool indented_;
};

class JsonTarget final : public FileTarget {
 public:
  JsonTarget(std::uint64_t chunk_size, bool ndjson) : chunk_size_(chunk_size), ndjson_(ndjson) {}

  [[nodiscard]] std::string_view extension() const override { return ndjson_ ? "ndjson" : "json"; }
  [[nodiscard]] std::uint64_t chunk_size() const override { return chunk_size_; }
  [[nodiscard]] std::unique_ptr<Encoder> bind(const Record&) const override {
    if (chunk_size_ == 1) return std::make_unique<JsonEncoder>(Frame{"", "", "\n"}, true);
    if (ndjson_) return std::make_unique<JsonEncoder>(Frame{"", "\n", "\n"});
    return std::make_unique<JsonEncoder>(Frame{"[\n", ",\n", "]"});
  }

 private:
  std::uint64_t chunk_size_;
  bool ndjson_;
};

constexpr TargetParameter kParameters[] = {
    {"chunk_size", "None", "records a file; the files are called name_0.json, name_1.json, …"},
    {"use_ndjson", "False", "one record a line, without brackets and commas; the file is called name.ndjson"},
    {"encoding", "utf-8", "accepted; the file is ASCII"},
};

}  // namespace

extern const TargetDeclaration kJsonTarget{
    .name = "JSON",
    .summary = "a JSON file with an array of the records",
    .parameters = kParameters,
    .make = [](const TargetDeclaration& declaration, const Call& call,
               const TargetEnvironment&) -> Result<std::unique_ptr<FileTarget>> {
      const TargetArguments arguments(declaration, call);
      MIMUS_TRY(arguments.check_names());
      MIMUS_ASSIGN(const std::uint64_t chunk_size, arguments.natural("chunk_size", 0));
      MIMUS_ASSIGN(const bool ndjson, arguments.boolean("use_ndjson", false));
      return std::make_unique<JsonTarget>(chunk_size, ndjson);
    },
};

std::unique_ptr<Encoder> make_capture_encoder() { return std::make_unique<JsonEncoder>(Frame{"", ", ", ""}); }

}  // namespace mimus
