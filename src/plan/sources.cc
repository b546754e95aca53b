#include "plan/sources.h"

#include <algorithm>

#include "base/file.h"
#include "descriptor/source_name.h"
#include "plan/databases.h"
#include "source/weights.h"
#include "source/xml.h"

namespace mimus {
namespace {

std::unexpected<Diagnostic> at(Diagnostic finding, const AttributeText& source) {
  finding.where = source.at;
  return fail(std::move(finding));
}

Result<fs::path> path_below_root(const std::string& name, const SetupScope& scope) {
  const SharedScope& shared = scope.shared;
  return resolve_below(shared.root, (shared.folder / name).lexically_relative(shared.root).string());
}

Result<fs::path> path_of(const AttributeText& source, const SetupScope& scope) {
  auto path = path_below_root(source.text, scope);
  if (!path) return at(std::move(path).error(), source);
  return path;
}

// Sources without rows, for types that nothing has written.
std::shared_ptr<const Source> no_rows() {
  class Empty final : public Source {
   public:
    [[nodiscard]] std::uint64_t length() const override { return 0; }
    [[nodiscard]] const std::vector<std::string>& names() const override { return names_; }
    [[nodiscard]] bool has_base() const override { return false; }
    void read(std::span<const std::uint64_t>, Record&) const override {}

   private:
    std::vector<std::string> names_;
  };
  return std::make_shared<Empty>();
}

FileOptions file_options(const SourceOptions& options, const SetupScope& scope) {
  FileOptions out;
  out.separator = scope.separator(options);
  out.separator_is_given = options.separator && !options.separator->text.empty();
  if (options.encoding) out.encoding = options.encoding->text;
  out.work_folder = scope.shared.work;
  return out;
}

void warn(Diagnostics& warnings, const AttributeText& source, SharedScope& shared) {
  for (Diagnostic& warning : warnings) {
    warning.where = source.at;
    shared.warnings.push_back(std::move(warning));
  }
}

Result<OpenedSource> read_rows(const fs::path& path, const AttributeText& source, SourceFormat format,
                               const FileOptions& options, SharedScope& shared) {
  const std::string& name = source.text;
  if (format == SourceFormat::Xml) {
    MIMUS_ASSIGN(auto rows, open_xml(path, options, name));
    return OpenedSource{std::move(rows), true};
  }
  if (format == SourceFormat::Json || format == SourceFormat::JsonLines) {
    MIMUS_ASSIGN(auto json,
                 format == SourceFormat::Json ? open_json(path, options, name) : open_json_lines(path, options, name));
    warn(json.warnings, source, shared);
    return OpenedSource{std::move(json.rows), json.is_list};
  }
  MIMUS_ASSIGN(auto csv, open_csv(path, options, name));
  warn(csv.warnings, source, shared);
  return OpenedSource{std::move(csv.rows), true};
}

Result<OpenedSource> open_file(const AttributeText& source, SourceFormat format, const FileOptions& options,
                               const SetupScope& scope) {
  MIMUS_ASSIGN(const fs::path path, path_of(source, scope));
  const std::string key =
      path.string() + '\0' + options.separator + (options.separator_is_given ? '!' : '?') + options.encoding;
  if (const auto known = scope.shared.files.find(key); known != scope.shared.files.end()) return known->second;
  auto opened = read_rows(path, source, format, options, scope.shared);
  if (!opened) return at(std::move(opened).error(), source);
  return scope.shared.files.emplace(key, *opened).first->second;
}

}  // namespace

std::unexpected<Diagnostic> unknown_source(const AttributeText& source, const SetupScope& scope) {
  std::vector<std::string_view> names;
  for (const auto& [name, store] : scope.shared.memstores) names.push_back(name);
  for (const auto& [name, database] : scope.shared.databases.by_id) names.push_back(name);
  std::string hint = suggest(source.text, names);
  if (hint.empty()) hint = "a .csv, .json, .ndjson or .xml file, or the id of a <memstore> or <database>";
  return fail({.code = "source.unknown",
               .message = "unknown source '" + source.text + "'",
               .hint = std::move(hint),
               .where = source.at});
}

bool is_list_expression(const std::string& source, const SetupScope& scope) {
  return read_source_name(source).format == SourceFormat::None && !scope.shared.memstores.contains(source) &&
         find_database(source, scope) == nullptr;
}

bool is_braced(std::string_view text) { return text.size() > 2 && text.starts_with('{') && text.ends_with('}'); }

Result<WeightedChoices> open_weights(const AttributeText& source, const SourceOptions& options,
                                     const SetupScope& scope) {
  MIMUS_ASSIGN(const fs::path path, path_of(source, scope));
  const FileOptions file = file_options(options, scope);
  const SourceFormat format = read_source_name(source.text).format;
  if (format == SourceFormat::WeightedRows) {
    auto rows =
        read_weighted_rows(path, file, options.weight_column ? options.weight_column->text : "weight", source.text);
    if (!rows) return at(std::move(rows).error(), source);
    warn(rows->warnings, source, scope.shared);
    return WeightedChoices{std::move(rows->rows), std::move(rows->weights)};
  }
  auto lines =
      format == SourceFormat::Options ? read_options(path, file, source.text) : read_weights(path, file, source.text);
  if (!lines) return at(std::move(lines).error(), source);
  warn(lines->warnings, source, scope.shared);
  WeightedChoices out{.values = {}, .weights = std::move(lines->weights)};
  for (std::string& value : lines->values) out.values.emplace_back(std::move(value));
  return out;
}

Result<std::string> read_project_file(const std::string& name, const SetupScope& scope) {
  constexpr std::size_t kMostBytes = std::size_t{16} << 20U;
  MIMUS_ASSIGN(const fs::path path, path_below_root(name, scope));
  auto bytes = read_file(path, kMostBytes);
  // The path that the descriptor knows, not the machine's.
  if (bytes) return bytes;
  Diagnostic& finding = bytes.error();
  finding.message = finding.code == "file.not_found"   ? "no file '" + name + "'"
                    : finding.code == "file.too_large" ? "file '" + name + "' has more than 16 MiB"
                                                       : "cannot read '" + name + "'";
  return bytes;
}

GeneratorEnvironment SetupScope::generator_environment() const {
  return {.now = shared.now,
          .dataset = setup.defaults.dataset,
          .sequence_start = sequence_start,
          .read_file = [this](const std::string& path) { return read_project_file(path, *this); },
          .pack = shared.pack ? shared.pack.get() : &Pack::built_in()};
}

Result<OpenedSource> open_source(const AttributeText& source, const std::string& type, const SourceOptions& options,
                                 RowReader reader, const SetupScope& scope, const RowQuery& query) {
  if (const NamedDatabase* database = find_database(source.text, scope)) {
    auto rows = options.selector
                    ? open_query(*database, *options.selector, query.marks, scope)
                    : open_table(*database, {.table = {type, source.at}, .most_rows = query.most_rows}, scope);
    if (!rows) return fail(std::move(rows).error());
    return OpenedSource{std::move(*rows), true};
  }
  if (options.selector) return fail(not_a_database(source, *options.selector));
  const SourceFormat format = read_source_name(source.text).format;
  if (format == SourceFormat::Xml && reader != RowReader::Generate) {
    return at({.code = "source.kind",
               .message = "XML file '" + source.text + "' can be the source of a <generate> only",
               .hint = "rows for variables and lists are read from .csv, .json and .ndjson files"},
              source);
  }
  if (format != SourceFormat::None) return open_file(source, format, file_options(options, scope), scope);
  const auto store = scope.shared.memstores.find(source.text);
  if (store == scope.shared.memstores.end()) return unknown_source(source, scope);
  auto rows = store->second.open(type);
  return OpenedSource{rows ? rows : no_rows(), true};
}

Result<ValueList> records_of_value(const Value& value, std::string_view label) {
  if (value.as_map() != nullptr) return ValueList{value};
  const ValueList* items = value.as_list();
  if (items != nullptr && std::ranges::all_of(*items, [](const Value& item) { return item.as_map() != nullptr; })) {
    return *items;
  }
  return fail("generate.script", std::string(label) + " must give a list of dicts or a dict, not one of type " +
                                     std::string(kind_name(value)));
}

Result<std::shared_ptr<const Source>> rows_of_value(const Value& value, std::string_view label) {
  MIMUS_ASSIGN(ValueList records, records_of_value(value, label));
  return rows_of_maps(std::move(records));
}

}  // namespace mimus
