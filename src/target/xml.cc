// XML: a root element with an element for each record, one a line.
#include "target/arguments.h"
#include "target/compressed_target.h"
#include "target/encoded_target.h"
#include "target/target.h"
#include "target/xml_writer.h"

namespace mimus {
namespace {

struct State final : EncoderState {
  XmlCaches caches;
  XmlWriter writer;
};

// The content of "<item>…</item>\n" when it is one element and nothing beside it. Inside of it, '<' and '>' are
// markup: texts and attributes have them escaped.
std::optional<std::string_view> only_child(std::string_view record) {
  constexpr std::string_view kOpen = "<item>", kClose = "</item>\n";
  if (!record.starts_with(kOpen) || !record.ends_with(kClose)) return std::nullopt;
  const std::string_view content = record.substr(kOpen.size(), record.size() - kOpen.size() - kClose.size());
  if (!content.starts_with('<')) return std::nullopt;
  std::size_t depth = 0;
  for (std::size_t at = 0; at != std::string_view::npos; at = content.find('<', at + 1)) {
    if (content[at + 1] != '/') {
      ++depth;
      continue;
    }
    if (--depth > 0) continue;
    const std::size_t end = content.find('>', at) + 1;
    return end == content.size() ? std::optional(content) : std::nullopt;
  }
  return std::nullopt;
}

class XmlEncoder final : public Encoder {
 public:
  XmlEncoder(const std::string& start, const std::string& root, std::string item)
      : start_(start), frame_{start + "<" + root + ">\n", "", "</" + root + ">"}, item_(std::move(item)) {}

  [[nodiscard]] const Frame& frame() const override { return frame_; }
  [[nodiscard]] std::unique_ptr<EncoderState> make_state() const override { return std::make_unique<State>(); }

  [[nodiscard]] std::optional<RowFailure> encode(const Record& records, std::size_t count, EncoderState& state,
                                                 Buffer& out, std::vector<std::size_t>* ends) const override {
    auto& [caches, writer] = static_cast<State&>(state);
    caches.top.trim();
    caches.nested.trim();
    writer.bind(records, item_, true, caches);
    XmlProblem problem;
    for (std::size_t row = 0; row < count; ++row) {
      const std::size_t start = out.size();
      out.set_end(writer.write(out.end(), out, row, problem));
      if (problem.found()) {
        out.set_end(out.end() - (out.size() - start));
        return RowFailure{row, explain(problem)};
      }
      out.append("\n");
      if (ends != nullptr) ends->push_back(out.size());
    }
    return std::nullopt;
  }

  // Documents with a root of their own are made as a generate of one record with one field.
  [[nodiscard]] bool may_stand_alone() const override { return item_ == "item"; }
  [[nodiscard]] std::optional<std::string> lone_file(std::string_view record) const override {
    const auto child = only_child(record);
    return child ? std::optional(start_ + std::string(*child)) : std::nullopt;
  }

 private:
  static Diagnostic explain(const XmlProblem& problem) {
    if (problem.code == "target.xml_name") {
      return {.code = problem.code,
              .message = "XML: " + problem.message,
              .hint = "a name starts with a letter or '_', then letters, digits, '-', '_', '.'"};
    }
    return {.code = problem.code,
            .message = "XML: a text holds " + problem.message,
            .hint = "take the character out with a converter or a script"};
  }

  std::string start_;
  Frame frame_;
  std::string item_;
};

class XmlTarget final : public FileTarget {
 public:
  // `start`: a declaration of another encoding than UTF-8, or nothing.
  XmlTarget(std::string start, std::string root, std::string item, std::uint64_t chunk_size, bool is_single)
      : start_(std::move(start)),
        root_(std::move(root)),
        item_(std::move(item)),
        chunk_size_(chunk_size),
        is_single_(is_single) {}

  [[nodiscard]] std::string_view extension() const override { return "xml"; }
  [[nodiscard]] std::uint64_t chunk_size() const override { return chunk_size_; }
  [[nodiscard]] std::uint64_t first_number() const override { return is_single_ ? 1 : 0; }
  [[nodiscard]] bool is_single() const override { return is_single_; }
  [[nodiscard]] std::unique_ptr<Encoder> bind(const Record&) const override {
    return std::make_unique<XmlEncoder>(start_, root_, item_);
  }

 private:
  std::string start_, root_, item_;
  std::uint64_t chunk_size_;
  bool is_single_;
};

constexpr TargetParameter kParameters[] = {
    {"root_element", "list", "name of the element around all"},
    {"item_element", "item", "name of the element of each record"},
    {"chunk_size", "None", "records a file; the files are called name_0.xml, name_1.xml, …"},
    kEncodingParameter,
    kCompressionParameter,
    kCompressionLevelParameter,
};

Result<std::string> element_name(const TargetArguments& arguments, std::string_view name, std::string_view fallback) {
  MIMUS_ASSIGN(std::string given, arguments.text(name, fallback));
  if (!is_xml_name(given)) return arguments.refuse(name, "a name that XML allows for an element");
  return given;
}

constexpr TargetParameter kSingleParameters[] = {
    {"root_element", "list", "name of the element around the record"},
    {"item_element", "item", "name of the record's element; a record with one field is that field's element alone"},
    kEncodingParameter,
    kCompressionParameter,
    kCompressionLevelParameter,
};

Result<std::unique_ptr<FileTarget>> make_xml(const TargetDeclaration& declaration, const Call& call, bool is_single) {
  const TargetArguments arguments(declaration, call);
  MIMUS_TRY(arguments.check_names());
  MIMUS_ASSIGN(TextEncoding encoding, encoding_of(arguments));
  MIMUS_ASSIGN(std::string root, element_name(arguments, "root_element", "list"));
  MIMUS_ASSIGN(std::string item, element_name(arguments, "item_element", "item"));
  MIMUS_ASSIGN(const std::uint64_t chunk_size, arguments.natural("chunk_size", is_single ? 1 : 0));
  std::string declaration_line;
  if (!encoding.is_utf8()) declaration_line = "<?xml version=\"1.0\" encoding=\"" + encoding.name() + "\"?>\n";
  return with_encoding(
      std::make_unique<XmlTarget>(std::move(declaration_line), std::move(root), std::move(item), chunk_size, is_single),
      std::move(encoding));
}

}  // namespace

extern const TargetDeclaration kXmlTarget{
    .name = "XML",
    .summary = "an XML file with an element for each record",
    .parameters = kParameters,
    .make = [](const TargetDeclaration& declaration, const Call& call,
               const TargetEnvironment&) { return make_xml(declaration, call, false); },
};

extern const TargetDeclaration kXmlSingleTarget{
    .name = "XMLSingle",
    .summary = "an XML file for each record: name_1.xml, name_2.xml, …",
    .parameters = kSingleParameters,
    .make = [](const TargetDeclaration& declaration, const Call& call,
               const TargetEnvironment&) { return make_xml(declaration, call, true); },
};

}  // namespace mimus
