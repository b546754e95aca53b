// Colours: as a web colour, as rgb(), or by name.
#include "generator/text.h"
#include "generator/words.h"

namespace mimus {
namespace {

constexpr std::string_view kNames[] = {"red",   "green",  "blue", "yellow", "purple",  "orange", "black", "white",
                                       "brown", "gray",   "pink", "cyan",   "magenta", "silver", "gold",  "navy",
                                       "olive", "maroon", "lime", "teal",   "indigo",  "violet", "coral", "crimson"};

void append_rgb(std::string& out, Draws& draws) {
  std::uint64_t bits = draws.is_numbered() ? draws.below(1U << 24U) : draws.next();
  out += "rgb(";
  for (int k = 0; k < 3; ++k, bits >>= 8U) {
    if (k > 0) out += ',';
    append_padded(out, bits & 0xFFU, 1);
  }
  out += ')';
}

constexpr ParameterDeclaration kParameters[] = {
    {"format_type", ParameterType::String, "hex", "hex, rgb, name", "how the colour is written"},
};
constexpr std::string_view kExamples[] = {"ColorGenerator", "ColorGenerator(format_type='rgb')",
                                          "ColorGenerator('name')"};

}  // namespace

extern const GeneratorDeclaration kColorGenerator{
    .name = "ColorGenerator",
    .summary = "a colour",
    .result = Type::String,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::string type = lower_ascii(arguments.text("format_type"));
      if (type == "rgb") return make_text_of_form([](Draws& draws, std::string& out) { append_rgb(out, draws); });
      if (type == "name")
        return make_text_of_form([](Draws& draws, std::string& out) { out += pick(kNames, draws); }, true);
      return make_text_of_form([](Draws& draws, std::string& out) {
        out += '#';
        append_hex(out, draws, 6);
      });
    },
    .takes_rng = true,
};

}  // namespace mimus
