// Tokens: a text sealed with a secret key. The same text has the same token everywhere, other texts have other ones by
// construction, and the owner of the key has the text back without a list of tokens: deterministic authenticated
// encryption, AES-SIV (RFC 5297), by OpenSSL.
#include <openssl/evp.h>

#include <array>
#include <memory>

#include "base/base32.h"
#include "base/file.h"
#include "base/text.h"
#include "converter/scalar.h"
#include "converter/secret.h"

namespace mimus {
namespace {

constexpr std::size_t kTagBytes = 16;
// Stands before the text that is sealed: the form of tokens, and never an empty text.
constexpr char kVersion = '\1';

struct FreeCipher {
  void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
};
struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

// Immutable after construction, thread-safe.
class Seal {
 public:
  // The key is for nothing but tokens: one made from that of the call.
  explicit Seal(std::string_view key)
      : key_(mac_of(key, "mimus token")), cipher_(EVP_CIPHER_fetch(nullptr, "AES-128-SIV", nullptr)) {}

  // Synthetic IV and text.
  [[nodiscard]] std::optional<std::string> seal(std::string_view text) const {
    std::string out(kTagBytes + text.size(), '\0');
    auto* bytes = reinterpret_cast<unsigned char*>(out.data());
    const Context context = open(true);
    const bool fine = context && update(context.get(), bytes + kTagBytes, text) &&
                      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTagBytes, bytes) == 1;
    return fine ? std::optional(std::move(out)) : std::nullopt;
  }

  // nullopt: it is not what seal() has made with this key.
  [[nodiscard]] std::optional<std::string> unseal(std::string bytes) const {
    if (bytes.size() <= kTagBytes) return std::nullopt;
    std::string out(bytes.size() - kTagBytes, '\0');
    const Context context = open(false);
    const bool fine =
        context && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kTagBytes, bytes.data()) == 1 &&
        update(context.get(), reinterpret_cast<unsigned char*>(out.data()), std::string_view(bytes).substr(kTagBytes));
    return fine ? std::optional(std::move(out)) : std::nullopt;
  }

 private:
  using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

  [[nodiscard]] Context open(bool forward) const {
    Context context(EVP_CIPHER_CTX_new());
    if (!context || !cipher_ ||
        EVP_CipherInit_ex(context.get(), cipher_.get(), nullptr, key_.data(), nullptr, forward ? 1 : 0) != 1) {
      return nullptr;
    }
    return context;
  }
  static bool update(EVP_CIPHER_CTX* context, unsigned char* out, std::string_view in) {
    int size = 0;
    int more = 0;
    return EVP_CipherUpdate(context, out, &size, reinterpret_cast<const unsigned char*>(in.data()),
                            static_cast<int>(in.size())) == 1 &&
           EVP_CipherFinal_ex(context, out + size, &more) == 1;
  }

  Mac key_;
  std::unique_ptr<EVP_CIPHER, FreeCipher> cipher_;
};

class Tokenize final : public TextConverter {
 public:
  Tokenize(std::string_view key, std::string prefix)
      : TextConverter("Tokenize"), seal_(key), prefix_(std::move(prefix)) {}

 protected:
  Status append(std::string_view text, std::string& out) const override {
    constexpr std::size_t kMostBytes = std::size_t{1} << 20U;
    if (text.size() > kMostBytes) {
      return refuse_value(name(), "a text of at most 1 MiB", Value(std::string(text.substr(0, 80))));
    }
    const auto sealed = seal_.seal(kVersion + std::string(text));
    if (!sealed) return fail("converter.value", "Tokenize: the cipher failed");
    out += prefix_;
    append_base32(out, *sealed);
    return {};
  }

 private:
  Seal seal_;
  std::string prefix_;
};

// Keeps what the rows hold, and only that: a dictionary may have values that no row has.
class VaultedTokenize final : public Converter {
 public:
  VaultedTokenize(std::string_view key, std::string prefix, std::shared_ptr<Vault> vault,
                  std::optional<std::string> vault_key)
      : tokenize_(key, std::move(prefix)), vault_(std::move(vault)) {
    if (vault_key) seal_.emplace(*vault_key);
  }

  [[nodiscard]] std::optional<RowFailure> convert(const Rows& rows, const Stream& stream,
                                                  Column& column) const override {
    std::vector<Value> texts(rows.count);
    for (std::size_t k = 0; k < rows.count; ++k) {
      if (column.is_present(k)) texts[k] = value_at(column, k);
    }
    if (auto failure = tokenize_.convert(rows, stream, column)) return failure;
    for (std::size_t k = 0; k < rows.count; ++k) {
      if (texts[k].as_text() == nullptr) continue;
      if (auto kept = keep(*value_at(column, k).as_text(), *texts[k].as_text()); !kept) {
        return RowFailure{k, std::move(kept).error()};
      }
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] Status keep(std::string_view token, std::string_view text) const {
    if (!seal_) return vault_->add(token, text);
    const auto sealed = seal_->seal(kVersion + std::string(text));
    if (!sealed) return fail("converter.value", "Tokenize: the cipher failed");
    std::string value;
    append_base32(value, *sealed);
    return vault_->add(token, value);
  }

  Tokenize tokenize_;
  std::shared_ptr<Vault> vault_;
  std::optional<Seal> seal_;  // of the values in the vault
};

Result<std::unique_ptr<Converter>> make_tokenize(const Arguments& arguments, const ConverterEnvironment& environment) {
  MIMUS_ASSIGN(const std::string key, key_of(arguments.text("key")));
  std::optional<std::string> vault_key;
  if (arguments.has("vault_key")) {
    MIMUS_ASSIGN(vault_key, key_of(arguments.text("vault_key")));
  }
  const std::string prefix = arguments.text("prefix");
  if (!arguments.has("vault")) {
    if (!vault_key) return std::make_unique<Tokenize>(key, prefix);
    return fail("converter.argument", "'vault_key' is for a vault, but there is no 'vault'");
  }
  const std::string name = arguments.text("vault");
  if (!is_output_name(name) || name.contains('/')) {
    std::string shown;
    append_repr(shown, name);
    return fail("converter.argument", "'vault' must be the name of a file, but is " + shown,
                "no slashes, backslashes, control characters or leading dot, at most 200 bytes");
  }
  auto vault = environment.open_vault ? environment.open_vault(name) : nullptr;
  if (!vault) return std::make_unique<Tokenize>(key, prefix);
  return std::make_unique<VaultedTokenize>(key, prefix, std::move(vault), std::move(vault_key));
}

class Detokenize final : public TextConverter {
 public:
  Detokenize(std::string_view key, std::string prefix)
      : TextConverter("Detokenize"), seal_(key), prefix_(std::move(prefix)) {}

 protected:
  Status append(std::string_view text, std::string& out) const override {
    std::optional<std::string> opened;
    if (text.starts_with(prefix_)) {
      if (auto bytes = bytes_of_base32(text.substr(prefix_.size()))) opened = seal_.unseal(std::move(*bytes));
    }
    if (!opened || !opened->starts_with(kVersion)) {
      return refuse_value(name(), "a token that Tokenize made with this key and prefix", Value(std::string(text)));
    }
    out += std::string_view(*opened).substr(1);
    return {};
  }

 private:
  Seal seal_;
  std::string prefix_;
};

constexpr ParameterDeclaration kKey = {
    "key", ParameterType::String, "", "a text, or hex: and 32, 48 or 64 digits", "the secret key", false, true};
constexpr ParameterDeclaration kPrefix = {"prefix", ParameterType::String, "tok_", "", "what tokens begin with"};
constexpr ParameterDeclaration kDetokenizeParameters[] = {kKey, kPrefix};
constexpr ParameterDeclaration kTokenizeParameters[] = {
    kKey,
    kPrefix,
    {"vault", ParameterType::String, "", "the name of a file, without its extension",
     "the run publishes NAME.vault.csv: each token and the text it stands for", true},
    {"vault_key", ParameterType::String, "", "as key",
     "the texts in the vault are sealed: Detokenize(key=vault_key, prefix='') opens them", true},
};
constexpr ConverterExample kTokenizeExamples[] = {
    {"Tokenize(key='k')", "'Ada'", "'tok_5omed67qf45qszkk7dsgrzjllgu42wpe'"}};
constexpr ConverterExample kDetokenizeExamples[] = {
    {"Detokenize(key='k')", "'tok_5omed67qf45qszkk7dsgrzjllgu42wpe'", "'Ada'"}};

}  // namespace

extern const ConverterDeclaration kTokenize{
    .name = "Tokenize",
    .summary = "a token for the text by a secret key: the same for the same text, never the same for two",
    .takes = "text",
    .gives = "text",
    .parameters = kTokenizeParameters,
    .examples = kTokenizeExamples,
    .make = make_tokenize,
};

extern const ConverterDeclaration kDetokenize{
    .name = "Detokenize",
    .summary = "the text before Tokenize, for the owner of the key",
    .takes = "text",
    .gives = "text",
    .parameters = kDetokenizeParameters,
    .examples = kDetokenizeExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      MIMUS_ASSIGN(const std::string key, key_of(arguments.text("key")));
      return std::make_unique<Detokenize>(key, arguments.text("prefix"));
    },
};

}  // namespace mimus
