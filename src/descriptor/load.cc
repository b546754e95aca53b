#include "descriptor/load.h"

#include <algorithm>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "descriptor/build.h"
#include "descriptor/xml.h"

namespace mimus {
namespace {

constexpr std::size_t kMaxIncludeDepth = 50;
constexpr std::size_t kMaxFiles = 10'000;

class Loader {
 public:
  explicit Loader(const LoadOptions& options) : options_(options) {}

  std::expected<std::shared_ptr<const Setup>, Diagnostics> load() {
    read_environment();
    std::vector<std::string> generators;
    auto setup = load_file(options_.descriptor, SetupDefaults{}, Path(), properties_, generators);
    std::ranges::stable_sort(findings_, {}, [](const Diagnostic& d) { return d.severity; });
    if (has_errors(findings_) || !setup) return std::unexpected(std::move(findings_));
    return setup;
  }

  std::expected<Included, Diagnostics> load_included(const Include& include, const std::string& uri,
                                                     const Setup& around, std::size_t depth) {
    Include known = include;
    known.uri.text = uri;
    Properties properties = around.properties;
    has_scripts_ = around.has_scripts;
    if (depth >= kMaxIncludeDepth) {
      report(include.uri.at, "include.too_many", "includes are nested deeper than " + std::to_string(kMaxIncludeDepth));
    } else {
      this->include(known, around.defaults, options_.folder / include.uri.at.file, properties, around.generators);
    }
    if (has_errors(findings_)) return std::unexpected(std::move(findings_));
    return Included{.setup = known.setup, .properties = std::move(properties)};
  }

 private:
  // "conf/environment.env.properties" beside the descriptor gives properties from the start.
  void read_environment() {
    const fs::path file = options_.folder / "conf" / "environment.env.properties";
    std::error_code error;
    if (fs::exists(file, error)) read_properties(file, properties_, {});
  }

  [[nodiscard]] std::string shown(const fs::path& file) const {
    const fs::path relative = file.lexically_relative(options_.folder);
    return relative.empty() || *relative.begin() == ".." ? file.string() : relative.string();
  }

  void report(const Location& at, std::string code, std::string message, std::string hint = {}) {
    findings_.push_back({.code = std::move(code), .message = std::move(message), .hint = std::move(hint), .where = at});
  }

  void read_properties(const fs::path& file, Properties& into, const Location& from) {
    const auto text = read_file(file, kMaxDescriptorBytes);
    if (!text) {
      report(from, "include.missing", "property file not found: '" + shown(file) + "'");
      return;
    }
    auto parsed = parse_properties(*text, shown(file));
    if (!parsed) {
      findings_.push_back(parsed.error());
      return;
    }
    for (auto& [name, value] : *parsed) {
      const auto known = std::ranges::find(into, name, &Properties::value_type::first);
      if (known == into.end()) {
        into.emplace_back(std::move(name), std::move(value));
      } else {
        known->second = std::move(value);
      }
    }
  }

  std::shared_ptr<const Setup> load_file(const fs::path& file, const SetupDefaults& defaults, const Path& path,
                                         Properties& properties, std::vector<std::string>& generators) {
    auto bytes = read_file(file, kMaxDescriptorBytes);
    if (!bytes) {
      findings_.push_back(bytes.error());
      return nullptr;
    }
    auto document = parse_xml(std::move(*bytes), shown(file));
    if (!document) {
      findings_.insert(findings_.end(), document.error().begin(), document.error().end());
      return nullptr;
    }
    if (document->root.name != "setup") {
      report(document->root.at, "element.root",
             "expected <setup> as the root element, but got <" + document->root.name + ">");
      show_lines(*document, findings_);
      return nullptr;
    }
    open_.push_back(file);
    SetupDefaults inherited = defaults;
    const BuildContext context{
        .properties = properties,
        .generators = generators,
        .has_scripts = has_scripts_,
        .components = *options_.components,
        .findings = findings_,
        .include = [&](Include& include) { this->include(include, inherited, file, properties, generators); }};
    inherited = own_defaults(*document, defaults, properties);
    auto setup = std::make_shared<Setup>(build_setup(document->root, defaults, path, context));
    open_.pop_back();
    show_lines(*document, findings_);
    return setup;
  }

  // The defaults that included descriptors inherit must be known before the children are read.
  SetupDefaults own_defaults(const XmlDocument& document, const SetupDefaults& defaults, Properties& properties) {
    Diagnostics ignored;
    std::vector<std::string> none;
    const BuildContext context{.properties = properties,
                               .generators = none,
                               .has_scripts = has_scripts_,
                               .components = *options_.components,
                               .findings = ignored,
                               .include = [](Include&) {}};
    XmlElement head = document.root;
    head.children.clear();
    return build_setup(head, defaults, Path(), context).defaults;
  }

  void include(Include& include, const SetupDefaults& defaults, const fs::path& from, Properties& properties,
               const std::vector<std::string>& generators) {
    const std::string& uri = include.uri.text;
    const bool is_properties = uri.ends_with(".properties");
    if (!is_properties && !uri.ends_with(".xml")) {
      report(include.uri.at, "include.kind", "unsupported include file type: '" + uri + "'",
             "only .properties and .xml are supported");
      return;
    }
    const auto file = find(uri, from, is_properties);
    if (!file) {
      Diagnostic finding = file.error();
      finding.where = include.uri.at;
      findings_.push_back(std::move(finding));
      return;
    }
    if (is_properties) {
      read_properties(*file, properties, include.uri.at);
    } else {
      include_descriptor(include, *file, defaults, properties, generators);
    }
  }

  // Relative to the main descriptor's folder; properties first beside the including file.
  Result<fs::path> find(const std::string& uri, const fs::path& from, bool beside_first) {
    std::error_code error;
    if (beside_first) {
      const auto beside =
          resolve_below(options_.root, (from.parent_path() / uri).lexically_relative(options_.root).string());
      if (beside && fs::exists(*beside, error)) return beside;
    }
    auto path = resolve_below(options_.root, (options_.folder / uri).lexically_relative(options_.root).string());
    if (path && !fs::exists(*path, error)) {
      return fail("include.missing", "included file not found: '" + uri + "'",
                  "paths are relative to the main descriptor's folder");
    }
    return path;
  }

  void include_descriptor(Include& include, const fs::path& file, const SetupDefaults& defaults,
                          const Properties& properties, const std::vector<std::string>& generators) {
    if (std::ranges::find(open_, file) != open_.end()) {
      report(include.uri.at, "include.cycle",
             "'" + include.uri.text + "' includes itself, over " + std::to_string(open_.size()) + " file(s)");
      return;
    }
    if (open_.size() >= kMaxIncludeDepth || ++files_ > kMaxFiles) {
      report(include.uri.at, "include.too_many",
             open_.size() >= kMaxIncludeDepth ? "includes are nested deeper than " + std::to_string(kMaxIncludeDepth)
                                              : "more than " + std::to_string(kMaxFiles) + " includes");
      return;
    }
    Properties copy = properties;  // changes stay inside
    std::vector<std::string> known = generators;
    include.setup = load_file(file, defaults, include.path, copy, known);
  }

  const LoadOptions& options_;
  Properties properties_;
  Diagnostics findings_;
  std::vector<fs::path> open_;  // the chain of including files
  std::size_t files_ = 0;
  bool has_scripts_ = false;
};

}  // namespace

std::expected<std::shared_ptr<const Setup>, Diagnostics> load_descriptor(const LoadOptions& options) {
  return Loader(options).load();
}

std::expected<Included, Diagnostics> load_included(const LoadOptions& options, const Include& include,
                                                   const std::string& uri, const Setup& around, std::size_t depth) {
  return Loader(options).load_included(include, uri, around, depth);
}

Result<Properties> parse_properties(std::string_view text, std::string_view file) {
  Properties out;
  int number = 0;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (const std::string_view raw : split(text, '\n')) {
    ++number;
    const std::string_view line = trim(raw);
    if (line.empty() || line.starts_with('#')) continue;
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) {
      return fail(Diagnostic{.code = "properties.syntax",
                             .message = "a property line needs '=': '" + std::string(line.substr(0, 60)) + "'",
                             .where = {std::string(file), number, 1, static_cast<int>(line.size())},
                             .line_text = std::string(raw)});
    }
    out.emplace_back(trim(line.substr(0, equals)), trim(line.substr(equals + 1)));
  }
  return out;
}

}  // namespace mimus
