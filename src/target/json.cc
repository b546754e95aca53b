// JSON: an array with a record a line, newline-delimited records, or (chunk_size 1) one indented object a file.
#include "target/arguments.h"
#include "target/compressed_target.h"
#include "target/json_indent.h"
#include "target/record_writer.h"
#include "target/target.h"

namespace mimus {
namespace {

using Writer = RecordWriter<JsonNotation>;

struct State final : EncoderState {
  explicit State(Writer::Form form) : writer(form) {}
  EntryCache cache;
  Writer writer;
};

// The innermost value that JSON has no form for, with the names that lead to it.
const Value* find_foreign(const Value& value, std::string& path) {
  const auto look_into = [&](const Value& part, const std::string& name) {
    const std::size_t size = path.size();
    path += (size > 0 && name[0] != '[' ? "." : "") + name;
    const Value* found = find_foreign(part, path);
    if (found == nullptr) path.resize(size);
    return found;
  };
  const auto* items = value.as_list() != nullptr ? value.as_list() : value.as_tuple();
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    if (const Value* found = look_into((*items)[i], "[" + std::to_string(i) + "]")) return found;
  }
  const auto* entries = value.as_dotable() != nullptr ? value.as_dotable()->get() : value.as_map();
  for (std::size_t e = 0; entries != nullptr && e < entries->size(); ++e) {
    if (const Value* found = look_into((*entries)[e].second, (*entries)[e].first)) return found;
  }
  std::string text;
  return items != nullptr || entries != nullptr || JsonNotation::append(text, value) ? nullptr : &value;
}

RowFailure explain(const Value& record, std::size_t row) {
  std::string path;
  const Value* foreign = find_foreign(record, path);
  const std::string kind(foreign == nullptr ? "value" : kind_name(*foreign));
  return {row,
          {.code = "target.json_type",
           .message = "JSON: field '" + path + "' holds a " + kind + ", which JSON has no form for",
           .hint = "make a text of it, as with str(…)"}};
}

class JsonEncoder final : public Encoder {
 public:
  explicit JsonEncoder(Frame frame, bool indented = false, bool raw = false)
      : frame_(std::move(frame)), indented_(indented), raw_(raw) {}

  [[nodiscard]] const Frame& frame() const override { return frame_; }
  [[nodiscard]] std::unique_ptr<EncoderState> make_state() const override {
    return std::make_unique<State>(raw_ ? Writer::Form::Raw : Writer::Form::Plain);
  }

  [[nodiscard]] std::optional<RowFailure> encode(const Record& records, std::size_t count, EncoderState& state,
                                                 Buffer& out, std::vector<std::size_t>* ends) const override {
    auto& [cache, writer] = static_cast<State&>(state);
    cache.trim();
    writer.bind(records, cache);
    for (std::size_t row = 0; row < count; ++row) {
      const std::size_t start = out.size();
      out.append(frame_.separator);
      const std::size_t text = out.size();
      out.set_end(writer.write(out.end(), out, row));
      // What is only looked at takes every value.
      if (writer.has_refused() && !raw_) {
        out.set_end(out.end() - (out.size() - start));
        return explain(plain_record(map_at(records, row)), row);
      }
      if (indented_) {
        out.set_end(out.end() - (out.size() - text));
        out.append(indented_json(plain_record(map_at(records, row))));
      }
      if (ends != nullptr) ends->push_back(out.size());
    }
    return std::nullopt;
  }

 private:
  Frame frame_;
  bool indented_;
  bool raw_;  // attributes too
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

// One indented object a file, numbered by the record.
class JsonSingleTarget final : public FileTarget {
 public:
  [[nodiscard]] std::string_view extension() const override { return "json"; }
  [[nodiscard]] std::uint64_t chunk_size() const override { return 1; }
  [[nodiscard]] std::uint64_t first_number() const override { return 1; }
  [[nodiscard]] bool is_single() const override { return true; }
  [[nodiscard]] std::unique_ptr<Encoder> bind(const Record&) const override {
    return std::make_unique<JsonEncoder>(Frame{"", "", "\n"}, true);
  }
};

constexpr TargetParameter kSingleParameters[] = {
    {"encoding", "utf-8", "accepted; the file is ASCII"},
    kCompressionParameter,
    kCompressionLevelParameter,
};

constexpr TargetParameter kParameters[] = {
    {"chunk_size", "None", "records a file; the files are called name_0.json, name_1.json, …"},
    {"use_ndjson", "False", "one record a line, without brackets and commas; the file is called name.ndjson"},
    {"encoding", "utf-8", "accepted; the file is ASCII"},
    kCompressionParameter,
    kCompressionLevelParameter,
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

extern const TargetDeclaration kJsonSingleTarget{
    .name = "JSONSingle",
    .summary = "a JSON file for each record: name_1.json, name_2.json, …",
    .parameters = kSingleParameters,
    .make = [](const TargetDeclaration& declaration, const Call& call,
               const TargetEnvironment&) -> Result<std::unique_ptr<FileTarget>> {
      MIMUS_TRY(TargetArguments(declaration, call).check_names());
      return std::make_unique<JsonSingleTarget>();
    },
};

std::unique_ptr<Encoder> make_capture_encoder() {
  return std::make_unique<JsonEncoder>(Frame{"", ", ", ""}, false, true);
}

}  // namespace mimus
