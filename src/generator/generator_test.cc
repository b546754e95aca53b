#include "generator/generator.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>

#include "generator/text.h"

namespace mimus {
namespace {

std::unique_ptr<Generator> made(const std::string& text) {
  const auto call = parse_call(text);
  EXPECT_TRUE(call) << text;
  auto generator = make_generator(*call, {.now = {1'767'225'600'000'000}});
  EXPECT_TRUE(generator) << text << ": " << (generator ? "" : generator.error().message);
  return generator ? std::move(*generator) : nullptr;
}

std::vector<Value> values_of(const Generator& generator, const Rows& rows, std::uint64_t seed = 7) {
  Column column;
  generator.generate(rows, Stream(seed), column);
  EXPECT_EQ(column.size, rows.count);
  std::vector<Value> out;
  for (std::size_t k = 0; k < rows.count; ++k) out.push_back(value_at(column, k));
  return out;
}

std::string shown(const std::vector<Value>& values) {
  std::string out;
  append_repr(out, Value::list(values));
  return out;
}

std::map<std::string, std::size_t> counted(const std::vector<Value>& values) {
  std::map<std::string, std::size_t> out;
  for (const Value& value : values) ++out[text_of(value)];
  return out;
}

TEST(Generators, RunTheirExamples) {
  for (const GeneratorDeclaration* declaration : generators()) {
    EXPECT_FALSE(declaration->examples.empty()) << declaration->name;
    for (const std::string_view example : declaration->examples) {
      const auto generator = made(std::string(example));
      ASSERT_TRUE(generator) << example;
      Column column;
      generator->generate({.count = 100}, Stream(1), column);
      // Dynamic: it depends on the arguments.
      if (declaration->result != Type::Dynamic) {
        EXPECT_EQ(column.type, declaration->result) << example;
      }
    }
  }
}

// What a machine without AVX2 gives is what others give.
TEST(Generators, GiveTheSameByAllKernels) {
  for (const GeneratorDeclaration* declaration : generators()) {
    for (const std::string_view example : declaration->examples) {
      const auto generator = made(std::string(example));
      ASSERT_TRUE(generator) << example;
      std::string best;
      for (const PhiloxKernel kernel : {PhiloxKernel::Avx512, PhiloxKernel::Avx2, PhiloxKernel::Scalar}) {
        use_kernel(kernel);
        const std::string own = shown(values_of(*generator, {.first = 5, .count = 133}));
        if (best.empty()) best = own;
        EXPECT_EQ(own, best) << example;
      }
    }
  }
  use_kernel(best_kernel());
}

// Rows asked for alone, in another order, or as rows of lists give the values they have in a run from the start.
TEST(Generators, ArePureFunctionsOfTheRow) {
  for (const GeneratorDeclaration* declaration : generators()) {
    for (const std::string_view example : declaration->examples) {
      const auto generator = made(std::string(example));
      const std::vector<Value> all = values_of(*generator, {.count = 64});
      const std::vector<Value> tail = values_of(*generator, {.first = 40, .count = 24});
      EXPECT_EQ(shown(tail), shown({all.begin() + 40, all.end()})) << example;
      const std::array<std::uint64_t, 3> roots = {63, 0, 5};
      const std::array<std::uint32_t, 3> ordinals = {0, 0, 0};
      const std::array<std::uint64_t, 3> positions = {63, 0, 5};
      const Rows gathered{
          .count = 3, .roots = roots.data(), .ordinals = ordinals.data(), .positions = positions.data()};
      EXPECT_EQ(shown(values_of(*generator, gathered)), shown({all[63], all[0], all[5]})) << example;
    }
  }
}

// With every set of the processor's instructions that this machine has, and with none of them.
TEST(Generators, GiveTheSameOnEveryProcessor) {
  for (const GeneratorDeclaration* declaration : generators()) {
    for (const std::string_view example : declaration->examples) {
      const auto generator = made(std::string(example));
      use_kernel(PhiloxKernel::Scalar);
      const std::string plain = shown(values_of(*generator, {.first = 3, .count = 50}));
      use_kernel(PhiloxKernel::Avx2);
      EXPECT_EQ(shown(values_of(*generator, {.first = 3, .count = 50})), plain) << example;
      use_kernel(best_kernel());
      EXPECT_EQ(shown(values_of(*generator, {.first = 3, .count = 50})), plain) << example;
    }
  }
}

TEST(Generators, DrawOtherValuesForOtherSeeds) {
  for (const char* text : {"IntegerGenerator", "FloatGenerator(min=0, max=1000)", "StringGenerator(min_len=9)",
                           "UUIDGenerator", "EmailAddressGenerator", "DateTimeGenerator(random=True)"}) {
    const auto generator = made(text);
    EXPECT_NE(shown(values_of(*generator, {.count = 20}, 1)), shown(values_of(*generator, {.count = 20}, 2))) << text;
  }
}

TEST(UuidGenerator, SetsVersionAndVariantAndDoesNotRepeat) {
  std::set<std::string> seen;
  for (const Value& value : values_of(*made("UUIDGenerator"), {.count = 20'000})) {
    const std::string& text = *value.as_text();
    EXPECT_EQ(text[14], '4');
    EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos);
    seen.insert(text);
  }
  EXPECT_EQ(seen.size(), 20'000U);
}

TEST(IncrementGenerator, CountsPositionsAndKnowsItsEnd) {
  const auto generator = made("IncrementGenerator(start=5, end=11, step=2)");
  EXPECT_EQ(shown(values_of(*generator, {.count = 3})), "[5, 7, 9]");
  EXPECT_EQ(generator->length(), 3U);
  EXPECT_EQ(shown(values_of(*generator, {.first = 2, .count = 2, .single = true})), "[5, 5]");
  EXPECT_EQ(made("IncrementGenerator(start=5, end=5)")->length(), 0U);
}

// Of a hundred values each one once, whatever part of the rows is asked for.
TEST(UniqueValues, GiveEachValueOnce) {
  for (const char* text :
       {"IntegerGenerator(min=-50, max=49)", "FloatGenerator(min=0.1, max=10, granularity=0.1)",
        "StringGenerator(min_len=2, max_len=2, char_set='0123456789')", "IntegerGenerator(1, 100, rng=3)",
        "DateTimeGenerator(min='2024-01-01 00:00:00', max='2024-01-01 00:01:39')"}) {
    std::shared_ptr<const Generator> generator = made(text);
    ASSERT_EQ(generator->domain(), 100U) << text;
    const auto unique = make_unique_values(generator);
    ASSERT_TRUE(unique) << text;
    const std::vector<Value> all = values_of(**unique, {.count = 100});
    EXPECT_EQ(counted(all).size(), 100U) << text;
    const std::vector<Value> tail = values_of(**unique, {.first = 40, .count = 24});
    EXPECT_EQ(shown(tail), shown({all.begin() + 40, all.begin() + 64})) << text;
    for (const Value& value : values_of(*generator, {.count = 500})) {
      EXPECT_TRUE(counted(all).contains(text_of(value))) << text << " " << text_of(value);
    }
  }
}

// Identifiers: each number once, and with its check digit, as those that are drawn.
TEST(UniqueValues, AreMadeOfIdentifiers) {
  for (const char* text : {"EANGenerator", "EANGenerator(length=8)", "ISBNGenerator", "ISBNGenerator(length=10)",
                           "ISSNGenerator", "IMEIGenerator", "IPv4Generator(network='10.1.0.0/16')"}) {
    const std::shared_ptr<const Generator> generator = made(text);
    const auto unique = make_unique_values(generator);
    ASSERT_TRUE(unique) << text;
    EXPECT_EQ((*unique)->supply(), generator->domain());
    EXPECT_EQ(counted(values_of(**unique, {.count = 50'000})).size(), 50'000U) << text;
    // Of 13 digits with weights 1, 3, 1 … the sum ends with 0.
    for (const Value& value : values_of(**unique, {.count = 500})) {
      const std::string& digits = *value.as_text();
      if (digits.size() != 13 || digits.contains('.')) continue;
      int sum = 0;
      for (std::size_t k = 0; k < 13; ++k) sum += (digits[k] - '0') * (k % 2 == 0 ? 1 : 3);
      EXPECT_EQ(sum % 10, 0) << text << " " << digits;
    }
  }
  const auto all = make_unique_values(made("IPv4Generator(network='10.1.2.0/24')"));
  EXPECT_EQ((*all)->supply(), 256U);
  EXPECT_EQ(counted(values_of(**all, {.count = 256})).size(), 256U);
  EXPECT_FALSE(make_unique_values(made("PasswordGenerator")));
}

// Numbers beside each other, and far from each other: the value of each is another one.
TEST(UniqueValues, AreOtherOnesForOtherNumbers) {
  const std::vector<std::string> locales = {"de_AT", "nl_BE", "bg_BG", "de_CH", "en_CA", "zh_CN", "cs_CZ", "da_DK",
                                            "et_EE", "es_ES", "fi_FI", "fr_FR", "en_GB", "hr_HR", "he_IL", "en_IN",
                                            "it_IT", "ko_KR", "lt_LT", "nl_NL", "no_NO", "pl_PL", "pt_PT", "ro_RO",
                                            "ru_RU", "sv_SE", "sk_SK", "tr_TR", "en_US", "pt_BR", "de_DE"};
  std::vector<std::string> calls = {"CreditCardNumberGenerator",
                                    "CreditCardNumberGenerator('maestro')",
                                    "BICGenerator",
                                    "BICGenerator('DE', 8)",
                                    "IBANGenerator",
                                    "ISINGenerator",
                                    "ISINGenerator('DE')",
                                    "LEIGenerator",
                                    "VINGenerator",
                                    "MACAddressGenerator",
                                    "IPv6Generator('2001:db8::/33')",
                                    "IPv6Generator('fe80::1/124')",
                                    "VINGenerator('WBA', 2024)",
                                    "IMEIGenerator('35693803')",
                                    "IPv6Generator",
                                    "CPFGenerator",
                                    "CNPJGenerator",
                                    "ColorGenerator",
                                    "ColorGenerator('rgb')",
                                    "ColorGenerator('name')",
                                    "TokenGenerator",
                                    "TokenGenerator('hex', 3)",
                                    "TokenGenerator('urlsafe', 5)",
                                    "TokenGenerator('bytes', 2)",
                                    "TokenGenerator('bytes', 20)",
                                    "HashGenerator",
                                    "GenderGenerator",
                                    "VATNumberGenerator"};
  for (const std::string& locale : locales) calls.push_back("SSNGenerator('" + locale + "')");
  for (const char* country : {"AD", "BE", "BR", "DE", "ES", "FI", "FR", "GB", "HR", "IT", "MC", "NO", "PT"}) {
    calls.push_back("IBANGenerator('" + std::string(country) + "')");
  }
  for (const char* country :
       {"AT", "AU", "BE", "BG", "BR", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR",
        "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "US"}) {
    calls.push_back("VATNumberGenerator('" + std::string(country) + "')");
  }
  for (const std::string& call : calls) {
    const std::shared_ptr<const Generator> generator = made(call);
    const std::uint64_t domain = generator->domain();
    ASSERT_GT(domain, 0U) << call;
    std::set<std::uint64_t> numbers;
    constexpr std::uint64_t kEach = 1500;
    for (std::uint64_t k = 0; k < kEach; ++k) {
      numbers.insert(k % domain);
      numbers.insert(domain - 1 - k % domain);
      numbers.insert(domain / kEach * k);
      numbers.insert((domain / 2 + k) % domain);
      // One digit alone, and two.
      numbers.insert(power_of_ten(k % 18) * (k % 89) % domain);
    }
    const std::vector<std::uint64_t> all(numbers.begin(), numbers.end());
    Column out;
    const Stream stream(1, "x");
    generator->generate_at({.count = all.size()}, stream, all.data(), out);
    std::set<std::string> values;
    for (std::size_t k = 0; k < all.size(); ++k) values.insert(text_of(value_at(out, k)));
    EXPECT_EQ(values.size(), all.size()) << call;
  }
}

TEST(UniqueValues, AreMadeOfPatternsAndChoices) {
  std::shared_ptr<const Generator> pattern = std::move(*make_pattern("x[ab]{3}-[0-44]"));
  EXPECT_EQ(pattern->domain(), 40U);
  EXPECT_EQ(counted(values_of(**make_unique_values(pattern), {.count = 40})).size(), 40U);
  for (const auto& [text, count] : std::vector<std::pair<const char*, std::uint64_t>>{{"[ab]{1,3}", 14},
                                                                                      {"a*", 9},
                                                                                      {"(ab|c)[01]", 4},
                                                                                      {"x(a|bc)-[0-9]", 20},
                                                                                      {"ä|b[xy]{0,2}", 8},
                                                                                      {"(a|aa)b?", 0},
                                                                                      {"a?a?", 0},
                                                                                      {"(a|[a-c])", 0},
                                                                                      {"([ab])\\1", 0}}) {
    std::shared_ptr<const Generator> varied = std::move(*make_pattern(text));
    ASSERT_EQ(varied->domain(), count) << text;
    if (count == 0) continue;
    const std::vector<Value> all = values_of(**make_unique_values(varied), {.count = count});
    EXPECT_EQ(counted(all).size(), count) << text;
    for (const Value& value : values_of(*varied, {.count = 300})) EXPECT_TRUE(counted(all).contains(text_of(value)));
  }
  for (const char* text : {"[a-z]{30,40}", "[a-z]{0,100}", "([a-z]{3}-){2,9}[0-9]{20}"}) {
    std::shared_ptr<const Generator> varied = std::move(*make_pattern(text));
    EXPECT_GT(varied->domain(), 1U << 30U) << text;
    EXPECT_EQ(counted(values_of(**make_unique_values(varied), {.count = 5000})).size(), 5000U) << text;
  }
  for (const char* text : {"StringGenerator(1, 3, 'ab')", "StringGenerator(0, 2, 'abc', prefix='<', suffix='>')"}) {
    const std::shared_ptr<const Generator> varied = made(text);
    const std::uint64_t count = varied->domain();
    EXPECT_EQ(count, text[16] == '1' ? 14U : 13U) << text;
    const std::vector<Value> all = values_of(**make_unique_values(varied), {.count = count});
    EXPECT_EQ(counted(all).size(), count) << text;
    for (const Value& value : values_of(*varied, {.count = 300})) EXPECT_TRUE(counted(all).contains(text_of(value)));
  }
  for (const char* text : {"StringGenerator", "StringGenerator(0, 300)", "StringGenerator(100, 300)"}) {
    EXPECT_EQ(counted(values_of(**make_unique_values(made(text)), {.count = 5000})).size(), 5000U) << text;
  }
  std::shared_ptr<const Generator> wide = std::move(*make_pattern("[a-z]{30}"));
  EXPECT_GT(wide->domain(), 1U << 30U);
  EXPECT_EQ(counted(values_of(**make_unique_values(wide), {.count = 5000})).size(), 5000U);
  const auto values = column_of({Value(std::string("a")), Value(std::string("b")), Value(std::string("a"))});
  std::shared_ptr<const Generator> choice = make_choice(values);
  EXPECT_EQ(choice->domain(), 2U);
  EXPECT_EQ(counted(values_of(**make_unique_values(choice), {.count = 2})).size(), 2U);
  std::shared_ptr<const Generator> truths = made("BooleanGenerator");
  EXPECT_EQ(counted(values_of(**make_unique_values(truths), {.count = 2})).size(), 2U);
  std::shared_ptr<const Generator> uuid = made("UUIDGenerator");
  EXPECT_EQ(*make_unique_values(uuid), uuid);
  std::shared_ptr<const Generator> open = std::move(*make_pattern("a?a?"));
  EXPECT_EQ(make_unique_values(open).error().code, "unique.unavailable");
}

TEST(DataFakerGenerator, KnowsItsMethods) {
  for (const char* method : {"name",
                             "address",
                             "company",
                             "job",
                             "ssn",
                             "iban",
                             "swift",
                             "color",
                             "json",
                             "profile",
                             "date_time_between",
                             "future_date",
                             "past_datetime",
                             "date_this_month",
                             "month_name",
                             "pyfloat",
                             "pystr",
                             "bothify",
                             "hexify",
                             "credit_card_full",
                             "user_agent",
                             "slug",
                             "texts",
                             "country_calling_code",
                             "itin",
                             "latlng",
                             "currency",
                             "century",
                             "upc_a",
                             "random_digit"}) {
    for (const char* locale : {"en_US", "de", "fr-FR"}) {
      const auto generator = made(std::string("DataFakerGenerator('") + method + "', '" + locale + "')");
      ASSERT_TRUE(generator) << method;
      EXPECT_EQ(values_of(*generator, {.count = 50}).size(), 50U);
    }
  }
}

TEST(DataFakerGenerator, MakesValuesOfTypesAndForms) {
  const auto one = [](const std::string& call) {
    return values_of(*made("DataFakerGenerator(" + call + ")"), {.count = 1})[0];
  };
  EXPECT_NE(one("'pyset'").as_set(), nullptr);
  EXPECT_EQ(one("'pystruct'").as_tuple()->size(), 3U);
  EXPECT_NE(one("'pyobject', object_type='dict'").as_map(), nullptr);
  EXPECT_NE(one("'time_delta', end_date='+1d'").as_duration(), nullptr);
  EXPECT_NE(one("'time_object'").as_clock_time(), nullptr);
  EXPECT_EQ(one("'time_series', start_date='-1h', precision=600").as_list()->size(), 6U);
  EXPECT_NE(one("'json_bytes'").as_bytes(), nullptr);
  EXPECT_EQ(one("'nic_handles', count=3").as_list()->size(), 3U);
  EXPECT_EQ(one("'color_hsl'").as_tuple()->size(), 3U);
  EXPECT_EQ(one("'passport_dates'").as_tuple()->size(), 3U);
  EXPECT_TRUE(one("'xml'").as_text()->ends_with("</root>"));
  EXPECT_EQ(one("'fixed_width', num_rows=2").as_text()->substr(23, 2), "\r\n");
  EXPECT_EQ(one("'pystr_format', string_format='#-{{random_letter}}'").as_text()->size(), 3U);
  for (const Value& value :
       values_of(*made("DataFakerGenerator('randomize_nb_elements', number=100, le=True)"), {.count = 200})) {
    EXPECT_GE(*value.as_int(), 60);
    EXPECT_LE(*value.as_int(), 100);
  }
  for (const Value& value : values_of(*made("DataFakerGenerator('upc_e')"), {.count = 100})) {
    EXPECT_EQ(value.as_text()->size(), 8U);
  }
  for (const char* call : {"'image'", "'zip'", "'tar'", "'enum'", "'seed'", "'bytes'"}) {
    const auto refused = make_generator(*parse_call("DataFakerGenerator(" + std::string(call) + ")"), {});
    ASSERT_FALSE(refused) << call;
    EXPECT_TRUE(refused.error().message.contains("is not supported: ")) << refused.error().message;
    EXPECT_TRUE(refused.error().hint.starts_with("instead: ")) << call;
  }
  for (const char* call :
       {"'pyobject', object_type='complex'", "'pystr_format', '{{word}}'", "'fixed_width', align='x'",
        "'time_series', precision=0", "'randomize_nb_elements', min=3, max=2"}) {
    EXPECT_FALSE(make_generator(*parse_call("DataFakerGenerator(" + std::string(call) + ")"), {})) << call;
  }
}

TEST(DataFakerGenerator, MakesCollections) {
  const auto one = [](const std::string& call) {
    return values_of(*made("DataFakerGenerator(" + call + ")"), {.count = 1})[0];
  };
  const std::string table = *one("'csv', num_rows=3, header=['who', 'where'], include_row_ids=True").as_text();
  EXPECT_TRUE(table.starts_with("\"ID\",\"who\",\"where\"\r\n\"1\",\"")) << table;
  EXPECT_TRUE(table.contains("\r\n\"3\",\"") && table.ends_with("\"\r\n")) << table;
  EXPECT_EQ(one("'pylist', nb_elements=7, variable_nb_elements=False").as_list()->size(), 7U);
  EXPECT_EQ(one("'pydict', nb_elements=300, variable_nb_elements=False").as_map()->size(), 300U);
  EXPECT_EQ(one("'random_letters', length=5").as_list()->size(), 5U);
  const auto all = counted(*one("'random_sample', elements=['x', 'y', 'z'], length=3").as_list());
  EXPECT_EQ(all.size(), 3U);
  for (const char* call :
       {"'random_sample', elements=['x'], length=2", "'pylist', nb_elements=-1", "'binary', length=1000001"}) {
    EXPECT_FALSE(make_generator(*parse_call("DataFakerGenerator(" + std::string(call) + ")"), {})) << call;
  }
}

TEST(Generators, RefuseWrongArguments) {
  for (const char* text :
       {"IntegerGenerator(min=2, max=1)", "IntegerGenerator(least=1)", "IntegerGenerator(min='a')",
        "FloatGenerator(granularity=0)", "BooleanGenerator(prob_true=1.5)", "StringGenerator(min_len=-1)",
        "DateTimeGenerator(min='x')", "IncrementGenerator(step=-1)", "UUIDGenerator(1)", "Nothing"}) {
    const auto generator = make_generator(*parse_call(text), {});
    ASSERT_FALSE(generator) << text;
    EXPECT_TRUE(generator.error().code.starts_with("generator.")) << text;
    EXPECT_FALSE(generator.error().message.empty()) << text;
  }
}

}  // namespace
}  // namespace mimus
