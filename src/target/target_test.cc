#include "target/target.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "data/json.h"

namespace mimus {
namespace {

// Records over maps, and the same records as columns: an encoder must write the same bytes for both.
Record maps_of(const std::string& json) {
  Record record;
  record.has_base = true;
  record.base.type = Type::Dynamic;
  record.base.values = *parse_json(json, "test")->as_list();
  record.base.size = record.rows = record.base.values.size();
  return record;
}

Record columns_of(const Record& maps) {
  std::vector<std::string> names;
  for (const Value& row : maps.base.values) {
    for (const auto& [name, value] : *row.as_map()) {
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
  }
  Record record;
  record.rows = maps.rows;
  for (const std::string& name : names) {
    std::vector<Value> values;
    std::vector<std::uint8_t> present;
    for (const Value& row : maps.base.values) {
      const Value* value = find(*row.as_map(), name);
      values.push_back(value == nullptr ? Value() : *value);
      present.push_back(value != nullptr);
    }
    const auto column = column_of(values);
    record.fields.push_back({name, *column});
    record.fields.back().column.owner = column;
    if (std::ranges::find(present, 0) != present.end()) record.fields.back().column.present = present;
  }
  return record;
}

std::string encoded(const Encoder& encoder, const Record& record, std::vector<std::size_t>* ends = nullptr) {
  const auto state = encoder.make_state();
  Buffer out;
  if (auto failure = encoder.encode(record, record.rows, *state, out, ends)) return failure->finding.code;
  const Frame& frame = encoder.frame();
  if (record.rows == 1) {
    if (auto alone = encoder.lone_file(out.view().substr(frame.separator.size()))) return *alone;
  }
  return frame.begin + std::string(out.view().substr(frame.separator.size())) + frame.end;
}

Result<std::unique_ptr<FileTarget>> target_of(const std::string& call) {
  const auto parsed = parse_call(call);
  return make_target(*find_target(parsed->name), *parsed, {.generate_name = "g"});
}

// The whole file; both forms of the records are tried.
std::string file_of(const std::string& call, const std::string& json) {
  const auto target = target_of(call);
  if (!target) return target.error().code;
  const Record maps = maps_of(json);
  const Record columns = columns_of(maps);
  const std::string from_maps = encoded(*(*target)->bind(maps), maps);
  const std::string from_columns = encoded(*(*target)->bind(maps), columns);
  EXPECT_EQ(from_maps, from_columns) << call;
  return from_columns;
}

TEST(Csv, WritesAsPythonsCsvModule) {
  EXPECT_EQ(file_of("CSV", R"([{"a": 1, "b": 2}, {"a": 3}, {"b": 4, "c": 5}])"), "a|b\r\n1|2\r\n3|\r\n|4\r\n");
  EXPECT_EQ(file_of("CSV", R"([{"a": null}])"), "a\r\n\"\"\r\n");
  EXPECT_EQ(file_of("CSV", R"([{"a": ""}, {"a": " "}, {"a": "x"}])"), "a\r\n\"\"\r\n \r\nx\r\n");
  EXPECT_EQ(file_of("CSV", R"([{}])"), "\r\n");
  EXPECT_EQ(file_of("CSV", R"([{"a|b": "x|y", "q": "say \"hi\"", "n": "1\n2", "u": "ü€"}])"),
            "\"a|b\"|q|n|u\r\n\"x|y\"|\"say \"\"hi\"\"\"|\"1\n2\"|ü€\r\n");
  EXPECT_EQ(file_of("CSV", R"([{"d": {"k": "v", "z": [1, null]}, "l": [1, "two"], "t": true, "f": 1e20, "s": 1e-7}])"),
            "d|l|t|f|s\r\n{'k': 'v', 'z': [1, None]}|[1, 'two']|True|1e+20|1e-07\r\n");
}

TEST(Csv, HasItsDialects) {
  EXPECT_EQ(file_of("CSV(quoting=1)", R"([{"a": 1, "b": null, "c": "x"}])"),
            "\"a\"|\"b\"|\"c\"\r\n\"1\"|\"\"|\"x\"\r\n");
  EXPECT_EQ(file_of("CSV(quoting=2)", R"([{"a": 1, "b": null, "c": "x", "d": 1.5, "e": true}])"),
            "\"a\"|\"b\"|\"c\"|\"d\"|\"e\"\r\n1|\"\"|\"x\"|1.5|True\r\n");
  EXPECT_EQ(file_of("CSV(fieldnames=['b','z'])", R"([{"a": 1, "b": 2}])"), "b|z\r\n2|\r\n");
  EXPECT_EQ(file_of("CSV(fieldnames=\"['b','z']\")", R"([{"a": 1, "b": 2}])"), "b|z\r\n2|\r\n");
  EXPECT_EQ(file_of("CSV(delimiter=';',quotechar=\"'\")", R"([{"a": "it's", "b": "x;y"}])"),
            "a;b\r\n'it''s';'x;y'\r\n");
  EXPECT_EQ(file_of("CSV(delimiter='1')", R"([{"a": 21, "b": 3, "c": "41"}])"), "a1b1c\r\n\"21\"131\"41\"\r\n");
  EXPECT_EQ(file_of("CSV(delimiter='.')", R"([{"a": 2.5, "b": 3}])"), "a.b\r\n\"2.5\".3\r\n");
  EXPECT_EQ(file_of("CSV(quoting=3)", R"([{"a": "x"}])"), "a\r\nx\r\n");
  EXPECT_EQ(file_of("CSV(quoting=3)", R"([{"a": "x|y"}])"), "target.quoting");
}

TEST(Json, WritesAsPythonsJsonModule) {
  EXPECT_EQ(file_of("JSON", R"([{"a": 1}, {"a": 2}])"), "[\n{\"a\": 1},\n{\"a\": 2}]");
  EXPECT_EQ(file_of("JSON", R"([{}])"), "[\n{}]");
  EXPECT_EQ(file_of("JSON(use_ndjson=True)", R"([{"a": 0}, {"a": 1}])"), "{\"a\": 0}\n{\"a\": 1}\n");
  EXPECT_EQ(file_of("JSON(chunk_size=1)", R"([{"a": 0, "l": [1], "e": {}, "el": []}])"),
            "{\n    \"a\": 0,\n    \"l\": [\n        1\n    ],\n    \"e\": {},\n    \"el\": []\n}\n");
  EXPECT_EQ(
      file_of("JSON", R"([{"a": null, "b": "ü\"\\\n\u0001\u007f😀", "c": [true, 1.5, {"d": NaN}]}, {"x": 1}])"),
      "[\n{\"a\": null, \"b\": \"\\u00fc\\\"\\\\\\n\\u0001\\u007f\\ud83d\\ude00\", \"c\": [true, 1.5, {\"d\": NaN}]},\n"
      "{\"x\": 1}]");
}

TEST(Json, CarriesLongTextsAndManyFields) {
  std::string json = "[";
  for (int row = 0; row < 50; ++row) {
    json += row > 0 ? ", {" : "{";
    for (int f = 0; f < 40; ++f) {
      json += (f > 0 ? ", \"" : "\"") + std::string("f") + std::to_string(f) + "\": \"" +
              std::string(static_cast<std::size_t>(row * f), 'x') + "\\n\"";
    }
    json += "}";
  }
  json += "]";
  const Record maps = maps_of(json);
  const auto target = target_of("JSON(use_ndjson=True)");
  std::string expected;
  for (const Value& row : maps.base.values) {
    std::string line = "{";
    for (const auto& [name, value] : *row.as_map()) {
      const std::string& text = *value.as_text();
      line += (line.size() > 1 ? ", \"" : "\"") + name + "\": \"" + text.substr(0, text.size() - 1) + "\\n\"";
    }
    expected += line + "}\n";
  }
  EXPECT_EQ(encoded(*(*target)->bind(maps), columns_of(maps)), expected);
}

TEST(Json, FieldsOverrideTheirBase) {
  Record record = maps_of(R"([{"a": 1, "b": 2}, {"b": 3}, {"c": 4}])");
  const auto column = column_of({Value(std::string("x")), Value(std::string("y")), Value()});
  record.fields.push_back({"b", *column});
  record.fields[0].column.owner = column;
  record.fields[0].column.present = {1, 0, 1};
  const auto encoder = make_capture_encoder();
  EXPECT_EQ(encoded(*encoder, record), R"({"a": 1, "b": "x"}, {"b": 3}, {"c": 4, "b": null})");
  EXPECT_EQ(encoded(*encoder, record), R"({"a": 1, "b": "x"}, {"b": 3}, {"c": 4, "b": null})");
}

// The records of XML documents, in the formats that know no attributes.
TEST(Targets, LeaveAttributesOut) {
  const std::string json = R"([{"@at": 1, "a": {"#text": "x|y", "@id": 1}, "l": [{"@k": 1, "b": 2}, {"#text": 3}],
                               "o": {"@k": 1, "p": {"#text": null}}}])";
  EXPECT_EQ(file_of("JSON", json), "[\n{\"a\": \"x|y\", \"l\": [{\"b\": 2}, 3], \"o\": {\"p\": null}}]");
  EXPECT_EQ(file_of("CSV", json), "a|l|o\r\n\"x|y\"|[{'b': 2}, 3]|{'p': None}\r\n");
  EXPECT_EQ(file_of("TXT", json), "g: {'a': 'x|y', 'l': [{'b': 2}, 3], 'o': {'p': None}}\n");
  EXPECT_EQ(file_of("JSON(chunk_size=1)", R"([{"@at": 1, "a": {"#text": 1}}])"), "{\n    \"a\": 1\n}\n");
  const Record maps = maps_of(R"([{"@at": 1, "a": {"#text": "x", "@id": 1}}])");
  const std::string raw = R"({"@at": 1, "a": {"#text": "x", "@id": 1}})";
  EXPECT_EQ(encoded(*make_capture_encoder(), maps), raw);
  EXPECT_EQ(encoded(*make_capture_encoder(), columns_of(maps)), raw);
}

TEST(Txt, WritesARecordALine) {
  EXPECT_EQ(file_of("TXT", R"([{"i": 1, "f": 1.5, "b": true, "n": null, "s": "it's", "q": "\"", "both": "'\"",
                              "u": "ü", "nl": "a\nb", "l": [1, "x"], "o": {"k": null}}, {}])"),
            "g: {'i': 1, 'f': 1.5, 'b': True, 'n': None, 's': \"it's\", 'q': '\"', 'both': '\\'\"', 'u': 'ü', "
            "'nl': 'a\\nb', 'l': [1, 'x'], 'o': {'k': None}}\ng: {}\n");
  EXPECT_EQ(file_of("TXT(line_terminator='\\r\\n')", R"([{"a": 1}, {"a": 2}])"), "g: {'a': 1}\r\ng: {'a': 2}\r\n");
  EXPECT_EQ(file_of("ConsoleExporter", R"([{"a": 1}])"), "g: {'a': 1}\n");
  EXPECT_EQ(file_of("LogExporter", R"([{"a": 1}])"), "g: {'a': 1}\n");
}

TEST(Json, RefusesKindsThatItHasNoFormFor) {
  Record record;
  record.rows = 2;
  const auto column = column_of({Value(1.5), Value::list({Value(Date{0})})});
  record.fields.push_back({"d", *column});
  record.fields[0].column.owner = column;
  const auto encoder = (*target_of("JSON"))->bind(record);
  const auto state = encoder->make_state();
  Buffer out;
  const auto failure = encoder->encode(record, 2, *state, out, nullptr);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->row, 1);
  EXPECT_EQ(failure->finding.code, "target.json_type");
  EXPECT_NE(failure->finding.message.find("'d[0]' holds a date"), std::string::npos) << failure->finding.message;
  EXPECT_EQ(out.view(), ",\n{\"d\": 1.5}");
  EXPECT_EQ(encoded(*make_capture_encoder(), record), R"({"d": 1.5}, {"d": ["1970-01-01"]})");
}

TEST(Xml, WritesElementsAttributesAndTexts) {
  EXPECT_EQ(file_of("XML", R"([{"i": 1, "f": 1.5, "b": true, "n": null, "s": "a<b&c>\"'", "u": "ü€", "e": "",
                              "l": [1, "two", null], "el": [], "o": {"k": "v", "n": null, "b": false},
                              "lo": [{"x": 1}, {"x": 2}], "eo": {}}, {"i": 2, "nl": "a\nb  c"}])"),
            "<list>\n<item><i>1</i><f>1.5</f><b>true</b><n>None</n><s>a&lt;b&amp;c&gt;\"'</s><u>ü€</u><e></e>"
            "<l>1</l><l>two</l><l>None</l><o><k>v</k><n></n><b>false</b></o><lo><x>1</x></lo><lo><x>2</x></lo>"
            "<eo></eo></item>\n<item><i>2</i><nl>a\nb  c</nl></item>\n</list>");
  EXPECT_EQ(file_of("XML", R"([{"a": {"#text": "t", "@id": 1, "@q": "x\"y<&>\n"}}, {"@at": "v", "b": 1}])"),
            "<list>\n<item><a id=\"1\" q='x\"y&lt;&amp;&gt;&#10;'>t</a></item>\n"
            "<item at=\"v\"><b>1</b></item>\n</list>");
  EXPECT_EQ(file_of("XML", R"([{"a": {"@q": "\"'\t"}, "b": 1}])"),
            "<list>\n<item><a q=\"&quot;'&#9;\"></a><b>1</b></item>\n</list>");
  EXPECT_EQ(file_of("XML", R"([{"a": [[1, "x", null], 2]}, {}])"),
            "<list>\n<item><a>['1', 'x', 'None']</a><a>2</a></item>\n<item></item>\n</list>");
  EXPECT_EQ(file_of("XML(root_element='rows',item_element='row')", R"([{"a": 1}])"),
            "<rows>\n<row><a>1</a></row>\n</rows>");
}

TEST(Xml, UnwrapsALoneRecordWithOneElement) {
  EXPECT_EQ(file_of("XML", R"([{"a": 1}])"), "<a>1</a>");
  EXPECT_EQ(file_of("XML", R"([{"a": {"b": 1}}])"), "<a><b>1</b></a>");
  EXPECT_EQ(file_of("XML", R"([{"a": {"item": 1, "b": "</item>"}}])"), "<a><item>1</item><b>&lt;/item&gt;</b></a>");
  EXPECT_EQ(file_of("XML", R"([{"a": 1, "b": 2}])"), "<list>\n<item><a>1</a><b>2</b></item>\n</list>");
  EXPECT_EQ(file_of("XML", R"([{"a": [1, 2]}])"), "<list>\n<item><a>1</a><a>2</a></item>\n</list>");
  EXPECT_EQ(file_of("XML", R"([{}])"), "<list>\n<item></item>\n</list>");
  EXPECT_EQ(file_of("XML", R"([{"@at": "v", "b": 1}])"), "<list>\n<item at=\"v\"><b>1</b></item>\n</list>");
  EXPECT_EQ(file_of("XML", R"([{"#text": "v", "b": 1}])"), "<list>\n<item>v<b>1</b></item>\n</list>");
}

TEST(Xml, RefusesWhatXmlCannotHold) {
  for (const char* name : {"1a", "a b", "", "-x", "a<b", "a\u00d7"}) {
    EXPECT_EQ(file_of("XML", std::string(R"([{"a": 1}, {")") + name + R"(": 1}])"), "target.xml_name") << name;
  }
  EXPECT_EQ(file_of("XML", R"([{"a": {"@1": 1}}])"), "target.xml_name");
  EXPECT_EQ(file_of("XML", R"([{"a": {"b c": 1}}])"), "target.xml_name");
  EXPECT_EQ(file_of("XML", R"([{"ä_1.2-x": 1}])"), "<ä_1.2-x>1</ä_1.2-x>");
  EXPECT_EQ(file_of("XML", R"([{"a": "x\u0001"}])"), "target.xml_text");
  EXPECT_EQ(file_of("XML", R"([{"a": ["x\ufffe"]}])"), "target.xml_text");
  EXPECT_EQ(file_of("XML", R"([{"a": {"@b": "x\u0000"}}])"), "target.xml_text");
}

TEST(Encoder, TellsWhereEachRecordEnds) {
  const Record maps = maps_of(R"([{"a": 1}, {"a": 22}])");
  std::vector<std::size_t> ends;
  (void)encoded(*(*target_of("JSON"))->bind(maps), maps, &ends);
  EXPECT_EQ(ends, (std::vector<std::size_t>{10, 21}));
}

TEST(Targets, RefuseWrongArguments) {
  for (const char* call :
       {"CSV(delimiter='ab')", "CSV(delimiter='')", "CSV(quoting=4)", "CSV(delimter=';')", "CSV(';')",
        "CSV(fieldnames=3)", "CSV(chunk_size=0)", "CSV(encoding='utf-9')", "XML(root_element='a b')",
        "XML(item_element=1)", "JSON(use_ndjson=1)", "JSON(chunk_size='2')", "JSON(delimiter=',')"}) {
    const auto target = target_of(call);
    ASSERT_FALSE(target) << call;
    EXPECT_EQ(target.error().code, "target.argument") << call;
  }
}

}  // namespace
}  // namespace mimus
