#include <gtest/gtest.h>

#include "target/target.h"

namespace mimus {
namespace {

Result<std::unique_ptr<FileTarget>> target_of(const std::string& call, const std::string& text) {
  const auto parsed = parse_call(call);
  return make_target(*find_target(parsed->name), *parsed, {.generate_name = "g", .read_file = [&](const std::string&) {
                                                             return Result<std::string>(text);
                                                           }});
}

// The file for records with these values in the place of the template's expressions.
std::string file_of(const std::string& call, const std::string& text, const std::vector<ValueList>& rows) {
  const auto target = target_of(call, text);
  if (!target) return target.error().code;
  Record record{.rows = rows.size()};
  std::size_t width = (*target)->expressions().size();
  for (std::size_t f = 0; f < width; ++f) {
    std::vector<Value> values;
    for (const ValueList& row : rows) values.push_back(row.at(f));
    const auto column = column_of(values);
    record.fields.push_back({"", *column});
    record.fields.back().column.owner = column;
  }
  const auto encoder = (*target)->bind(record);
  const auto state = encoder->make_state();
  Buffer out;
  std::vector<std::size_t> ends;
  if (auto failure = encoder->encode(record, record.rows, *state, out, &ends)) return failure->finding.code;
  EXPECT_EQ(ends.size(), rows.size());
  return encoder->frame().begin + std::string(out.view()) + encoder->frame().end;
}

const std::string kFile = "(template='a/letter.fin.tmpl')";

TEST(Template, PutsValuesInTheirPlaces) {
  EXPECT_EQ(file_of("Template" + kFile, "a {x} b {y}{x}\n",
                    {{Value(std::int64_t{1}), Value(std::string("t"))}, {Value(std::int64_t{2}), Value()}}),
            "a 1 b t1\na 2 b 2\n");
  EXPECT_EQ(
      file_of("Template" + kFile, "{v}|{w}", {{Value(true), Value(1.5)}, {Value(std::string(5000, 'x')), Value()}}),
      "True|1.5\n" + std::string(5000, 'x') + "|\n");
  EXPECT_EQ(file_of("Template" + kFile, "constant", {{}, {}}), "constant\nconstant\n");
}

TEST(Template, KeepsItsLineEndsOrTakesThoseGiven) {
  EXPECT_EQ(file_of("Template" + kFile, "a\r\nb\r\n", {{}}), "a\r\nb\r\n");
  EXPECT_EQ(file_of("Template" + kFile, "a\r\nb", {{}}), "a\r\nb\r\n");
  EXPECT_EQ(file_of("Template(template='t', line_terminator='\\r\\n', header='h', footer='f')", "a\nb", {{}}),
            "h\r\na\r\nb\r\nf\r\n");
  EXPECT_EQ(file_of("Template(template='t', line_terminator='')", "a\nb\n", {{}, {}}), "abab");
}

TEST(Template, NamesItsFilesAfterTheTemplate) {
  EXPECT_EQ((*target_of("Template" + kFile, ""))->extension(), "fin");
  EXPECT_EQ((*target_of("Template(template='x/a.b/mt103.txt')", ""))->extension(), "txt");
  EXPECT_EQ((*target_of("Template(template='x/a.b/mt103')", ""))->extension(), "txt");
  EXPECT_EQ((*target_of("TemplateSingle(template='a', extension='.edi', compression='gzip')", ""))->extension(),
            "edi.gz");
}

TEST(Template, CountsAnExpressionOnceUnlessItIsFresh) {
  const auto target = target_of("Template" + kFile, "{x}{x}\n{{x}}{{x}}{x:>3}");
  ASSERT_TRUE(target);
  const auto expressions = (*target)->expressions();
  ASSERT_EQ(expressions.size(), 4U);
  EXPECT_EQ(expressions[1].at.file, "a/letter.fin.tmpl");
  EXPECT_EQ(expressions[1].at.line, 2);
  EXPECT_EQ(expressions[1].at.column, 3);
}

TEST(Template, RefusesWrongArguments) {
  for (const char* call : {"Template", "Template(template=1)", "Template(template='t', extension='a/b')",
                           "Template(template='t', prefix='')", "Template(template='t', suffix='\\n')",
                           "TemplateSingle(template='t', chunk_size=2)"}) {
    const auto target = target_of(call, "");
    ASSERT_FALSE(target) << call;
    EXPECT_EQ(target.error().code, "target.argument") << call;
  }
  EXPECT_EQ(target_of("Template(template='t')", "\xff").error().code, "target.argument");
}

}  // namespace
}  // namespace mimus
