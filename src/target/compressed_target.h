// Targets that are made of other ones: `compression` is a parameter of every target of text files.
#pragma once

#include <memory>

#include "target/target.h"

namespace mimus {

inline constexpr TargetParameter kCompressionParameter{"compression", "None",
                                                       "'gzip' or 'zstd': the files are packed, as name.csv.gz or "
                                                       "name.csv.zst"};
inline constexpr TargetParameter kCompressionLevelParameter{"compression_level", "4, with zstd 3",
                                                            "from 1, fast, to 9, small; with zstd to 19"};

// The target as the call's `compression` wants its files. Fails with target.argument.
[[nodiscard]] Result<std::unique_ptr<FileTarget>> with_compression(std::unique_ptr<FileTarget> target,
                                                                   const TargetDeclaration& declaration,
                                                                   const Call& call);

}  // namespace mimus
