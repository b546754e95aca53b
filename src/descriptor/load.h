// Loading: a descriptor file and everything it includes, checked, as a model.
//
// Nothing runs. Every mistake is reported, not only the first, in order of place. Pure but for reading files;
// thread-safe.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "descriptor/literal.h"
#include "descriptor/model.h"

namespace mimus {

// What the checker must ask the rooms below: registries are handed in. Failures carry the offset of the mistake within
// the attribute's text in `where.column`.
class Components {
 public:
  virtual ~Components() = default;
  [[nodiscard]] virtual Status check_generator(const Call& call) const = 0;
  [[nodiscard]] virtual Status check_converter(const Call& call) const = 0;
  [[nodiscard]] virtual Status check_pattern(std::string_view pattern) const = 0;
  [[nodiscard]] virtual Status check_date_format(std::string_view format) const = 0;
  [[nodiscard]] virtual Status check_expression(std::string_view expression) const = 0;
};

using Properties = std::vector<std::pair<std::string, std::string>>;

struct LoadOptions {
  std::filesystem::path descriptor;
  std::filesystem::path root;    // files are read from below here only
  std::filesystem::path folder;  // the main descriptor's folder, from which relative paths start
  const Components* components = nullptr;
};

// `conf/environment.env.properties` beside the descriptor, when there is one, gives properties from the start.
[[nodiscard]] std::expected<std::shared_ptr<const Setup>, Diagnostics> load_descriptor(const LoadOptions& options);

// An <include> whose uri was an expression and is known now.
struct Included {
  std::shared_ptr<const Setup> setup;  // of a descriptor
  Properties properties;               // those of `around`, and of a .properties file
};

// `around` is the setup that holds the include: its settings, properties and generators are inherited. `depth`: how
// many such includes are open; beyond a limit it is include.too_many. The options are those of the main descriptor.
[[nodiscard]] std::expected<Included, Diagnostics> load_included(const LoadOptions& options, const Include& include,
                                                                 const std::string& uri, const Setup& around,
                                                                 std::size_t depth);

// "key=value" lines; blank lines and those that begin with '#' are skipped. The finding's line is set.
[[nodiscard]] Result<Properties> parse_properties(std::string_view text, std::string_view file);

}  // namespace mimus
