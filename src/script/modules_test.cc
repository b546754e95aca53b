// Functions of modules. The expected results are those of CPython 3.11.
#include <gtest/gtest.h>

#include "script/errors.h"
#include "script/evaluate.h"
#include "script/parse.h"

namespace mimus::script {
namespace {

class NoNames final : public Names {
 public:
  [[nodiscard]] std::optional<Value> find(std::string_view) const override { return std::nullopt; }
};

std::string result(std::string_view expression) {
  const auto tree = parse_expression(expression);
  if (!tree) return std::string(exception_name(tree.error().code));
  const NoNames names;
  const auto value = evaluate(**tree, {.names = names, .now = {}, .stream = Stream(7)});
  if (!value) {
    const std::string_view name = exception_name(value.error().code);
    return name.empty() ? value.error().code : std::string(name);
  }
  std::string out;
  append_repr(out, *value);
  return out;
}

struct Case {
  const char* expression;
  const char* result;
};

void expect_all(std::initializer_list<Case> cases) {
  for (const Case& one : cases) EXPECT_EQ(result(one.expression), one.result) << one.expression;
}

TEST(Modules, KnowTheConstantsOfString) {
  expect_all({{"string.digits + string.hexdigits + string.octdigits", "'01234567890123456789abcdefABCDEF01234567'"},
              {"string.ascii_letters == string.ascii_lowercase + string.ascii_uppercase", "True"},
              {"string.punctuation", R"('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~')"},
              {"string.whitespace", R"(' \t\n\r\x0b\x0c')"},
              {"len(string.printable)", "100"},
              {"string.nothing", "script.not_covered"}});
}

TEST(Hashlib, KnowsItsAlgorithms) {
  expect_all({
      {"hashlib.md5('abc'.encode()).hexdigest()", "'900150983cd24fb0d6963f7d28e17f72'"},
      {"hashlib.sha1(b'abc').hexdigest()", "'a9993e364706816aba3e25717850c26c9cd0d89d'"},
      {"hashlib.sha224(b'abc').hexdigest()", "'23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7'"},
      {"hashlib.sha256(''.encode('utf-8')).hexdigest()[:16]", "'e3b0c44298fc1c14'"},
      {"hashlib.sha384(b'abc').hexdigest()[-8:]", "'34c825a7'"},
      {"hashlib.sha512(b'abc').hexdigest()[:8]", "'ddaf35a1'"},
      {"hashlib.sha3_256(b'abc').hexdigest()[:8]", "'3a985da7'"},
      {"hashlib.blake2b(b'abc').hexdigest()[:8]", "'ba80a53f'"},
      {"hashlib.blake2s(b'abc').hexdigest()[:8]", "'508c5e8c'"},
      {"hashlib.new('sha256', b'abc').hexdigest()[:8]", "'ba7816bf'"},
      {"hashlib.md5().hexdigest()[:8]", "'d41d8cd9'"},
      {"hashlib.md5(b'abc', usedforsecurity=False).digest().hex()[:8]", "'90015098'"},
      {"hashlib.sha256(b'').digest_size", "32"},
      {"hashlib.md5('abc')", "TypeError"},
      {"hashlib.new('sha0', b'')", "ValueError"},
      {"hashlib.blake2b(b'abc', digest_size=20)", "script.not_covered"},
  });
}

TEST(Json, IsWrittenAsPythonWritesIt) {
  expect_all({
      {"json.dumps({'a': [1, None, True, 1.5], 'é': 'x\"\\n'})",
       "'{\"a\": [1, null, true, 1.5], \"\\\\u00e9\": \"x\\\\\"\\\\n\"}'"},
      {"json.dumps({'b': (1, 2), 'a': {}}, sort_keys=True, separators=(',', ':'))", "'{\"a\":{},\"b\":[1,2]}'"},
      {"json.dumps([1, [], {'a': 2}], indent=2)", "'[\\n  1,\\n  [],\\n  {\\n    \"a\": 2\\n  }\\n]'"},
      {"json.dumps('é', ensure_ascii=False)", "'\"é\"'"},
      {"json.dumps([1e400, -1e400, 1e16, 2**70])", "'[Infinity, -Infinity, 1e+16, 1180591620717411303424]'"},
      {"json.dumps(datetime.date(2024, 1, 2))", "TypeError"},
      {"json.dumps([datetime.date(2024, 1, 2)], default=str)", "'[\"2024-01-02\"]'"},
      {"json.dumps(1e400, allow_nan=False)", "ValueError"},
      {"json.loads('[1, 2.0, null, {\"a\": 1e300}]')", "[1, 2.0, None, {'a': 1e+300}]"},
      {"json.loads('{')", "ValueError"},
      {"json.loads(1)", "TypeError"},
  });
}

TEST(Uuid, HasItsParts) {
  expect_all({
      {"str(uuid.UUID(int=255))", "'00000000-0000-0000-0000-0000000000ff'"},
      {"uuid.uuid5(uuid.NAMESPACE_DNS, 'example.org')", "UUID('aad03681-8b63-5304-89e0-8ca8f49461b5')"},
      {"str(uuid.uuid3(uuid.NAMESPACE_URL, 'x'))", "'60a7f89c-e446-309c-8b4f-460bfdfd0dee'"},
      {"uuid.UUID('{12345678-1234-5678-1234-567812345678}').hex", "'12345678123456781234567812345678'"},
      {"uuid.UUID('12345678123456781234567812345678').int", "24197857161011715162171839636988778104"},
      {"uuid.UUID(bytes=b'0123456789abcdef').urn", "'urn:uuid:30313233-3435-3637-3839-616263646566'"},
      {"uuid.UUID(hex='0' * 32, version=4).version", "4"},
      {"uuid.UUID('x')", "ValueError"},
      {"uuid.UUID()", "TypeError"},
      {"uuid.UUID(int=1) < uuid.UUID(int=2)", "True"},
      {"uuid.UUID(int=1) == uuid.UUID('0' * 31 + '1')", "True"},
      {"len(uuid.uuid4().hex)", "32"},
      {"uuid.uuid4().version", "4"},
      {"uuid.uuid4().variant", "'specified in RFC 4122'"},
  });
}

TEST(Statistics, AreExact) {
  expect_all({
      {"statistics.mean([1, 2, 3, 4])", "2.5"},
      {"statistics.mean([1, 3])", "2"},
      {"statistics.mean([1e30, 1, -1e30])", "0.3333333333333333"},
      {"statistics.mean([0.1, 0.2, 0.3])", "0.2"},
      {"statistics.fmean([1, 2])", "1.5"},
      {"statistics.median([3, 1, 2])", "2"},
      {"statistics.median([4, 1, 2, 3])", "2.5"},
      {"statistics.median_low([4, 1, 2, 3])", "2"},
      {"statistics.median_high([4, 1, 2, 3])", "3"},
      {"statistics.mode(['a', 'b', 'b'])", "'b'"},
      {"statistics.multimode('aabbc')", "['a', 'b']"},
      {"statistics.variance([1, 2, 3])", "1"},
      {"statistics.pvariance([1, 2, 3, 4])", "1.25"},
      {"statistics.stdev([1.5, 2.5, 2.5, 2.75, 3.25, 4.75])", "1.0810874155219827"},
      {"statistics.pstdev([1.5, 2.5, 2.5, 2.75, 3.25, 4.75])", "0.986893273527251"},
      {"statistics.stdev([5e-324, 1e308])", "7.071067811865476e+307"},
      {"statistics.mean([])", "ValueError"},
      {"statistics.stdev([1])", "ValueError"},
      {"statistics.mean(['a'])", "TypeError"},
  });
}

TEST(Floats, BeyondTheGreatestAreInfinite) {
  expect_all({{"1e400", "inf"}, {"-1e400", "-inf"}, {"float('1e400')", "inf"}, {"1e-400", "0.0"}});
}

}  // namespace
}  // namespace mimus::script
