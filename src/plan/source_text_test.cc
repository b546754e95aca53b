// Texts of scripted sources, by the names of the setup.
#include "plan/source_text.h"

#include <gtest/gtest.h>

namespace mimus {
namespace {

class SourceTextTest : public testing::Test {
 protected:
  SourceTextTest() {
    shared_.seed = 7;
    shared_.variables["v"] = Value(std::string("V"));
    shared_.variables["n"] = Value(std::int64_t{2});
  }

  [[nodiscard]] std::unique_ptr<TextScope> scope(TextMarks marks = {}) {
    return std::make_unique<TextScope>(NameScope{levels_, shapes_, setup_scope_},
                                       AttributeText{"data/x.json", {"d.xml", 4, 9, 11}}, std::move(marks), Stream(3));
  }

  std::string filled(const Value& value) {
    const auto out = fill_in_setup(value, *scope());
    if (!out) return out.error().code;
    std::string shown;
    append_repr(shown, *out);
    return shown;
  }
  std::string filled(const char* text) { return filled(Value(std::string(text))); }

  SharedScope shared_;
  mimus::Setup setup_;
  SetupScope setup_scope_{shared_, setup_};
  std::vector<OpenLevel> levels_;
  std::vector<ShapePlan> shapes_;
};

TEST_F(SourceTextTest, TextsInBracesGiveTypedValues) {
  EXPECT_EQ(filled("{n + 1}"), "3");
  EXPECT_EQ(filled("{None}"), "None");
  EXPECT_EQ(filled("{[v, n]}"), "['V', 2]");
  EXPECT_EQ(filled("x {v}"), "'x {v}'");
  EXPECT_EQ(filled("{v} "), "'{v} '");
  EXPECT_EQ(filled(""), "''");
}

TEST_F(SourceTextTest, OthersHoldVariablesBetweenTheMarks) {
  EXPECT_EQ(filled("a__v__b__n__"), "'aVb2'");
  EXPECT_EQ(filled("__n__"), "'2'");
  const auto marked = fill_in_setup(Value(std::string("<v> __v__")), *scope({"<", ">"}));
  ASSERT_TRUE(marked);
  EXPECT_EQ(*marked->as_text(), "V __v__");
}

TEST_F(SourceTextTest, ListsAndMapsAreWalked) {
  EXPECT_EQ(filled(Value::map({{"{v}", Value(std::string("{n}"))},
                               {"l", Value::list({Value(std::string("{v}")), Value(1.5),
                                                  Value::list({Value(std::string("{n}")), Value(true)})})}})),
            "{'{v}': 2, 'l': ['V', 1.5, 2, True]}");
}

TEST_F(SourceTextTest, ResultsAreNotEvaluatedAgain) { EXPECT_EQ(filled("{'{n}'}"), "'{n}'"); }

TEST_F(SourceTextTest, FailuresStandAtTheSource) {
  EXPECT_EQ(filled("{nothing}"), "script.name");
  EXPECT_EQ(filled("{1 +}"), "script.syntax");
  EXPECT_EQ(filled("__1/0__"), "script.zero_division");
  const auto broken = scope()->compile("{1 +}");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().where.line, 4);
  EXPECT_EQ(broken.error().where.column, 9);
  EXPECT_NE(broken.error().message.find("data/x.json"), std::string::npos);
}

TEST_F(SourceTextTest, WhatTheSetupKnowsIsEvaluatedOnce) {
  EXPECT_TRUE(scope()->compile("{n * 2}")->constant);
  EXPECT_TRUE(scope()->compile("__n__ of 3")->constant);
  EXPECT_FALSE(scope()->compile("{random.random()}")->constant);
  EXPECT_TRUE(scope()->compile("{random.random()}")->draws);
  EXPECT_FALSE(scope()->compile("{later}")->constant);
}

TEST_F(SourceTextTest, PlacesDrawApart) {
  const auto both = fill_in_setup(
      Value::map({{"a", Value(std::string("{random.random()}"))}, {"b", Value(std::string("{random.random()}"))}}),
      *scope());
  ASSERT_TRUE(both);
  EXPECT_NE(*(*both->as_map())[0].second.as_float(), *(*both->as_map())[1].second.as_float());
}

TEST_F(SourceTextTest, NamesStayAsTheyWere) {
  const auto before = scope();
  shared_.variables["v"] = Value(std::string("changed"));
  EXPECT_EQ(*before->compile("{v}")->constant->as_text(), "V");
}

}  // namespace
}  // namespace mimus
