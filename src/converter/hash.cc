// Digests of texts, by OpenSSL; and the 32-bit hash that Java gives to a text, over code points.
#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "converter/scalar.h"

namespace mimus {
namespace {

struct Algorithm {
  std::string_view name;
  const EVP_MD* (*method)();
};
constexpr std::array kAlgorithms{Algorithm{"md5", EVP_md5}, Algorithm{"sha1", EVP_sha1},
                                 Algorithm{"sha256", EVP_sha256}, Algorithm{"sha512", EVP_sha512},
                                 Algorithm{"sha3_512", EVP_sha3_512}};

std::string lower_ascii(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

class Hash final : public TextConverter {
 public:
  Hash(const EVP_MD* method, bool base64, std::string salt)
      : TextConverter("Hash"), method_(method), base64_(base64), salt_(std::move(salt)) {}

 protected:
  Status append(std::string_view text, std::string& out) const override {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    const std::string salted = salt_.empty() ? std::string() : std::string(text) + salt_;
    const std::string_view bytes = salt_.empty() ? text : salted;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, method_, nullptr) != 1) {
      return fail("converter.value", "Hash: the algorithm is not available on this machine");
    }
    if (!base64_) {
      out += hex({digest.data(), size});
      return {};
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE * 2> encoded{};
    const int length = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(size));
    out.append(reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(length));
    return {};
  }

 private:
  const EVP_MD* method_;
  bool base64_;
  std::string salt_;
};

class JavaHash final : public TextConverter {
 public:
  JavaHash() : TextConverter("JavaHash") {}

 protected:
  Status append(std::string_view text, std::string& out) const override {
    std::uint32_t hash = 0;
    for (std::size_t i = 0; i < text.size();) hash = 31 * hash + static_cast<std::uint32_t>(next_code_point(text, i));
    for (int shift = 28; shift >= 0; shift -= 4) out += "0123456789abcdef"[(hash >> shift) & 15U];
    return {};
  }
};

constexpr ParameterDeclaration kParameters[] = {
    {"hash_type", ParameterType::String, "", "md5, sha1, sha256, sha512, sha3_512", "the algorithm", false, true},
    {"output_format", ParameterType::String, "", "hex, base64", "how the digest is written", false, true},
    {"salt", ParameterType::String, "", "", "put at the end of the text before it is hashed", true},
};
constexpr ConverterExample kExamples[] = {
    {"Hash('md5', 'hex')", "'hello'", "'5d41402abc4b2a76b9719d911017c592'"},
    {"Hash('sha1', 'base64', salt='x')", "'a'", "'Ki4SBrQiKw18yMih2LMC7nDP6Bc='"}};
constexpr ConverterExample kJavaExamples[] = {{"JavaHash", "'hello'", "'05e918d2'"}};

}  // namespace

extern const ConverterDeclaration kHash{
    .name = "Hash",
    .summary = "the digest of the text's UTF-8 bytes",
    .takes = "text",
    .gives = "text",
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      const std::string type = lower_ascii(arguments.text("hash_type"));
      const auto known = std::ranges::find(kAlgorithms, type, &Algorithm::name);
      if (known == kAlgorithms.end()) {
        return fail("converter.argument", "hash_type must not be '" + type.substr(0, 40) + "'",
                    "allowed: md5, sha1, sha256, sha512, sha3_512");
      }
      const std::string format = lower_ascii(arguments.text("output_format"));
      if (format != "hex" && format != "base64") {
        return fail("converter.argument", "output_format must be hex or base64, but is '" + format.substr(0, 40) + "'");
      }
      return std::make_unique<Hash>(known->method(), format == "base64", arguments.text_or("salt", ""));
    },
};

extern const ConverterDeclaration kJavaHash{
    .name = "JavaHash",
    .summary = "Java's hash of the text, as eight hexadecimal digits",
    .takes = "text",
    .gives = "text",
    .parameters = {},
    .examples = kJavaExamples,
    .make = [](const Arguments&, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      return std::make_unique<JavaHash>();
    },
};

}  // namespace mimus
