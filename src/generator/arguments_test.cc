// Every parameter of every generator, given what it is not for: the finding names the parameter and the value.
#include <gtest/gtest.h>

#include "generator/generator.h"

namespace mimus {
namespace {

// A literal that is of no parameter's type but Any.
std::vector<std::string> wrong_literals(ParameterType type) {
  switch (type) {
    case ParameterType::Int:
      return {"'x'", "1.5", "[1]", "True"};
    case ParameterType::Float:
      return {"'x'", "[1]", "True"};
    case ParameterType::Bool:
      return {"'True'", "1", "[True]"};
    case ParameterType::String:
      return {"1", "True", "['a']"};
    case ParameterType::Numbers:
      return {"'x'", "1", "['a']"};
    case ParameterType::Texts:
      return {"1", "'a'", "[1]"};
    case ParameterType::Words:
      return {"1.5", "[1.5]"};
    case ParameterType::Seed:
      return {"'x'", "1.5"};
    case ParameterType::Any:
      return {};
  }
  return {};
}

// The required arguments of a generator, as its first example gives them, without one.
std::string call_with(const GeneratorDeclaration& declaration, std::string_view without, const std::string& argument) {
  std::string out = std::string(declaration.name) + "(";
  const auto example = parse_call(declaration.examples[0]);
  for (std::size_t k = 0; k < declaration.parameters.size(); ++k) {
    const ParameterDeclaration& parameter = declaration.parameters[k];
    if (!parameter.required || parameter.name == without) continue;
    for (std::size_t i = 0; i < example->arguments.size(); ++i) {
      const Argument& given = example->arguments[i];
      if (given.name != parameter.name && !(given.name.empty() && i == k)) continue;
      out += std::string(parameter.name) + "=";
      append_repr(out, given.value);
      out += ", ";
    }
  }
  return out + argument + ")";
}

Diagnostic finding_of(const std::string& text) {
  const auto call = parse_call(text);
  EXPECT_TRUE(call) << text;
  const auto made = make_generator(*call, {.sequence_start = 1});
  EXPECT_FALSE(made) << text << " is taken";
  return made ? Diagnostic() : made.error();
}

TEST(Arguments, OfAnotherTypeAreRefused) {
  std::size_t tried = 0;
  for (const GeneratorDeclaration* declaration : generators()) {
    if (declaration->ignores_arguments || declaration->make_of_call != nullptr) continue;
    for (const ParameterDeclaration& parameter : declaration->parameters) {
      for (const std::string& literal : wrong_literals(parameter.type)) {
        const std::string text = call_with(*declaration, parameter.name, std::string(parameter.name) + "=" + literal);
        const Diagnostic finding = finding_of(text);
        EXPECT_EQ(finding.code, "generator.argument") << text;
        EXPECT_TRUE(finding.message.contains(parameter.name)) << text << ": " << finding.message;
        EXPECT_TRUE(finding.message.contains(literal)) << text << ": " << finding.message;
        ++tried;
      }
    }
  }
  EXPECT_GT(tried, 200U);
}

TEST(Arguments, OfNoParameterAreRefused) {
  for (const GeneratorDeclaration* declaration : generators()) {
    if (declaration->ignores_arguments || declaration->make_of_call != nullptr) continue;
    const std::string text = call_with(*declaration, "", "nosuch=1");
    const Diagnostic finding = finding_of(text);
    EXPECT_EQ(finding.code, "generator.argument") << text;
    EXPECT_TRUE(finding.message.contains("nosuch")) << text << ": " << finding.message;
    EXPECT_FALSE(finding.hint.empty()) << text;
    for (const ParameterDeclaration& parameter : declaration->parameters) {
      if (!parameter.required) continue;
      const Diagnostic missing = finding_of(call_with(*declaration, parameter.name, ""));
      EXPECT_TRUE(missing.message.contains(parameter.name)) << missing.message;
    }
  }
}

// What is declared is complete: people and forms are told it.
TEST(Arguments, AreDeclaredInFull) {
  for (const GeneratorDeclaration* declaration : generators()) {
    EXPECT_FALSE(declaration->summary.empty()) << declaration->name;
    for (const ParameterDeclaration& parameter : declaration->parameters) {
      EXPECT_FALSE(parameter.summary.empty()) << declaration->name << "." << parameter.name;
      // Neither needed, nor with a default, nor left out by None: then nothing could be left out.
      EXPECT_TRUE(parameter.required || parameter.nullable || !parameter.fallback.empty() ||
                  parameter.type == ParameterType::String)
          << declaration->name << "." << parameter.name;
    }
  }
}

// Out of range: the finding names the parameter, what is given and what is allowed.
TEST(Arguments, OutOfRangeAreRefused) {
  struct Case {
    const char* text;
    const char* parameter;
    const char* value;
  };
  for (const Case& wrong : {Case{"IncrementGenerator(step=0)", "tep", "0"},
                            {"IntegerGenerator(min=5, max=1)", "min", "5"},
                            {"FloatGenerator(min=5, max=1)", "min", "5"},
                            {"FloatGenerator(granularity=0)", "granularity", "0"},
                            {"BooleanGenerator(prob_true=1.5)", "prob_true", "1.5"},
                            {"StringGenerator(min_len=9, max_len=4)", "min_len", "9"},
                            {"StringGenerator(min_len=-1)", "len", "-1"},
                            {"StringGenerator(max_len=1000001)", "len", "1000001"},
                            {"BirthdateGenerator(min_age=50, max_age=20)", "min_age", "50"},
                            {"BirthdateGenerator(min_age=-1)", "min_age", "-1"},
                            {"HashGenerator(algorithm='md4')", "algorithm", "md4"},
                            {"TokenGenerator(token_type='octal')", "token", "octal"},
                            {"TokenGenerator(entropy=0)", "entropy", "0"},
                            {"PasswordGenerator(length=10001)", "length", "10001"},
                            {"GivenNameGenerator(gender='x')", "gender", "x"},
                            {"EANGenerator(length=12)", "length", "12"},
                            {"ISBNGenerator(length=11)", "length", "11"},
                            {"IBANGenerator(country='XX')", "country", "XX"},
                            {"BICGenerator(country='D')", "country", "D"},
                            {"BICGenerator(length=9)", "length", "9"},
                            {"CreditCardNumberGenerator(network='x')", "network", "x"},
                            {"ISINGenerator(country='d1')", "country", "D1"},
                            {"VATNumberGenerator(country='ZZ')", "country", "ZZ"},
                            {"IPv4Generator(network='10.0.0.0/33')", "network", "10.0.0.0/33"},
                            {"IPv6Generator(network='2001:db8::/129')", "network", "2001:db8::/129"},
                            {"IPv6Generator(network='10.0.0.0/8')", "network", "10.0.0.0/8"},
                            {"VINGenerator(wmi='WOB')", "wmi", "WOB"},
                            {"VINGenerator(year=1979)", "year", "1979"},
                            {"IMEIGenerator(tac='35x')", "tac", "35x"},
                            {"GeoPointGenerator(country='ZZ')", "country", "ZZ"},
                            {"GeoPointGenerator(format='kml')", "format", "kml"},
                            {"DistributionGenerator('normal(0, 1)', min=2, max=1)", "min", "2"},
                            {"DistributionGenerator('normal(0, 1)', granularity=-1)", "granularity", "-1"},
                            {"DateTimeGenerator(min='yesterday')", "min", "yesterday"},
                            {"DateTimeGenerator(hour_weights=[1], random=True)", "hour_weights", "24"},
                            {"DateTimeGenerator(months='13', random=True)", "months", "13"},
                            {"DateTimeGenerator(minute_granularity=61, random=True)", "granularity", "61"},
                            {"DateTimeGenerator(hours_preset='x', random=True)", "hours_preset", "x"},
                            {"TimeSeriesGenerator(period=0)", "period", "0"},
                            {"TimeSeriesGenerator(gaps=2)", "gaps", "2"},
                            {"TimeSeriesGenerator(noise=-1)", "noise", "-1"},
                            {"RandomWalkGenerator(step=-1)", "step", "-1"}}) {
    const Diagnostic finding = finding_of(wrong.text);
    EXPECT_TRUE(finding.code.starts_with("generator.")) << wrong.text << " " << finding.code;
    EXPECT_TRUE(finding.message.contains(wrong.parameter)) << wrong.text << ": " << finding.message;
    EXPECT_TRUE(finding.message.contains(wrong.value)) << wrong.text << ": " << finding.message;
  }
}

}  // namespace
}  // namespace mimus
