#include "descriptor/schema.h"

#include <algorithm>
#include <array>

namespace mimus {
namespace {

using enum AttributeKind;

constexpr std::string_view kSetupChildren[] = {"include", "memstore", "variable", "generate"};
constexpr std::string_view kFieldChildren[] = {"key", "variable", "nestedKey"};

constexpr AttributeDeclaration kSetupAttributes[] = {
    {"defaultSeparator", Text, "delimiter of CSV files where no other is given; default |"},
    {"defaultDataset", Text, "country of the data sets; default US"},
    {"defaultLocale", Text, "language of texts; default en"},
    {"numProcess", Integer, "accepted; the engine uses all cores"},
    {"multiprocessing", Boolean, "accepted; the engine uses all cores"},
    {"mpPlatform", Text, "accepted; the engine uses all cores"},
    {"reportLogging", Boolean, "false: no lines about how long a generate took"},
    {"rngSeed", Integer, "seed of the run where none is given from outside"},
    {"defaultLineSeparator", Text, "line end of text files", {}, false, false},
    {"defaultSourceScripted", Boolean, "evaluate scripts in sources", {}, false, false},
    {"defaultVariablePrefix", Text, "start of a variable in a text", {}, false, false},
    {"defaultVariableSuffix", Text, "end of a variable in a text", {}, false, false},
};

constexpr AttributeDeclaration kIncludeAttributes[] = {
    {"uri", Name, "an .xml descriptor or a .properties file, relative to the main descriptor's folder", {}, true},
};

constexpr AttributeDeclaration kMemstoreAttributes[] = {
    {"id", Name, "name of the store, for source and target", {}, true},
};

constexpr AttributeDeclaration kGenerateAttributes[] = {
    {"name", Name, "name of the product: file, capture, type in a memstore", {}, true},
    {"count", Count, "number of records, or {name} of a variable, parameter or property"},
    {"source", Text, "a .csv or .json file, or a memstore"},
    {"type", Text, "type to read from a memstore; default the name"},
    {"cyclic", Boolean, "start the source again when it has fewer rows than count"},
    {"distribution", Choice, "order of the source's rows; default random", "random ordered"},
    {"separator", Text, "delimiter of a CSV source"},
    {"target", TargetList, "where the records go: JSON, CSV, memstores"},
    {"pageSize", Natural, "commit unit of database targets; values do not depend on it"},
    {"numProcess", Integer, "accepted; the engine uses all cores"},
    {"multiprocessing", Boolean, "accepted; the engine uses all cores"},
    {"mpPlatform", Text, "accepted; the engine uses all cores"},
    {"script", Text, "expression that gives the records", {}, false, false},
    {"selector", Text, "query of a database source", {}, false, false},
    {"sourceScripted", Boolean, "evaluate scripts in the source", {}, false, false},
    {"converter", Text, "converters of the whole record", {}, false, false},
    {"variablePrefix", Text, "start of a variable in a text", {}, false, false},
    {"variableSuffix", Text, "end of a variable in a text", {}, false, false},
    {"sourceUri", Text, "path in an object storage", {}, false, false},
    {"container", Text, "container of an object storage", {}, false, false},
    {"bucket", Text, "bucket of an object storage", {}, false, false},
    {"storageId", Text, "object storage of the files", {}, false, false},
    {"exportUri", Text, "path of the files", {}, false, false},
    {"targetEntity", Text, "table or file name", {}, false, false},
    {"rngSeed", Integer, "seed of this part", {}, false, false},
};

constexpr AttributeDeclaration kKeyAttributes[] = {
    {"name", Name, "name of the field; a|b stores b inside of a", {}, true},
    {"type", TypeName, "type of the value; alone: a random value of it"},
    {"constant", Text, "the text itself"},
    {"values", Literals, "one of these, each as likely: 'a', 1, None"},
    {"generator", GeneratorCall, "a generator, with or without arguments"},
    {"source", Text, "a .wgt.csv file: value and weight a line"},
    {"separator", Text, "delimiter of the source"},
    {"pattern", Pattern, "regular expression that the text matches"},
    {"nullQuota", Fraction, "share of nulls, 0 to 1"},
    {"outDateFormat", DateFormat, "strftime codes: the date as a text"},
    {"script", Text, "expression that gives the value", {}, false, false},
    {"string", Text, "text with variables", {}, false, false},
    {"condition", Text, "expression: false leaves the field out", {}, false, false},
    {"defaultValue", Text, "expression used when the script fails", {}, false, false},
    {"converter", Text, "converters of the value", {}, false, false},
    {"inDateFormat", Text, "strptime codes: the text as a date", {}, false, false},
    {"variablePrefix", Text, "start of a variable in a text", {}, false, false},
    {"variableSuffix", Text, "end of a variable in a text", {}, false, false},
    {"selector", Text, "has no effect", {}, false, false},
    {"database", Text, "database of a sequence", {}, false, false},
    {"rngSeed", Integer, "seed of this field", {}, false, false},
};

constexpr AttributeDeclaration kVariableAttributes[] = {
    {"name", Name, "name of the variable", {}, true},
    {"type", Text, "type of the value, or type to read from a memstore"},
    {"constant", Text, "the text itself"},
    {"values", Literals, "one of these, each as likely: 'a', 1, None"},
    {"generator", GeneratorCall, "a generator, with or without arguments"},
    {"source", Text, "a .csv or .json file, or a memstore: a row for each record"},
    {"separator", Text, "delimiter of the source"},
    {"cyclic", Boolean, "start the source again at its end"},
    {"distribution", Choice, "order of the source's rows; default random", "random ordered"},
    {"pattern", Pattern, "regular expression that the text matches"},
    {"outDateFormat", DateFormat, "strftime codes: the date as a text"},
    {"script", Text, "expression that gives the value", {}, false, false},
    {"string", Text, "text with variables", {}, false, false},
    {"entity", Text, "an entity such as Person", {}, false, false},
    {"defaultValue", Text, "expression used when the script fails", {}, false, false},
    {"converter", Text, "converters of the value", {}, false, false},
    {"inDateFormat", Text, "strptime codes: the text as a date", {}, false, false},
    {"selector", Text, "query of a database source", {}, false, false},
    {"iterationSelector", Text, "query for each record", {}, false, false},
    {"sourceScripted", Boolean, "evaluate scripts in the source", {}, false, false},
    {"weightColumn", Text, "column of the weights", {}, false, false},
    {"dataset", Text, "country of the entity", {}, false, false},
    {"locale", Text, "language of the entity", {}, false, false},
    {"ageMin", Integer, "least age of the entity", {}, false, false},
    {"ageMax", Integer, "greatest age of the entity", {}, false, false},
    {"conditionsInclude", Text, "conditions of the entity", {}, false, false},
    {"conditionsExclude", Text, "conditions of the entity", {}, false, false},
    {"rngSeed", Integer, "seed of this variable", {}, false, false},
    {"variablePrefix", Text, "start of a variable in a text", {}, false, false},
    {"variableSuffix", Text, "end of a variable in a text", {}, false, false},
    {"database", Text, "has no effect", {}, false, false},
};

constexpr AttributeDeclaration kNestedKeyAttributes[] = {
    {"name", Name, "name of the field", {}, true},
    {"type", Text, "list, dict, or a type of the memstore in source; none: extend the field that is there"},
    {"count", Count, "number of elements"},
    {"minCount", Integer, "least number of elements"},
    {"maxCount", Integer, "greatest number of elements"},
    {"source", Text, "a .csv or .json file, or a memstore"},
    {"separator", Text, "delimiter of a CSV source"},
    {"cyclic", Boolean, "start the source again when it has fewer rows than count"},
    {"distribution", Choice, "order of the source's rows; default random", "random ordered"},
    {"script", Text, "expression that gives the elements", {}, false, false},
    {"condition", Text, "expression: false leaves the field out", {}, false, false},
    {"defaultValue", Text, "expression used when the script fails", {}, false, false},
    {"converter", Text, "converters of each element", {}, false, false},
    {"sourceScripted", Boolean, "evaluate scripts in the source", {}, false, false},
    {"rngSeed", Integer, "seed of this part", {}, false, false},
};

constexpr ElementDeclaration unavailable(std::string_view name, std::string_view summary) {
  return {name, summary, {}, {}, false};
}

constexpr std::array kElements = {
    ElementDeclaration{"setup", "root of a descriptor: what happens, in order", kSetupChildren, kSetupAttributes},
    ElementDeclaration{"include", "runs another descriptor, or reads properties", {}, kIncludeAttributes},
    ElementDeclaration{"memstore", "a store of records for the length of the run", {}, kMemstoreAttributes},
    ElementDeclaration{"generate", "produces records", kFieldChildren, kGenerateAttributes},
    ElementDeclaration{"key", "a field with a simple value", {}, kKeyAttributes},
    ElementDeclaration{"variable", "a value that is not part of the record", {}, kVariableAttributes},
    ElementDeclaration{"nestedKey", "a field with a record or a list of records", kFieldChildren, kNestedKeyAttributes},
    unavailable("condition", "chooses among branches"),
    unavailable("if", "first branch of a condition"),
    unavailable("else-if", "further branch of a condition"),
    unavailable("else", "last branch of a condition"),
    unavailable("list", "a list with one entry for each item"),
    unavailable("item", "an entry of a list"),
    unavailable("array", "a list of simple values"),
    unavailable("element", "an XML attribute"),
    unavailable("reference", "a value of a column of a table"),
    unavailable("echo", "a line in the log"),
    unavailable("execute", "runs a Python or SQL file"),
    unavailable("database", "a connection to a database"),
    unavailable("mongodb", "a connection to MongoDB"),
    unavailable("generator", "a generator shared by name"),
    unavailable("demographics", "age and sex of entities"),
    unavailable("object-storage", "a connection to an object storage"),
    unavailable("sourceConstraints", "rules that drop source rows"),
    unavailable("mapping", "rules that assign fields"),
    unavailable("targetConstraints", "rules that drop records"),
    unavailable("rule", "one rule"),
};

constexpr std::string_view kReserved[] = {
    "CNPJGenerator",
    "CPFGenerator",
    "IncrementGenerator",
    "DateTimeGenerator",
    "DepartmentNameGenerator",
    "BirthdateGenerator",
    "EmailAddressGenerator",
    "DomainGenerator",
    "EANGenerator",
    "SectorGenerator",
    "UUIDGenerator",
    "BooleanGenerator",
    "PhoneNumberGenerator",
    "IntegerGenerator",
    "StringGenerator",
    "FloatGenerator",
    "SSNGenerator",
    "DataFakerGenerator",
    "AcademicTitleGenerator",
    "CompanyNameGenerator",
    "FamilyNameGenerator",
    "GenderGenerator",
    "GivenNameGenerator",
    "StreetNameGenerator",
    "UrlGenerator",
    "SequenceTableGenerator",
    "NobilityTitleGenerator",
};

}  // namespace

std::span<const ElementDeclaration> elements() { return kElements; }

const ElementDeclaration* find_element(std::string_view name) {
  const auto* found = std::ranges::find(kElements, name, &ElementDeclaration::name);
  return found == kElements.end() ? nullptr : found;
}

const AttributeDeclaration* find_attribute(const ElementDeclaration& element, std::string_view name) {
  const auto found = std::ranges::find(element.attributes, name, &AttributeDeclaration::name);
  return found == element.attributes.end() ? nullptr : &*found;
}

std::span<const std::string_view> reserved_names() { return kReserved; }

}  // namespace mimus
