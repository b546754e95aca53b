// Every parameter of every converter, given what it is not for: the finding names the parameter, the value and what is
// allowed.
#include <gtest/gtest.h>

#include "converter/converter.h"

namespace mimus {
namespace {

// Literals that are of no parameter's type.
std::vector<std::string> wrong_literals(ParameterType type) {
  switch (type) {
    case ParameterType::Int:
      return {"'x'", "1.5", "[1]"};
    case ParameterType::Float:
      return {"'x'", "[1]"};
    case ParameterType::Bool:
      return {"'True'", "1", "[True]"};
    case ParameterType::String:
      return {"1", "True", "['a']"};
    case ParameterType::Texts:
      return {"1", "'a'", "[1]"};
    case ParameterType::Words:
      return {"1.5", "[1.5]"};
    default:
      return {"{1: 2}"};
  }
}

// Arguments that are needed, as the first example that has them gives them, without one.
std::string call_with(const ConverterDeclaration& declaration, std::string_view without, const std::string& argument) {
  std::string out = std::string(declaration.name) + "(";
  for (std::size_t k = 0; k < declaration.parameters.size(); ++k) {
    const ParameterDeclaration& parameter = declaration.parameters[k];
    if (!parameter.required || parameter.name == without) continue;
    const std::size_t before = out.size();
    for (const ConverterExample& example : declaration.examples) {
      const auto call = parse_call(example.call);
      for (std::size_t i = 0; i < call->arguments.size() && out.size() == before; ++i) {
        const Argument& given = call->arguments[i];
        if (given.name != parameter.name && !(given.name.empty() && i == k)) continue;
        out += std::string(parameter.name) + "=";
        append_repr(out, given.value);
        out += ", ";
      }
    }
    EXPECT_NE(out.size(), before) << "no example gives " << declaration.name << "." << parameter.name;
  }
  return out + argument + ")";
}

Diagnostic finding_of(const std::string& text) {
  const auto call = parse_call(text);
  EXPECT_TRUE(call) << text;
  const auto made = make_converter(*call);
  EXPECT_FALSE(made) << text << " is taken";
  return made ? Diagnostic() : made.error();
}

TEST(ConverterArguments, OfAnotherTypeAreRefused) {
  std::size_t tried = 0;
  for (const ConverterDeclaration* declaration : converters()) {
    for (const ParameterDeclaration& parameter : declaration->parameters) {
      for (const std::string& literal : wrong_literals(parameter.type)) {
        const std::string text = call_with(*declaration, parameter.name, std::string(parameter.name) + "=" + literal);
        const Diagnostic finding = finding_of(text);
        EXPECT_EQ(finding.code, "converter.argument") << text;
        EXPECT_TRUE(finding.message.contains(parameter.name)) << text << ": " << finding.message;
        EXPECT_TRUE(finding.message.contains(literal)) << text << ": " << finding.message;
        ++tried;
      }
    }
  }
  EXPECT_GT(tried, 100U);
}

TEST(ConverterArguments, OfNoParameterOrMissingAreRefused) {
  for (const ConverterDeclaration* declaration : converters()) {
    const std::string text = call_with(*declaration, "", "nosuch=1");
    const Diagnostic finding = finding_of(text);
    EXPECT_EQ(finding.code, "converter.argument") << text;
    EXPECT_TRUE(finding.message.contains("nosuch")) << text << ": " << finding.message;
    EXPECT_FALSE(finding.hint.empty()) << text;
    for (const ParameterDeclaration& parameter : declaration->parameters) {
      if (!parameter.required) continue;
      const Diagnostic missing = finding_of(call_with(*declaration, parameter.name, ""));
      EXPECT_EQ(missing.code, "converter.argument");
      EXPECT_TRUE(missing.message.contains(parameter.name)) << missing.message;
    }
  }
}

TEST(ConverterArguments, AreDeclaredInFull) {
  for (const ConverterDeclaration* declaration : converters()) {
    EXPECT_FALSE(declaration->summary.empty()) << declaration->name;
    for (const ParameterDeclaration& parameter : declaration->parameters) {
      EXPECT_FALSE(parameter.summary.empty()) << declaration->name << "." << parameter.name;
    }
  }
}

TEST(ConverterArguments, OutOfRangeAreRefused) {
  struct Case {
    const char* text;
    const char* parameter;
    const char* value;
    const char* allowed;
  };
  for (const Case& wrong : {Case{"Band(width=0)", "width", "0", "1"},
                            {"Prefix(keep=-1)", "keep", "-1", "0"},
                            {"DatePart(part='week')", "part", "week", "quarter"},
                            {"Round(step=0)", "step", "0", "greater"},
                            {"Round(step=-2.5)", "step", "-2.5", "greater"},
                            {"Noise(sd=-1)", "sd", "-1", "0"},
                            {"Mask(mask_char='xy')", "mask_char", "xy", "one character"},
                            {"Mask(mask_char='')", "mask_char", "''", "one character"},
                            {"MiddleMask(1, 2, mask_char='ab')", "mask_char", "ab", "one character"},
                            {"Hash('md4', 'hex')", "hash_type", "md4", "sha256"},
                            {"Hash('md5', 'octal')", "output_format", "octal", "base64"},
                            {"Pseudonym(key='k', length=7)", "length", "7", "8"},
                            {"Pseudonym(key='k', length=65)", "length", "65", "64"},
                            {"Pseudonym(key='hex:12')", "key", "", "32, 48 or 64"},
                            {"DateShift(key='k', days=0)", "days", "0", "1"},
                            {"DateShift(key='k', days=36501)", "days", "36501", "36500"},
                            {"IBANMask(key='k', keep=31)", "keep", "31", "30"},
                            {"IBANMask(key='k', keep=-1)", "keep", "-1", "0"},
                            {"CardMask(key='k', keep=12)", "keep", "12", "11"},
                            {"FormatEncrypt(key='k', alphabet='a')", "alphabet", "a", "2"},
                            {"FormatEncrypt(key='k', alphabet='aa')", "alphabet", "aa", "different"},
                            {"Redact(kinds='street')", "kinds", "street", "email"},
                            {"Redact(patterns=['('])", "patterns", "(", ""},
                            {"Redact(patterns=['a*'])", "patterns", "a*", "empty"},
                            {"Tokenize(key='k', vault='a/b')", "vault", "a/b", "file"},
                            {"Tokenize(key='k', vault='')", "vault", "''", "file"},
                            {"Tokenize(key='k', vault_key='v')", "vault_key", "", "vault"},
                            {"DateFormat('%Q')", "format_str", "%Q", ""}}) {
    const Diagnostic finding = finding_of(wrong.text);
    const std::string all = finding.message + " " + finding.hint;
    EXPECT_TRUE(finding.code.starts_with("converter.")) << wrong.text << " " << finding.code;
    EXPECT_TRUE(finding.message.contains(wrong.parameter)) << wrong.text << ": " << finding.message;
    EXPECT_TRUE(finding.message.contains(wrong.value)) << wrong.text << ": " << finding.message;
    EXPECT_TRUE(all.contains(wrong.allowed)) << wrong.text << ": " << all;
  }
}

}  // namespace
}  // namespace mimus
