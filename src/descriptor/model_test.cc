// From a file to the model: places, paths, what is inherited, which expressions are checked.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "base/text.h"
#include "descriptor/load.h"
#include "descriptor/schema.h"

namespace mimus {
namespace {

namespace fs = std::filesystem;

// testing::Test has a private member of the name Setup.
using Descriptor = Setup;

// Knows one generator; takes an expression to be wrong where a '?' stands.
class Fake final : public Components {
 public:
  [[nodiscard]] Status check_generator(const Call& call) const override {
    if (call.name != "Known") return fail("generator.unknown", "unknown");
    return {};
  }
  [[nodiscard]] Status check_converter(const Call& call) const override {
    if (call.name != "Known") return fail("converter.unknown", "unknown");
    return {};
  }
  [[nodiscard]] Status check_pattern(std::string_view) const override { return {}; }
  [[nodiscard]] Status check_date_format(std::string_view) const override { return {}; }
  [[nodiscard]] Status check_expression(std::string_view expression) const override {
    const auto mark = expression.find('?');
    if (mark == std::string_view::npos) return {};
    return fail(Diagnostic{.code = "script.syntax", .message = "wrong", .where = {"", 0, static_cast<int>(mark)}});
  }
};

class Model : public testing::Test {
 protected:
  Model() : folder_(fs::temp_directory_path() / ("mimus-model-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
    folder_ = fs::canonical(folder_);
  }
  ~Model() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

  [[nodiscard]] LoadOptions options() const {
    return {.descriptor = folder_ / "d.xml", .root = folder_, .folder = folder_, .components = &components_};
  }

  std::shared_ptr<const Descriptor> load(const std::string& text) {
    write("d.xml", text);
    auto setup = load_descriptor(options());
    if (setup) return *setup;
    for (const Diagnostic& finding : setup.error()) ADD_FAILURE() << render(finding);
    return std::make_shared<Descriptor>();
  }

  // "code line:column" of each finding.
  std::vector<std::string> findings(const std::string& text) {
    write("d.xml", text);
    const auto setup = load_descriptor(options());
    std::vector<std::string> out;
    if (setup) return out;
    for (const Diagnostic& finding : setup.error()) {
      out.push_back(finding.code + " " + std::to_string(finding.where.line) + ":" +
                    std::to_string(finding.where.column));
    }
    return out;
  }

  static const Generate& generate_of(const Descriptor& setup) {
    return std::get<Generate>(setup.statements.back().node);
  }

 private:
  fs::path folder_;
  Fake components_;
};

TEST_F(Model, NumbersTheBranchesOfAConditionAmongTheSiblings) {
  const auto setup = load(
      "<setup><generate name='g' count='1'><key name='a' constant='1'/>"
      "<condition><if condition='x'><key name='a' constant='2'/></if>"
      "<else><condition><if condition='y'><key name='a' constant='3'/></if></condition></else></condition>"
      "<key name='a' constant='4'/></generate></setup>");
  const Generate& generate = generate_of(*setup);
  ASSERT_EQ(generate.children.size(), 3U);
  const auto& condition = std::get<Condition>(generate.children[1].node);
  ASSERT_EQ(condition.branches.size(), 2U);
  EXPECT_FALSE(condition.branches[1].condition.has_value());
  const auto& second = std::get<Key>(condition.branches[0].children[0].node);
  const auto& inner = std::get<Condition>(condition.branches[1].children[0].node);
  const auto& third = std::get<Key>(inner.branches[0].children[0].node);
  const auto& last = std::get<Key>(generate.children[2].node);
  EXPECT_EQ(second.path.text(), generate.path.child("key", "a", 1).text());
  EXPECT_EQ(third.path.text(), generate.path.child("key", "a", 2).text());
  EXPECT_EQ(last.path.text(), generate.path.child("key", "a", 3).text());
}

TEST_F(Model, ChecksEveryExpressionAtItsPlace) {
  EXPECT_EQ(
      findings("<setup>\n"
               "<variable name='v' script='a?'/>\n"
               "<generate name='g' script='?'>\n"
               "<key name='a' script='1 ?' condition='?' defaultValue='?'/>\n"
               "<nestedKey name='n' type='list' count='{n + ?}' condition='?'/>\n"
               "<list name='l'><item condition='?'/></list>\n"
               "<array name='r' script='?'/>\n"
               "<condition><if condition='?'/><else-if condition=' ?'/></condition>\n"
               "<include uri='{u?}'/>\n"
               "<mapping><rule if='?' then='a = 1'/></mapping>\n"
               "</generate></setup>"),
      (std::vector<std::string>{"script.syntax 2:29", "script.syntax 3:28", "script.syntax 4:25", "script.syntax 4:39",
                                "script.syntax 4:56", "script.syntax 5:45", "script.syntax 5:60", "script.syntax 6:33",
                                "script.syntax 7:25", "script.syntax 8:27", "script.syntax 8:52", "script.syntax 9:17",
                                "script.syntax 10:20"}));
}

TEST_F(Model, KeepsTheWayThatGoesFirst) {
  const auto setup = load(
      "<setup><generate name='g' count='1'><key name='a' string='s' constant='c'/>"
      "<key name='b' string='s' values='1'/></generate></setup>");
  const auto& first = std::get<Key>(generate_of(*setup).children[0].node);
  const auto& second = std::get<Key>(generate_of(*setup).children[1].node);
  EXPECT_TRUE(first.way.constant && !first.way.string);
  EXPECT_TRUE(second.way.string && !second.way.values);
}

TEST_F(Model, FillsInTheDefaultsOfTheSetup) {
  const auto setup = load(
      "<setup defaultVariablePrefix='${' defaultVariableSuffix='}' defaultSourceScripted='true'"
      " defaultLineSeparator='\\r\\n' rngSeed='7'>"
      "<generate name='g' source='a.csv'><key name='a' string='x' variableSuffix='!'/>"
      "<variable name='v' constant='1'/></generate></setup>");
  const Generate& generate = generate_of(*setup);
  const auto& key = std::get<Key>(generate.children[0].node);
  EXPECT_EQ(key.marks.prefix, "${");
  EXPECT_EQ(key.marks.suffix, "!");
  EXPECT_TRUE(generate.source_options.scripted);
  EXPECT_FALSE(std::get<Variable>(generate.children[1].node).source_options.scripted) << "it has no source";
  EXPECT_EQ(setup->defaults.line_separator, "\r\n");
  EXPECT_EQ(setup->rng_seed, 7U);
}

TEST_F(Model, KnowsGeneratorsByTheirName) {
  const auto setup = load(
      "<setup><generator name='shared' generator='Known'/>"
      "<generate name='g' count='1'><key name='a' generator='shared'/></generate></setup>");
  EXPECT_EQ(setup->generators, std::vector<std::string>{"shared"});
  EXPECT_EQ(findings("<setup><generate name='g' count='1'><key name='a' generator='shared'/></generate>"
                     "<generator name='shared' generator='Known'/></setup>")
                .size(),
            1U)
      << "it is known only afterwards";
}

TEST_F(Model, LoadsAnIncludeWhoseUriIsKnownLate) {
  write("inner.xml", "<setup><generate name='i' count='{n}'/></setup>");
  write("more.properties", "m=2");
  write("p.properties", "n=5");
  const auto setup = load("<setup defaultSeparator=';'><include uri='p.properties'/><include uri='{which}'/></setup>");
  const auto& include = std::get<Include>(setup->statements.back().node);
  ASSERT_TRUE(include.expression);
  EXPECT_EQ(include.expression->text, "which");
  const auto inner = load_included(options(), include, "inner.xml", *setup, 0);
  ASSERT_TRUE(inner);
  EXPECT_EQ(inner->setup->defaults.separator, ";");
  EXPECT_EQ(std::get<Generate>(inner->setup->statements[0].node).count->number, 5U);
  const auto properties = load_included(options(), include, "more.properties", *setup, 0);
  ASSERT_TRUE(properties);
  EXPECT_EQ(properties->properties, (Properties{{"n", "5"}, {"m", "2"}}));
  EXPECT_EQ(load_included(options(), include, "gone.xml", *setup, 0).error()[0].code, "include.missing");
  EXPECT_EQ(load_included(options(), include, "../d.xml", *setup, 0).error()[0].code, "file.outside");
  EXPECT_EQ(load_included(options(), include, "inner.xml", *setup, 50).error()[0].code, "include.too_many");
}

TEST_F(Model, FindsEveryRequiredAttributeThatIsMissing) {
  for (const ElementDeclaration& element : elements()) {
    for (const AttributeDeclaration& attribute : element.attributes) {
      EXPECT_FALSE(attribute.required && !attribute.fallback.empty()) << element.name << " " << attribute.name;
      EXPECT_EQ(attribute.kind == AttributeKind::Choice, !attribute.allowed.empty())
          << element.name << " " << attribute.name;
    }
  }
  EXPECT_EQ(findings("<setup>\n<memstore/>\n<generator/>\n<include/>\n<generate><list/><array count='1' type='int'/>"
                     "</generate>\n</setup>")
                .size(),
            8U);
}

TEST_F(Model, RulesAssignOrHoldConditions) {
  const auto setup = load(R"(<setup><generate name="g" count="1">
  <mapping><rule if="x" then=" a.b  = c == d"/></mapping>
  <targetConstraints><rule if="x" then="a == b"/><rule if="x" then="a >= b"/><rule if="x" then="a=b"/></targetConstraints>
</generate></setup>)");
  const auto& rules = std::get<Generate>(setup->statements[0].node).rules;
  ASSERT_EQ(rules.size(), 2U);
  const Rule& path = rules[0].rules[0];
  EXPECT_EQ(path.field->text, "a|b");
  EXPECT_EQ(path.then.text, "c == d");
  EXPECT_EQ(path.then.at.column - path.field->at.column, 7);
  ASSERT_EQ(rules[1].rules.size(), 3U);
  EXPECT_FALSE(rules[1].rules[0].field);
  EXPECT_FALSE(rules[1].rules[1].field);
  EXPECT_EQ(rules[1].rules[2].field->text, "a");
  EXPECT_EQ(rules[1].rules[2].then.text, "b");
}

TEST_F(Model, RulesAreOfTheirKind) {
  EXPECT_EQ(
      findings(R"(<setup><generate name="g" count="1">
<sourceConstraints><rule if="x" then="a = 1"/></sourceConstraints>
<mapping><rule if="x" then="a"/></mapping>
<targetConstraints><rule if="x" then="a = ?"/></targetConstraints></generate></setup>)"),
      (std::vector<std::string>{"rule.needs_source 2:2", "rule.kind 2:39", "rule.kind 3:29", "script.syntax 4:43"}));
}

}  // namespace
}  // namespace mimus
