#include <algorithm>
#include <array>

#include "base/diagnostic.h"
#include "generator/generator.h"

namespace mimus {

extern const GeneratorDeclaration kAcademicTitleGenerator;
extern const GeneratorDeclaration kBicGenerator;
extern const GeneratorDeclaration kBirthdateGenerator;
extern const GeneratorDeclaration kBooleanGenerator;
extern const GeneratorDeclaration kCnpjGenerator;
extern const GeneratorDeclaration kCpfGenerator;
extern const GeneratorDeclaration kColorGenerator;
extern const GeneratorDeclaration kCompanyNameGenerator;
extern const GeneratorDeclaration kCreditCardNumberGenerator;
extern const GeneratorDeclaration kDataFakerGenerator;
extern const GeneratorDeclaration kDateTimeGenerator;
extern const GeneratorDeclaration kDepartmentNameGenerator;
extern const GeneratorDeclaration kDistributionGenerator;
extern const GeneratorDeclaration kDomainGenerator;
extern const GeneratorDeclaration kEanGenerator;
extern const GeneratorDeclaration kEmailAddressGenerator;
extern const GeneratorDeclaration kFamilyNameGenerator;
extern const GeneratorDeclaration kFloatGenerator;
extern const GeneratorDeclaration kGenderGenerator;
extern const GeneratorDeclaration kGeoPointGenerator;
extern const GeneratorDeclaration kGivenNameGenerator;
extern const GeneratorDeclaration kGlobalIncrementGenerator;
extern const GeneratorDeclaration kHashGenerator;
extern const GeneratorDeclaration kIbanGenerator;
extern const GeneratorDeclaration kImeiGenerator;
extern const GeneratorDeclaration kIpv4Generator;
extern const GeneratorDeclaration kIpv6Generator;
extern const GeneratorDeclaration kIsbnGenerator;
extern const GeneratorDeclaration kIsinGenerator;
extern const GeneratorDeclaration kIssnGenerator;
extern const GeneratorDeclaration kIncrementGenerator;
extern const GeneratorDeclaration kIntegerGenerator;
extern const GeneratorDeclaration kLeiGenerator;
extern const GeneratorDeclaration kMacAddressGenerator;
extern const GeneratorDeclaration kNobilityTitleGenerator;
extern const GeneratorDeclaration kPasswordGenerator;
extern const GeneratorDeclaration kPhoneNumberGenerator;
extern const GeneratorDeclaration kPrefixedIdGenerator;
extern const GeneratorDeclaration kRandomWalkGenerator;
extern const GeneratorDeclaration kSsnGenerator;
extern const GeneratorDeclaration kSectorGenerator;
extern const GeneratorDeclaration kSequenceTableGenerator;
extern const GeneratorDeclaration kSnowflakeIdGenerator;
extern const GeneratorDeclaration kStreetNameGenerator;
extern const GeneratorDeclaration kStringGenerator;
extern const GeneratorDeclaration kTimeSeriesGenerator;
extern const GeneratorDeclaration kTokenGenerator;
extern const GeneratorDeclaration kUlidGenerator;
extern const GeneratorDeclaration kUuidGenerator;
extern const GeneratorDeclaration kUuidV7Generator;
extern const GeneratorDeclaration kUrlGenerator;
extern const GeneratorDeclaration kVatNumberGenerator;
extern const GeneratorDeclaration kVinGenerator;

namespace {

constexpr std::array kGenerators{
    &kAcademicTitleGenerator,
    &kBicGenerator,
    &kBirthdateGenerator,
    &kBooleanGenerator,
    &kCnpjGenerator,
    &kCpfGenerator,
    &kColorGenerator,
    &kCompanyNameGenerator,
    &kCreditCardNumberGenerator,
    &kDataFakerGenerator,
    &kDateTimeGenerator,
    &kDepartmentNameGenerator,
    &kDistributionGenerator,
    &kDomainGenerator,
    &kEanGenerator,
    &kEmailAddressGenerator,
    &kFamilyNameGenerator,
    &kFloatGenerator,
    &kGenderGenerator,
    &kGeoPointGenerator,
    &kGivenNameGenerator,
    &kGlobalIncrementGenerator,
    &kHashGenerator,
    &kIbanGenerator,
    &kImeiGenerator,
    &kIpv4Generator,
    &kIpv6Generator,
    &kIsbnGenerator,
    &kIsinGenerator,
    &kIssnGenerator,
    &kIncrementGenerator,
    &kIntegerGenerator,
    &kLeiGenerator,
    &kMacAddressGenerator,
    &kNobilityTitleGenerator,
    &kPasswordGenerator,
    &kPhoneNumberGenerator,
    &kPrefixedIdGenerator,
    &kRandomWalkGenerator,
    &kSsnGenerator,
    &kSectorGenerator,
    &kSequenceTableGenerator,
    &kSnowflakeIdGenerator,
    &kStreetNameGenerator,
    &kStringGenerator,
    &kTimeSeriesGenerator,
    &kTokenGenerator,
    &kUlidGenerator,
    &kUuidGenerator,
    &kUuidV7Generator,
    &kUrlGenerator,
    &kVatNumberGenerator,
    &kVinGenerator,
};

// Draws from a stream of its own.
class Seeded final : public Generator {
 public:
  Seeded(std::unique_ptr<Generator> generator, Stream stream) : generator_(std::move(generator)), stream_(stream) {}

  void generate(const Rows& rows, const Stream&, Column& out) const override {
    generator_->generate(rows, stream_, out);
  }
  [[nodiscard]] std::optional<std::uint64_t> length() const override { return generator_->length(); }
  [[nodiscard]] std::uint64_t domain() const override { return generator_->domain(); }
  void generate_at(const Rows& rows, const Stream&, const std::uint64_t* numbers, Column& out) const override {
    generator_->generate_at(rows, stream_, numbers, out);
  }

 private:
  std::unique_ptr<Generator> generator_;
  Stream stream_;
};

// The call without its argument `rng`, which is taken as a seed.
Result<std::optional<std::int64_t>> take_seed(Call& call) {
  const auto given = std::ranges::find(call.arguments, "rng", &Argument::name);
  if (given == call.arguments.end()) return std::nullopt;
  constexpr ParameterDeclaration kSeed[] = {{"rng", ParameterType::Seed, "", "", "", true}};
  MIMUS_ASSIGN(const Arguments seed, match_arguments({.name = call.name, .arguments = {*given}}, kSeed,
                                                     {.family = "generator", .keywords_only = true}));
  call.arguments.erase(given);
  return seed.has("rng") ? std::optional(seed.integer("rng")) : std::nullopt;
}

Result<std::unique_ptr<Generator>> make_declared(const GeneratorDeclaration& declaration, const Call& call,
                                                 const GeneratorEnvironment& environment) {
  if (declaration.make_of_call != nullptr) return declaration.make_of_call(call, environment);
  const Call bare{.name = call.name, .offset = call.offset, .arguments = {}};
  MIMUS_ASSIGN(const Arguments arguments,
               match_arguments(declaration.ignores_arguments ? bare : call, declaration.parameters,
                               {.family = "generator", .keywords_only = declaration.keywords_only}));
  auto made = declaration.make(arguments, environment);
  if (made) return made;
  Diagnostic cause = std::move(made).error();
  if (cause.code.empty()) cause.code = "generator.argument";
  cause.message = call.name + ": " + cause.message;
  return fail(std::move(cause));
}

}  // namespace

std::span<const GeneratorDeclaration* const> generators() { return kGenerators; }

const GeneratorDeclaration* find_generator(std::string_view name) {
  const auto known = std::ranges::find(kGenerators, name, [](const auto* declared) { return declared->name; });
  return known == kGenerators.end() ? nullptr : *known;
}

Result<std::unique_ptr<Generator>> make_generator(const Call& call, const GeneratorEnvironment& environment) {
  const GeneratorDeclaration* declaration = find_generator(call.name);
  if (declaration == nullptr) {
    std::vector<std::string_view> names;
    for (const GeneratorDeclaration* known : kGenerators) names.push_back(known->name);
    std::string hint = suggest(call.name, names);
    return fail("generator.unknown", "unknown generator '" + call.name + "'",
                hint.empty() ? "`mimus generators` lists all" : hint + " (`mimus generators` lists all)");
  }
  if (!declaration->takes_rng) return make_declared(*declaration, call, environment);
  Call rest = call;
  MIMUS_ASSIGN(const std::optional<std::int64_t> seed, take_seed(rest));
  auto made = make_declared(*declaration, rest, environment);
  if (!made || !seed) return made;
  return std::make_unique<Seeded>(std::move(*made), Stream(static_cast<std::uint64_t>(*seed), declaration->name));
}

}  // namespace mimus
