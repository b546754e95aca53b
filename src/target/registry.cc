#include <algorithm>
#include <array>

#include "target/compressed_target.h"
#include "target/target.h"

namespace mimus {

extern const TargetDeclaration kAnonymityTarget;
extern const TargetDeclaration kCsvTarget;
extern const TargetDeclaration kJsonTarget;
extern const TargetDeclaration kXmlTarget;
extern const TargetDeclaration kJsonSingleTarget;
extern const TargetDeclaration kXmlSingleTarget;
extern const TargetDeclaration kTxtTarget;
extern const TargetDeclaration kXlsxTarget;
extern const TargetDeclaration kConsoleTarget;
extern const TargetDeclaration kLogTarget;
extern const TargetDeclaration kPreviewTarget;
extern const TargetDeclaration kTestResultTarget;
extern const TargetDeclaration kTemplateTarget;
extern const TargetDeclaration kTemplateSingleTarget;

namespace {

constexpr std::array<const TargetDeclaration*, 14> kTargets{
    &kCsvTarget,        &kJsonTarget,      &kXmlTarget,      &kTxtTarget,
    &kXlsxTarget,       &kConsoleTarget,   &kLogTarget,      &kPreviewTarget,
    &kJsonSingleTarget, &kXmlSingleTarget, &kTemplateTarget, &kTemplateSingleTarget,
    &kAnonymityTarget,  &kTestResultTarget};

}  // namespace

std::span<const TargetDeclaration* const> targets() { return kTargets; }

const TargetDeclaration* find_target(std::string_view name) {
  const auto found = std::ranges::find(kTargets, name, &TargetDeclaration::name);
  return found == kTargets.end() ? nullptr : *found;
}

Result<std::unique_ptr<FileTarget>> make_target(const TargetDeclaration& declaration, const Call& call,
                                                const TargetEnvironment& environment) {
  MIMUS_ASSIGN(std::unique_ptr<FileTarget> target, declaration.make(declaration, call, environment));
  return with_compression(std::move(target), declaration, call);
}

}  // namespace mimus
