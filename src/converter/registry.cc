#include <algorithm>
#include <array>

#include "base/diagnostic.h"
#include "converter/converter.h"

namespace mimus {

extern const ConverterDeclaration kAppend;
extern const ConverterDeclaration kBand;
extern const ConverterDeclaration kCardMask;
extern const ConverterDeclaration kCutLength;
extern const ConverterDeclaration kDate2Timestamp;
extern const ConverterDeclaration kDateFormat;
extern const ConverterDeclaration kDatePart;
extern const ConverterDeclaration kDateShift;
extern const ConverterDeclaration kFormatDecrypt;
extern const ConverterDeclaration kFormatEncrypt;
extern const ConverterDeclaration kHash;
extern const ConverterDeclaration kIbanMask;
extern const ConverterDeclaration kJavaHash;
extern const ConverterDeclaration kLowerCase;
extern const ConverterDeclaration kMask;
extern const ConverterDeclaration kMiddleMask;
extern const ConverterDeclaration kNoise;
extern const ConverterDeclaration kPrefix;
extern const ConverterDeclaration kPseudonym;
extern const ConverterDeclaration kRedact;
extern const ConverterDeclaration kRemoveNoneOrEmptyElement;
extern const ConverterDeclaration kRound;
extern const ConverterDeclaration kTimestamp2Date;
extern const ConverterDeclaration kTokenize;
extern const ConverterDeclaration kDetokenize;
extern const ConverterDeclaration kUpperCase;

namespace {

constexpr std::array kConverters{
    &kAppend,         &kBand,
    &kCardMask,       &kCutLength,
    &kDate2Timestamp, &kDateFormat,
    &kDatePart,       &kDateShift,
    &kDetokenize,     &kFormatDecrypt,
    &kFormatEncrypt,  &kHash,
    &kIbanMask,       &kJavaHash,
    &kLowerCase,      &kMask,
    &kMiddleMask,     &kNoise,
    &kPrefix,         &kPseudonym,
    &kRedact,         &kRemoveNoneOrEmptyElement,
    &kRound,          &kTimestamp2Date,
    &kTokenize,       &kUpperCase,
};

}  // namespace

std::span<const ConverterDeclaration* const> converters() { return kConverters; }

const ConverterDeclaration* find_converter(std::string_view name) {
  const auto known = std::ranges::find(kConverters, name, [](const auto* declared) { return declared->name; });
  return known == kConverters.end() ? nullptr : *known;
}

Result<std::unique_ptr<Converter>> make_converter(const Call& call, const ConverterEnvironment& environment) {
  const ConverterDeclaration* declaration = find_converter(call.name);
  if (declaration == nullptr) {
    std::vector<std::string_view> names;
    for (const ConverterDeclaration* known : kConverters) names.push_back(known->name);
    std::string hint = suggest(call.name, names);
    return fail("converter.unknown", "unknown converter '" + call.name + "'",
                hint.empty() ? "`mimus converters` lists all" : hint + " (`mimus converters` lists all)");
  }
  MIMUS_ASSIGN(const Arguments arguments, match_arguments(call, declaration->parameters, {.family = "converter"}));
  auto made = declaration->make(arguments, environment);
  if (!made) {
    Diagnostic cause = std::move(made).error();
    cause.message = call.name + ": " + cause.message;
    return fail(std::move(cause));
  }
  return made;
}

}  // namespace mimus
