#include "target/compressed_target.h"

#include "target/arguments.h"
#include "target/compression.h"

namespace mimus {
namespace {

class CompressedTarget final : public TargetOver {
 public:
  CompressedTarget(std::unique_ptr<FileTarget> target, Compression compression, int level)
      : TargetOver(std::move(target)), compression_(compression), level_(level) {
    extension_ = std::string(TargetOver::extension()) + "." + std::string(extension_of(compression));
  }

  [[nodiscard]] std::string_view extension() const override { return extension_; }
  [[nodiscard]] std::unique_ptr<Packer> make_packer(const PackerSettings& settings) const override {
    return make_compressor(compression_, level_, settings);
  }

 private:
  Compression compression_;
  int level_;
  std::string extension_;
};

Result<Compression> compression_of(const TargetArguments& arguments) {
  MIMUS_ASSIGN(const std::string name, arguments.text("compression", ""));
  if (name == "gzip") return Compression::Gzip;
  if (name == "zstd") return Compression::Zstd;
  return arguments.refuse("compression", "'gzip' or 'zstd'");
}

}  // namespace

Result<std::unique_ptr<FileTarget>> with_compression(std::unique_ptr<FileTarget> target,
                                                     const TargetDeclaration& declaration, const Call& call) {
  const TargetArguments arguments(declaration, call);
  if (!arguments.has("compression")) {
    if (arguments.has("compression_level")) return arguments.refuse("compression_level", "beside a 'compression'");
    return target;
  }
  MIMUS_ASSIGN(const Compression compression, compression_of(arguments));
  const CompressionLevels levels = levels_of(compression);
  MIMUS_ASSIGN(const std::uint64_t level,
               arguments.natural("compression_level", static_cast<std::uint64_t>(levels.usual)));
  if (level > static_cast<std::uint64_t>(levels.most)) {
    return arguments.refuse("compression_level", "from 1 to " + std::to_string(levels.most));
  }
  return std::make_unique<CompressedTarget>(std::move(target), compression, static_cast<int>(level));
}

}  // namespace mimus
