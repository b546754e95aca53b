// Any XML as a descriptor: built or refused, each finding with a place inside of the document.
#include <cstddef>
#include <cstdint>
#include <string>

#include "descriptor/build.h"
#include "descriptor/xml.h"

namespace {

using mimus::Status;

// Refuses now and then, at a place inside of the text.
class Moody final : public mimus::Components {
 public:
  [[nodiscard]] Status check_generator(const mimus::Call& call) const override { return judge(call.name); }
  [[nodiscard]] Status check_converter(const mimus::Call& call) const override { return judge(call.name); }
  [[nodiscard]] Status check_pattern(std::string_view pattern) const override { return judge(pattern); }
  [[nodiscard]] Status check_date_format(std::string_view format) const override { return judge(format); }
  [[nodiscard]] Status check_expression(std::string_view expression) const override { return judge(expression); }

 private:
  static Status judge(std::string_view text) {
    if (text.size() % 3 != 0) return {};
    return mimus::fail(mimus::Diagnostic{
        .code = "fuzz.refused", .message = "no", .where = {"", 0, static_cast<int>(text.size() / 2)}});
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto document = mimus::parse_xml(std::string(reinterpret_cast<const char*>(data), size), "datamimic.xml");
  if (!document || document->root.name != "setup") return 0;
  mimus::Properties properties{{"n", "3"}, {"word", "true"}};
  std::vector<std::string> generators;
  bool has_scripts = false;
  mimus::Diagnostics findings;
  const Moody components;
  const mimus::Setup setup = mimus::build_setup(document->root, {}, {},
                                                {.properties = properties,
                                                 .generators = generators,
                                                 .has_scripts = has_scripts,
                                                 .components = components,
                                                 .findings = findings,
                                                 .include = [](mimus::Include&) {}});
  mimus::show_lines(*document, findings);
  for (const mimus::Diagnostic& finding : findings) {
    if (finding.code.empty() || finding.where.line < 1 || mimus::render(finding).empty()) __builtin_trap();
  }
  if (setup.statements.size() > document->root.children.size()) __builtin_trap();
  return 0;
}
