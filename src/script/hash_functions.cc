// hashlib: hashes of bytes, by OpenSSL.
#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "script/errors.h"
#include "script/function.h"
#include "script/operators.h"

namespace mimus::script {
namespace {

struct Algorithm {
  std::string_view name;
  const EVP_MD* (*method)();
};

constexpr std::array kAlgorithms{
    Algorithm{"md5", EVP_md5},           Algorithm{"sha1", EVP_sha1},          Algorithm{"sha224", EVP_sha224},
    Algorithm{"sha256", EVP_sha256},     Algorithm{"sha384", EVP_sha384},      Algorithm{"sha512", EVP_sha512},
    Algorithm{"sha3_224", EVP_sha3_224}, Algorithm{"sha3_256", EVP_sha3_256},  Algorithm{"sha3_384", EVP_sha3_384},
    Algorithm{"sha3_512", EVP_sha3_512}, Algorithm{"blake2b", EVP_blake2b512}, Algorithm{"blake2s", EVP_blake2s256},
};

// `usedforsecurity` changes nothing; lengths, keys and salts of BLAKE2 would.
Result<Value> digest(std::string_view algorithm, const Value* data, const CallArguments& arguments) {
  for (const auto& [name, value] : arguments.named) {
    if (name != "usedforsecurity" && name != "data" && name != "string" && name != "name")
      return not_covered("the parameter '" + name + "' of hashlib." + std::string(algorithm) + "()");
  }
  std::string_view bytes;
  if (data != nullptr) {
    if (data->as_text() != nullptr) return type_error("a text must be encoded before it is hashed: text.encode()");
    if (data->as_bytes() == nullptr)
      return type_error("bytes are needed for a hash, not " + std::string(type_name_of(*data)));
    bytes = data->as_bytes()->bytes;
  }
  return Value(std::shared_ptr<const Digest>(
      std::make_shared<Digest>(Digest{std::string(algorithm), digest_of(algorithm, bytes)})));
}

template <std::size_t Index>
Result<Value> hash_by(const CallArguments& arguments) {
  const Value* data = arguments.get(0, "data");
  return digest(kAlgorithms[Index].name, data == nullptr ? find(arguments.named, "string") : data, arguments);
}

Result<Value> hash_by_name(const CallArguments& arguments) {
  const Value* name = arguments.get(0, "name");
  if (name == nullptr || name->as_text() == nullptr) return type_error("hashlib.new() needs the name of an algorithm");
  const auto known = std::ranges::find(kAlgorithms, *name->as_text(), &Algorithm::name);
  if (known == kAlgorithms.end()) return value_error("unsupported hash type " + name->as_text()->substr(0, 40));
  return digest(known->name, arguments.get(1, "data"), arguments);
}

constexpr std::array kFunctions{
    Function{"hashlib.md5", 0, 3, hash_by<0>, "*", true},
    Function{"hashlib.sha1", 0, 3, hash_by<1>, "*", true},
    Function{"hashlib.sha224", 0, 3, hash_by<2>, "*", true},
    Function{"hashlib.sha256", 0, 3, hash_by<3>, "*", true},
    Function{"hashlib.sha384", 0, 3, hash_by<4>, "*", true},
    Function{"hashlib.sha512", 0, 3, hash_by<5>, "*", true},
    Function{"hashlib.sha3_224", 0, 3, hash_by<6>, "*", true},
    Function{"hashlib.sha3_256", 0, 3, hash_by<7>, "*", true},
    Function{"hashlib.sha3_384", 0, 3, hash_by<8>, "*", true},
    Function{"hashlib.sha3_512", 0, 3, hash_by<9>, "*", true},
    Function{"hashlib.blake2b", 0, 14, hash_by<10>, "*", true},
    Function{"hashlib.blake2s", 0, 14, hash_by<11>, "*", true},
    Function{"hashlib.new", 1, 4, hash_by_name, "*", true},
};

}  // namespace

std::span<const Function> hash_functions() { return kFunctions; }

std::string digest_of(std::string_view algorithm, std::string_view bytes) {
  const auto known = std::ranges::find(kAlgorithms, algorithm, &Algorithm::name);
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  if (known == kAlgorithms.end() ||
      EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, known->method(), nullptr) != 1) {
    return {};
  }
  return {out.begin(), out.begin() + size};
}

}  // namespace mimus::script
