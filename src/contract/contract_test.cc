#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "base/hash.h"
#include "contract/canonical_json.h"
#include "contract/domain.h"
#include "contract/generate_domain.h"
#include "contract/identity.h"
#include "contract/json_schema.h"
#include "contract/python_random.h"
#include "data/json.h"

namespace mimus::contract {
namespace {

using testing::HasSubstr;

Value json(std::string_view text) { return parse_json(text, "test").value(); }

// The entry of nested maps and lists: at(v, "items", "0", "id").
template <class... Steps>
const Value& at(const Value& value, std::string_view step, const Steps&... steps) {
  const Value* found = nullptr;
  if (const ValueList* list = value.as_list()) {
    found = &list->at(std::stoul(std::string(step)));
  } else {
    found = find(*value.as_map(), step);
  }
  EXPECT_NE(found, nullptr) << step;
  if constexpr (sizeof...(steps) == 0) {
    return *found;
  } else {
    return at(*found, steps...);
  }
}

std::string request_text(std::string_view domain, std::string_view locale = "en_US", std::string_view more = "",
                         std::string_view count = "3", std::string_view seed = "42") {
  return std::string(R"({"domain":")")
      .append(domain)
      .append(R"(","version":"v1","count":)")
      .append(count)
      .append(R"(,"seed":)")
      .append(seed)
      .append(R"(,"locale":")")
      .append(locale)
      .append(R"(","clock":"2025-01-01T00:00:00Z")")
      .append(more)
      .append("}");
}

Value answer_to(const std::string& request, bool strict = false) {
  return json(generate_domain_text(request, {.strict = strict}).json);
}

TEST(PythonRandom, HasTheNumbersOfCPython) {
  PythonRandom random(mix_seed("42", "0"));
  EXPECT_EQ(random.below(1000), 540U);
  EXPECT_EQ(random.below(7), 1U);
  EXPECT_EQ(random.between(18, 85), 19);
  EXPECT_EQ(random.unit(), 0.6586890709461309);
  // One word of a key, and none: random.Random(1).random(), random.Random(0).random().
  EXPECT_EQ(PythonRandom(1).unit(), 0.13436424411240122);
  EXPECT_EQ(PythonRandom(0).unit(), 0.8444218515250481);
}

TEST(Seeds, AreThoseOfTheContract) {
  EXPECT_EQ(derive_seed("docs-demo"), "14930755488008082953");
  EXPECT_EQ(derive_seed("42"), "42");
  EXPECT_EQ(derive_seed("0042"), "42");
  EXPECT_EQ(derive_seed("000"), "0");
  EXPECT_EQ(derive_seed("demo"), "3069011196268734596");
  EXPECT_EQ(derive_seed(json("-7")), "-7");
  EXPECT_EQ(derive_seed(json("42.0")), "42");
  EXPECT_EQ(derive_seed(json("123456789012345678901234567890")), "123456789012345678901234567890");
  EXPECT_EQ(mix_seed("42", "0"), 6727700055090865043U);
  EXPECT_EQ(mix_seed("14930755488008082953", "0"), 7161976472309138662U);
  EXPECT_EQ(mix_seed(derive_seed("person:profile"), "urban_adult"), 9974986844689404505U);
}

TEST(Identifiers, AreThoseOfTheContract) {
  const std::string demo = derive_seed("demo");
  EXPECT_EQ(Identifiers("datamimic:person:v1").of("42", 0), "e299dc26-d156-57d0-b136-3fcbd832d279");
  EXPECT_EQ(Identifiers("datamimic:person:v1").of(demo, 0), "9ee2cf26-1141-5b96-8480-a598e207da33");
  EXPECT_EQ(Identifiers("datamimic:patient:v1").of("42", 0), "32413fd1-895a-5fae-a938-189fc896d687");
  EXPECT_EQ(Identifiers("datamimic:patient:v1").of(demo, 0), "3e1edca8-aa80-5b95-b70b-ab7e486d0034");
  EXPECT_EQ(Identifiers("datamimic:address:v1").of("42", 0), "342f3baf-a170-5fd1-8087-d5bf4f053ecd");
}

TEST(CanonicalJson, IsSortedAndWithoutBlanks) {
  const Value request = json(R"({"domain": "person", "version": "v1", "count": 1, "seed": "docs-demo",
      "locale": "en_US", "clock": "2025-01-01T00:00:00Z"})");
  EXPECT_EQ(
      canonical_json(request),
      R"({"clock":"2025-01-01T00:00:00Z","count":1,"domain":"person","locale":"en_US","seed":"docs-demo","version":"v1"})");
  EXPECT_EQ(sha256_hex(canonical_json(request)), "e49be5ce978660e2ad62a9261f03538e95ed11a2ccafe4295c85c1d1d19252b2");
  EXPECT_EQ(
      canonical_json(json(
          R"({"é":[1.0,1e22,-0.0,true,null,"ü\n\u0001\""],"a":{"z":1,"B":[]},"\ud83d\ude00":12345678901234567890})")),
      "{\"a\":{\"B\":[],\"z\":1},\"é\":[1.0,1e+22,-0.0,true,null,\"ü\\n\\u0001\\\"\"],\"😀\":12345678901234567890}");
}

// What jsonschema of Python says of the same.
TEST(JsonSchema, WordsMistakesAsPythonDoes) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"type":["integer","string"]} | null)", "None is not of type 'integer', 'string'"},
      {R"({"type":"integer"} | true)", "True is not of type 'integer'"},
      {R"({"type":"integer"} | 1.5)", "1.5 is not of type 'integer'"},
      {R"({"type":"integer"} | 1.0)", ""},
      {R"({"type":"object"} | [1,null,{"a":1.0}])", "[1, None, {'a': 1.0}] is not of type 'object'"},
      {R"({"minItems":1} | [])", "[] should be non-empty"},
      {R"({"minLength":1} | "")", "'' should be non-empty"},
      {R"({"const":"v1"} | 2)", "'v1' was expected"},
      {R"({"enum":["F","M"]} | "X")", "'X' is not one of ['F', 'M']"},
      {R"({"pattern":"^[A-Z]{2}$"} | "x'y")", "\"x'y\" does not match '^[A-Z]{2}$'"},
      {R"({"pattern":"^[A-Z]{2}$"} | "DE")", ""},
      {R"({"required":["a"]} | {})", "'a' is a required property"},
      {R"({"maximum":3} | 4.5)", "4.5 is greater than the maximum of 3"},
      {R"({"minimum":3} | -99999999999999999999)", "-99999999999999999999 is less than the minimum of 3"},
      {R"({"format":"date-time"} | "yesterday")", "'yesterday' is not a 'date-time'"},
      {R"({"properties":{},"additionalProperties":false} | {"b":1,"a":2})",
       "Additional properties are not allowed ('a', 'b' were unexpected)"},
      {R"({"properties":{},"additionalProperties":false} | {"b":1})",
       "Additional properties are not allowed ('b' was unexpected)"},
  };
  for (const auto& [text, message] : cases) {
    const std::string_view all(text);
    const std::size_t bar = all.find(" | ");
    const auto errors = schema_errors(json(all.substr(0, bar)), json(all.substr(bar + 3)));
    EXPECT_EQ(errors.empty() ? "" : errors.front().message, message) << text;
  }
}

TEST(JsonSchema, SortsMistakesByPathAndBoundsThem) {
  const Value schema = json(R"({"properties":{"a":{"items":{"type":"string"}},"b":{"minimum":3}},"required":["c"]})");
  const auto errors = schema_errors(schema, json(R"({"b":1,"a":["x",2,3]})"));
  std::vector<std::string> paths;
  paths.reserve(errors.size());
  for (const SchemaError& error : errors) paths.push_back(json_pointer(error.path));
  EXPECT_THAT(paths, testing::ElementsAre("/", "/a/1", "/a/2", "/b"));
  EXPECT_EQ(json_pointer({Value(std::string("a/b~c"))}), "/a~1b~0c");
  const Value many = Value::map({{"a", Value::list(ValueList(5000, Value(std::int64_t{1})))}});
  EXPECT_EQ(schema_errors(schema, many).size(), kMaxSchemaErrors);
  const auto shown = schema_errors(json(R"({"type":"object"})"), Value(std::string(5000, 'x')));
  EXPECT_LT(shown.front().message.size(), 300U);
}

TEST(GenerateDomain, AnswersWithTheHashesOfTheContract) {
  const DomainDocument document = generate_domain_text(
      R"({"domain":"person","version":"v1","count":1,"seed":"docs-demo","locale":"en_US","clock":"2025-01-01T00:00:00Z"})");
  EXPECT_FALSE(document.failed);
  const Value answer = json(document.json);
  EXPECT_EQ(*at(answer, "request_hash").as_text(), "e49be5ce978660e2ad62a9261f03538e95ed11a2ccafe4295c85c1d1d19252b2");
  EXPECT_EQ(*at(answer, "determinism_proof", "seed_canonical").as_text(), "14930755488008082953");
  EXPECT_EQ(*at(answer, "determinism_proof", "content_hash").as_text(),
            sha256_hex(canonical_json(at(answer, "items"))));
  EXPECT_EQ(canonical_json(answer), document.json);
  const Value empty = answer_to(request_text("doctor", "de_DE", "", "0"));
  EXPECT_EQ(*at(empty, "determinism_proof", "content_hash").as_text(),
            "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945");
}

// Each domain in each country: as the schema says, and the same in any number of items.
TEST(GenerateDomain, FollowsItsSchemaInEveryCountry) {
  const PackTexts codes = Pack::built_in().table("dataset").texts("code");
  ASSERT_GT(codes.size(), 40U);
  for (const DomainDeclaration* domain : domains()) {
    const Value schema = response_schema(*domain);
    for (std::size_t row = 0; row < codes.size(); ++row) {
      const std::string locale = "xx_" + std::string(codes[row]);
      const DomainDocument document = generate_domain_text(request_text(domain->name, locale, "", "60"));
      ASSERT_FALSE(document.failed) << document.json;
      const auto errors = schema_errors(schema, json(document.json));
      EXPECT_TRUE(errors.empty()) << domain->name << " " << locale << json_pointer(errors.front().path) << ": "
                                  << errors.front().message;
      const DomainDocument few = generate_domain_text(request_text(domain->name, locale, "", "1"));
      const std::string first = canonical_json(at(json(few.json), "items", "0"));
      EXPECT_THAT(document.json, HasSubstr("\"items\":[" + first + ","));
    }
  }
}

TEST(GenerateDomain, KeepsItsLimits) {
  const Value most = answer_to(request_text("person", "en_US", "", "10000"));
  std::set<std::string> ids;
  for (const Value& item : *at(most, "items").as_list()) ids.insert(*at(item, "id").as_text());
  EXPECT_EQ(ids.size(), 10'000U);
  EXPECT_EQ(*at(answer_to(request_text("person", "en_US", "", "10001")), "details", "errors", "0", "message").as_text(),
            "10001 is greater than the maximum of 10000");
  const Value long_request = answer_to(std::string(kMaxDomainRequest + 1, ' '));
  EXPECT_EQ(*at(long_request, "code").as_text(), "invalid_request");
}

TEST(Person, IsRightInItself) {
  const Value answer =
      answer_to(request_text("person", "pl_PL", R"(,"constraints":{"age":{"min":30,"max":32}})", "300"));
  std::size_t number = 0;
  for (const Value& item : *at(answer, "items").as_list()) {
    const std::int64_t age = *at(item, "age").as_int();
    EXPECT_TRUE(age >= 30 && age <= 32) << age;
    EXPECT_TRUE(at(item, "date_of_birth").as_text()->starts_with(std::to_string(2025 - age)));
    EXPECT_EQ(*at(item, "sex").as_text(), std::string(1, "FMX"[number++ % 3]));
    EXPECT_EQ(*at(item, "full_name").as_text(),
              *at(item, "first_name").as_text() + " " + *at(item, "last_name").as_text());
    EXPECT_EQ(*at(item, "nationality").as_text(), "Polska");
    if (*at(item, "sex").as_text() == "F") {
      EXPECT_FALSE(at(item, "last_name").as_text()->ends_with("ski"));
    }
  }
}

TEST(Person, HasTheAgesThatAreAskedFor) {
  const auto ages = [](const std::string& constraint) {
    std::set<std::int64_t> out;
    const Value answer =
        answer_to(request_text("person", "en_US", R"(,"constraints":{"age":)" + constraint + "}", "600"));
    for (const Value& item : *at(answer, "items").as_list()) out.insert(*at(item, "age").as_int());
    return std::pair(*out.begin(), *out.rbegin());
  };
  EXPECT_EQ(ages("{}"), std::pair(18L, 85L));
  EXPECT_EQ(ages(R"({"max":20})"), std::pair(18L, 20L));
  EXPECT_EQ(ages(R"({"min":84})"), std::pair(84L, 85L));
  EXPECT_EQ(ages(R"({"max":7})"), std::pair(7L, 7L));
  EXPECT_EQ(ages(R"({"min":120})"), std::pair(120L, 120L));
}

TEST(Address, TakesPrefixesOfPostalCodes) {
  const auto items_with = [](std::string_view locale, const std::string& prefix) {
    return answer_to(request_text("address", locale, R"(,"constraints":{"postal_code_prefix":)" + prefix + "}", "100"));
  };
  // A text, a number, letters in any case, and one that no city of the country has.
  for (const auto& [locale, prefix, begin, form] :
       std::vector<std::array<const char*, 4>>{{"de_DE", "\"80\"", "80", "[0-9]{5}"},
                                               {"de_DE", "80331", "80331", "[0-9]{5}"},
                                               {"en_GB", "\"sw\"", "SW", "SW[0-9A-Z]{1,2} [0-9][A-Z]{2}"},
                                               {"en_US", "\"00\"", "00", "[0-9]{5}"},
                                               {"vi_VN", "\"70\"", "70", "[0-9]{6}"},
                                               {"lv_LV", "\"LV-1\"", "LV-1", "LV-[0-9]{4}"},
                                               {"ro_MD", "\"md-\"", "MD-", "MD-[0-9]{4}"}}) {
    const Value answer = items_with(locale, prefix);
    ASSERT_NE(find(*answer.as_map(), "items"), nullptr) << canonical_json(answer);
    for (const Value& item : *at(answer, "items").as_list()) {
      const std::string& code = *at(item, "postal_code").as_text();
      EXPECT_TRUE(code.starts_with(begin)) << code;
      EXPECT_TRUE(std::regex_match(code, std::regex(form))) << code;
      EXPECT_THAT(*at(item, "formatted").as_text(), HasSubstr(code));
    }
  }
}

TEST(Doctor, TakesSpecialtiesInAnyCase) {
  const Value answer = answer_to(request_text(
      "doctor", "de_DE", R"(,"constraints":{"specialty":["KARDIOLOGIE","urologie"],"license_prefix":"X"})"));
  EXPECT_EQ(*at(answer, "items", "0", "specialty").as_text(), "Kardiologie");
  EXPECT_EQ(*at(answer, "items", "1", "specialty").as_text(), "Urologie");
  EXPECT_EQ(*at(answer, "items", "2", "specialty").as_text(), "Kardiologie");
  EXPECT_THAT(*at(answer, "items", "2", "license_number").as_text(), testing::StartsWith("X-"));
  const Value item = at(answer_to(request_text("doctor")), "items", "0");
  const std::string& human = *at(item, "human_id").as_text();
  EXPECT_EQ(*at(item, "license_number").as_text(), "US-MED-" + human.substr(4));
}

TEST(Patient, HasTheIdentifiersOfItsPersonAndAddress) {
  const Value patients = answer_to(request_text("patient"));
  const Value people = answer_to(request_text("person"));
  const Value addresses = answer_to(request_text("address"));
  for (const char* number : {"0", "1", "2"}) {
    EXPECT_EQ(*at(patients, "items", number, "person_id").as_text(), *at(people, "items", number, "id").as_text());
    EXPECT_EQ(*at(patients, "items", number, "address_id").as_text(), *at(addresses, "items", number, "id").as_text());
  }
  EXPECT_EQ(*at(patients, "items", "0", "human_id").as_text(), "PATIENT-US-12");
  const Value demo = answer_to(request_text(
      "patient", "en_US", R"(,"constraints":{"id_namespace":"ward","conditions":["e11"]})", "1", "\"demo\""));
  EXPECT_EQ(*at(demo, "items", "0", "human_id").as_text(), "WARD-63");
  EXPECT_EQ(*at(demo, "items", "0", "primary_condition").as_text(), "E11");
}

TEST(Profile, StandsForTheSeedOfTheValuesAlone) {
  const std::string more = R"(,"profile_id":"urban_adult")";
  const Value one = answer_to(request_text("person", "en_US", more, "20", "1"));
  const Value other = answer_to(request_text("person", "en_US", more, "20", "2"));
  const Value none = answer_to(request_text("person", "en_US", "", "20", "1"));
  std::size_t differ = 0;
  for (std::size_t k = 0; k < 20; ++k) {
    const std::string number = std::to_string(k);
    EXPECT_EQ(*at(one, "items", number, "full_name").as_text(), *at(other, "items", number, "full_name").as_text());
    EXPECT_NE(*at(one, "items", number, "id").as_text(), *at(other, "items", number, "id").as_text());
    EXPECT_EQ(*at(one, "items", number, "id").as_text(), *at(none, "items", number, "id").as_text());
    if (*at(one, "items", number, "full_name").as_text() != *at(none, "items", number, "full_name").as_text()) ++differ;
  }
  EXPECT_GT(differ, 15U);
}

TEST(Component, HasConstraintsOfItsOwn) {
  const Value answer = answer_to(request_text(
      "patient", "en_US", R"(,"component_id":"chronic_diabetes","constraints":{"age":{"min":1,"max":2}})", "100"));
  for (const Value& item : *at(answer, "items").as_list()) {
    EXPECT_EQ(*at(item, "primary_condition").as_text(), "E11");
    EXPECT_GE(*at(item, "age").as_int(), 45);
    EXPECT_LE(*at(item, "age").as_int(), 70);
  }
  // What is not known is a profile, unless it has to be known.
  EXPECT_NE(find(*answer_to(request_text("person", "fr_FR", R"(,"component_id":"gone")")).as_map(), "items"), nullptr);
}

struct Mistake {
  std::string request;
  std::string code, path, message;
  bool strict = false;
};

std::vector<Mistake> mistakes() {
  const auto with = [](std::string_view domain, std::string_view more) { return request_text(domain, "en_US", more); };
  return {
      {"[1", "invalid_request", "/", "request:1:3:"},
      {"[1]", "invalid_request", "/", "The request must be a JSON object"},
      {R"({"version":"v1"})", "invalid_request", "/domain", "Missing or invalid 'domain' field"},
      {R"({"domain":"person"})", "invalid_request", "/version", "Missing or invalid 'version' field"},
      {R"({"domain":7,"version":"v1"})", "invalid_request", "/domain", "Missing or invalid 'domain' field"},
      {R"({"domain":"x","version":"v1"})", "unsupported_domain", "/domain", "Domain 'x' version 'v1' is not supported"},
      {R"({"domain":"person","version":"v2"})", "unsupported_domain", "/domain", "Domain 'person' version 'v2' is"},
      {R"({"domain":"person","version":"v1"})", "schema_validation_failed", "/",
       "Request schema validation failed for person v1"},
      {request_text("person", "en_US", "", "-1"), "schema_validation_failed", "/count", "Request schema validation"},
      {request_text("person", "en_US", "", "3", "true"), "schema_validation_failed", "/seed", "Request schema"},
      {request_text("person", "en-US"), "schema_validation_failed", "/locale", "Request schema"},
      {with("address", R"(,"profile_id":"a")"), "schema_validation_failed", "/", "for address v1"},
      {with("person", R"(,"profile_id":"")"), "schema_validation_failed", "/profile_id", "Request schema"},
      {with("person", R"(,"constraints":{"age":{"min":-1}})"), "schema_validation_failed", "/constraints/age/min", ""},
      {with("person", R"(,"constraints":{"sex":["F",1]})"), "schema_validation_failed", "/constraints/sex/1", ""},
      {with("person", R"(,"constraints":{"size":1})"), "schema_validation_failed", "/constraints", ""},
      {request_text("person", "en_XX"), "unsupported_locale", "/locale",
       "Locale 'en_XX' maps to dataset 'XX' which lacks the required domain datasets. Supported dataset codes: AT, "
       "AU,"},
      {with("person", R"(,"constraints":{"age":{"min":9,"max":8}})"), "invalid_constraints", "/constraints/age", "9"},
      {with("person", R"(,"constraints":{"sex":"Q"})"), "invalid_constraints", "/constraints/sex", "Unknown sex 'Q'"},
      {with("doctor", R"(,"constraints":{"specialty":"Magic"})"), "invalid_constraints", "/constraints/specialty",
       "Unknown specialty 'Magic'"},
      {with("patient", R"(,"constraints":{"conditions":["Z99999"]})"), "invalid_constraints", "/constraints/conditions",
       "Z99999"},
      {with("address", R"(,"constraints":{"country":"DE"})"), "invalid_constraints", "/constraints/country", "'DE'"},
      {with("address", R"(,"constraints":{"postal_code_prefix":"123456"})"), "invalid_constraints",
       "/constraints/postal_code_prefix", "123456"},
      {with("address", R"(,"constraints":{"postal_code_prefix":"AB"})"), "invalid_constraints",
       "/constraints/postal_code_prefix", "AB"},
      {with("person", R"(,"profile_id":"a","component_id":"b")"), "invalid_profile_selector", "/component_id",
       "profile_id and component_id cannot be combined"},
      {with("person", R"(,"profile_id":" ")"), "invalid_profile_id", "/profile_id", "'profile_id' must be"},
      {with("person", R"(,"component_id":" ")"), "invalid_component_id", "/component_id", "'component_id' must be"},
      {with("person", R"(,"profile_id":"gone")"), "unknown_profile", "/profile_id", "Profile 'gone'", true},
      {with("person", R"(,"component_id":"gone")"), "unknown_component", "/component_id", "Component 'gone'", true},
  };
}

TEST(GenerateDomain, TellsWhatIsWrong) {
  for (const Mistake& mistake : mistakes()) {
    const DomainDocument document = generate_domain_text(mistake.request, {.strict = mistake.strict});
    ASSERT_TRUE(document.failed) << mistake.request;
    const Value error = json(document.json);
    EXPECT_EQ(*at(error, "code").as_text(), mistake.code) << mistake.request;
    EXPECT_EQ(*at(error, "path").as_text(), mistake.path) << mistake.request;
    EXPECT_THAT(*at(error, "message").as_text(), HasSubstr(mistake.message)) << mistake.request;
    EXPECT_FALSE(at(error, "hint").as_text()->empty()) << mistake.request;
    const auto payload = parse_json(mistake.request, "test");
    EXPECT_EQ(*at(error, "request_hash").as_text(), sha256_hex(payload ? canonical_json(*payload) : mistake.request));
  }
}

TEST(GenerateDomain, TellsOfAnAgeBeforeTheFirstYear) {
  std::string request = request_text("person");
  request.replace(request.find("2025"), 4, "0050");
  const Value error = answer_to(request);
  EXPECT_EQ(*at(error, "path").as_text(), "/constraints/age");
}

}  // namespace
}  // namespace mimus::contract
