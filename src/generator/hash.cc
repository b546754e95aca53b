// Digests of nothing: as many random hexadecimal digits as the algorithm gives. (The digest of random bytes is as
// random as its own bytes.)
#include <algorithm>

#include "generator/text.h"

namespace mimus {
namespace {

struct Algorithm {
  std::string_view name;
  std::size_t digits;
};
constexpr Algorithm kAlgorithms[] = {{"md5", 32},      {"sha1", 40},      {"sha224", 56},   {"sha256", 64},
                                     {"sha384", 96},   {"sha512", 128},   {"sha3_224", 56}, {"sha3_256", 64},
                                     {"sha3_384", 96}, {"sha3_512", 128}, {"blake2b", 128}, {"blake2s", 64}};

constexpr ParameterDeclaration kParameters[] = {
    {"algorithm", ParameterType::String, "sha256",
     "md5, sha1, sha224, sha256, sha384, sha512, sha3_224, sha3_256, sha3_384, sha3_512, blake2b, blake2s",
     "whose length the digest has"},
};
constexpr std::string_view kExamples[] = {"HashGenerator", "HashGenerator(algorithm='md5')"};

}  // namespace

extern const GeneratorDeclaration kHashGenerator{
    .name = "HashGenerator",
    .summary = "a random digest in hexadecimal digits",
    .result = Type::String,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::string name = lower_ascii(arguments.text("algorithm"));
      const auto* known = std::ranges::find(kAlgorithms, name, &Algorithm::name);
      if (known == std::end(kAlgorithms)) {
        return fail("generator.argument", "unsupported hash algorithm '" + name.substr(0, 40) + "'",
                    "allowed: " + std::string(kParameters[0].range));
      }
      return make_text_of_form(
          [digits = known->digits](Draws& draws, std::string& out) { append_hex(out, draws, digits); }, true);
    },
};

}  // namespace mimus
