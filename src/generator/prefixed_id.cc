// Identifiers of a prefix, a separator and a text that matches a pattern.
#include "generator/generator.h"

namespace mimus {
namespace {

constexpr ParameterDeclaration kParameters[] = {
    {"prefix", ParameterType::String, "", "", "what stands first", false, true},
    {"body_pattern", ParameterType::String, "", "a regular expression", "what the rest matches", false, true},
    {"separator", ParameterType::String, "-", "", "what stands between"},
};
constexpr std::string_view kExamples[] = {"PrefixedIdGenerator('DOC', '[0-9A-F]{8}')",
                                          "PrefixedIdGenerator(prefix='A.1', body_pattern='[0-9]{4}', separator='/')"};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view(".^$*+?{}[]\\|()").contains(c)) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

extern const GeneratorDeclaration kPrefixedIdGenerator{
    .name = "PrefixedIdGenerator",
    .summary = "an identifier with a prefix",
    .result = Type::String,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::string body = arguments.text("body_pattern");
      if (const auto alone = make_pattern(body); !alone) {
        return fail("generator.argument", "body_pattern: " + alone.error().message);
      }
      return make_pattern(escaped(arguments.text("prefix") + arguments.text("separator")) + "(?:" + body + ")");
    },
};

}  // namespace mimus
