#include "descriptor/schema.h"

#include <algorithm>
#include <array>

namespace mimus {
namespace {

using enum AttributeKind;

// A word of the language that the engine does not carry out yet.
constexpr AttributeDeclaration later(std::string_view name, AttributeKind kind, std::string_view summary) {
  return {.name = name, .kind = kind, .summary = summary, .available = false};
}

constexpr AttributeDeclaration required(std::string_view name, AttributeKind kind, std::string_view summary) {
  return {.name = name, .kind = kind, .summary = summary, .required = true};
}

constexpr std::string_view kSetupChildren[] = {"include", "memstore",     "variable",      "generate",
                                               "echo",    "generator",    "execute",       "database",
                                               "mongodb", "demographics", "object-storage"};
constexpr std::string_view kGenerateChildren[] = {"key",
                                                  "variable",
                                                  "nestedKey",
                                                  "list",
                                                  "array",
                                                  "generate",
                                                  "condition",
                                                  "echo",
                                                  "include",
                                                  "reference",
                                                  "sourceConstraints",
                                                  "mapping",
                                                  "targetConstraints"};
constexpr std::string_view kNestedKeyChildren[] = {"key",     "variable",  "nestedKey", "list",   "array",
                                                   "element", "condition", "echo",      "execute"};
// Those of the <generate> or <nestedKey> around the <condition>.
constexpr std::string_view kBranchChildren[] = {"key",   "variable", "nestedKey", "list",
                                                "array", "element",  "generate",  "condition",
                                                "echo",  "include",  "execute",   "reference"};
constexpr std::string_view kConditionChildren[] = {"if", "else-if", "else"};
constexpr std::string_view kKeyChildren[] = {"element"};
constexpr std::string_view kListChildren[] = {"item"};
constexpr std::string_view kItemChildren[] = {"key", "nestedKey", "list", "array", "element"};
constexpr std::string_view kRulesChildren[] = {"rule"};

constexpr AttributeDeclaration kSetupAttributes[] = {
    {"defaultSeparator", Text, "delimiter of CSV files where no other is given", "|"},
    {"defaultLineSeparator", Text, "line end of text files, with escapes as in Python: \\n, \\r\\n", "\\n"},
    {"defaultDataset", Text, "country of the data sets", "US"},
    {"defaultLocale", Text, "language of texts", "en"},
    {"defaultSourceScripted", Boolean, "evaluate expressions and variables in the texts of sources", "false"},
    {"defaultVariablePrefix", Text, "what stands before a variable in a text", "__"},
    {"defaultVariableSuffix", Text, "what stands after a variable in a text", "__"},
    {"reportLogging", Boolean, "false: no lines about how long a generate took", "true"},
    {"numProcess", Integer, "accepted; the engine uses all cores"},
    {"multiprocessing", Boolean, "accepted; the engine uses all cores"},
    {"mpPlatform", Text, "accepted; the engine uses all cores"},
    {"rngSeed", Integer, "seed of the run where none is given from outside"},
};

constexpr AttributeDeclaration kIncludeAttributes[] = {
    required("uri", Name, "an .xml descriptor or a .properties file, relative to the main descriptor's folder"),
};

constexpr AttributeDeclaration kMemstoreAttributes[] = {
    required("id", Name, "name of the store, for source and target"),
};

constexpr AttributeDeclaration kExecuteAttributes[] = {
    required("uri", Name, "a .py or .sql file, relative to the main descriptor's folder"),
    {"target", Text, "id of the database that runs the SQL"},
};

constexpr AttributeDeclaration kGeneratorAttributes[] = {
    required("name", Name, "name of the generator, for the attribute generator"),
    required("generator", GeneratorCall, "the generator, with or without arguments"),
};

constexpr AttributeDeclaration kDemographicsAttributes[] = {
    required("dataset", Name, "country of the figures"),
    required("version", Name, "version of the figures"),
    required("dir", Name, "folder of age_pyramid.dmgrp.csv and condition_rates.dmgrp.csv"),
    {"rngSeed", Integer, "seed of age, sex and conditions"},
};

constexpr AttributeDeclaration kDatabaseAttributes[] = {
    required("id", Name, "name of the connection, for source and target"),
    {.name = "dbms",
     .kind = Choice,
     .summary = "kind of the database",
     .allowed = "sqlite postgresql mysql mssql oracle"},
    {"database", Text, "name of the database or of its file"},
    {"host", Text, "host name"},
    {"port", Natural, "port"},
    {"user", Text, "name of the user"},
    {"password", Text, "password; belongs into the environment file"},
    {"schema", Text, "schema of the tables"},
    {"environment", Text, "environment file that holds the settings", "environment"},
    {"system", Text, "name of the system in the environment file", "the id"},
};

constexpr AttributeDeclaration kMongodbAttributes[] = {
    required("id", Name, "name of the connection, for source and target"),
    {"host", Text, "host name"},
    {"port", Natural, "port"},
    {"database", Text, "name of the database"},
    {"user", Text, "name of the user"},
    {"password", Text, "password; belongs into the environment file"},
    {"environment", Text, "environment file that holds the settings", "environment"},
    {"system", Text, "name of the system in the environment file", "the id"},
};

constexpr AttributeDeclaration kObjectStorageAttributes[] = {
    required("id", Name, "name of the connection, for source and storageId"),
    {"environment", Text, "environment file that holds the settings", "environment"},
    {"system", Text, "name of the system in the environment file", "the id"},
};

constexpr AttributeDeclaration kGenerateAttributes[] = {
    required("name", Name, "name of the product: file, capture, type in a memstore"),
    {"count", Count, "number of records, or {name} of a variable, parameter or property", "all of the source"},
    {"source", Text, "a .csv, .json, .ndjson or .xml file, a memstore, or a database"},
    {"script", Expression, "a list of records or one record, instead of a source"},
    {"type", Text, "type to read from a memstore, table of a database as source or target", "the name"},
    {"cyclic", Boolean, "start the source again when it has fewer rows than count", "false"},
    {"distribution", Choice, "order of the source's rows", "random", "random ordered"},
    {"separator", Text, "delimiter of a CSV source", "defaultSeparator of setup"},
    {"encoding", Text, "encoding of the source", "told by its bytes"},
    {"sourceScripted", Boolean, "evaluate expressions and variables in the texts of the source",
     "defaultSourceScripted of setup"},
    {"target", TargetList, "where the records go: files, memstores, databases"},
    {"targetEntity", Text, "name of the file or table instead of the generate's own"},
    {"variablePrefix", Text, "what stands before a variable in a text", "defaultVariablePrefix of setup"},
    {"variableSuffix", Text, "what stands after a variable in a text", "defaultVariableSuffix of setup"},
    {"pageSize", Natural, "commit unit of database targets; values do not depend on it"},
    {"numProcess", Integer, "accepted; the engine uses all cores"},
    {"multiprocessing", Boolean, "accepted; the engine uses all cores"},
    {"mpPlatform", Text, "accepted; the engine uses all cores"},
    {"rngSeed", Integer, "seed of this generate and what is inside of it"},
    {"storageId", Text, "object storage of the files; without effect where there is no <object-storage>"},
    {"exportUri", Text, "path of the files in the object storage; the same"},
    {"sourceUri", Text, "path of the source in an object storage; the same"},
    {"bucket", Text, "bucket of the source in an object storage; the same"},
    {"container", Text, "container of the source in an object storage; the same"},
    {"selector", MarkedText, "query of a database source, evaluated once"},
    {"converter", ConverterList, "converters of the whole record"},
};

// Those of <element> first.
constexpr AttributeDeclaration kKeyAttributes[] = {
    required("name", Name, "name of the field; a|b stores b inside of a"),
    {"type", TypeName, "type of the value; alone: a random value of it"},
    {"constant", Text, "the text itself"},
    {"values", Literals, "one of these, each as likely: 'a', 1, None"},
    {"script", Expression, "expression that gives the value"},
    {"generator", GeneratorCall, "a generator with or without arguments, or the name of a <generator>"},
    {"source", Text, "a .wgt.csv file: value and weight a line; or .optl.csv: the weight may be missing"},
    {"separator", Text, "delimiter of the source", "defaultSeparator of setup"},
    {"pattern", Pattern, "regular expression that the text matches"},
    {"string", MarkedText, "text with variables between the marks: __name__"},
    {"condition", Expression, "True or False; false: there is no such field", "True"},
    {"defaultValue", Expression, "used when the script fails, or when the condition is false"},
    {"inDateFormat", DateFormat, "strptime codes: the text as a date and time"},
    {"outDateFormat", DateFormat, "strftime codes: the date and time as a text"},
    {"variablePrefix", Text, "what stands before a variable in a text", "defaultVariablePrefix of setup"},
    {"variableSuffix", Text, "what stands after a variable in a text", "defaultVariableSuffix of setup"},
    {"rngSeed", Integer, "seed of this field"},
    later("selector", Text, "has no effect"),
    {"converter", ConverterList, "converters of the value"},
    {"nullQuota", Fraction, "share of nulls", "0"},
    {"unique", Boolean, "each value of the generator, of the pattern or of values at most once in a run", "false"},
    {"database", Text, "database whose sequence the SequenceTableGenerator takes numbers from"},
};
constexpr std::size_t kKeyOnly = 3;  // nullQuota, unique, database
constexpr auto kElementAttributes = std::span(kKeyAttributes).first<std::size(kKeyAttributes) - kKeyOnly>();

constexpr AttributeDeclaration kVariableAttributes[] = {
    required("name", Name, "name of the variable"),
    {"type", Text, "type of the value, or type or table to read from a memstore or database"},
    {"constant", Text, "the text itself"},
    {"values", Literals, "one of these, each as likely: 'a', 1, None"},
    {"script", Expression, "expression that gives the value"},
    {"generator", GeneratorCall, "a generator with or without arguments, or the name of a <generator>"},
    {"source", Text,
     "a .csv, .json or .ndjson file, a memstore, a database, or an expression that gives a list: a row for each "
     "record; a "
     ".wgt.ent.csv "
     "file: a row by weight"},
    {"separator", Text, "delimiter of the source", "defaultSeparator of setup"},
    {"cyclic", Boolean, "start the source again at its end", "false"},
    {"distribution", Choice, "order of the source's rows", "random", "random ordered"},
    {"sourceScripted", Boolean, "evaluate expressions and variables in the texts of the source",
     "defaultSourceScripted of setup"},
    {"weightColumn", Text, "column of the weights in a .wgt.ent.csv source", "weight"},
    {"pattern", Pattern, "regular expression that the text matches"},
    {"string", MarkedText, "text with variables between the marks: __name__"},
    {"defaultValue", Expression, "used when the script fails"},
    {"inDateFormat", DateFormat, "strptime codes: the text as a date and time"},
    {"outDateFormat", DateFormat, "strftime codes: the date and time as a text"},
    {"variablePrefix", Text, "what stands before a variable in a text", "defaultVariablePrefix of setup"},
    {"variableSuffix", Text, "what stands after a variable in a text", "defaultVariableSuffix of setup"},
    {"rngSeed", Integer, "seed of this variable"},
    {"unique", Boolean, "each value of the generator, of the pattern or of values at most once in a run", "false"},
    {"converter", ConverterList, "converters of the value"},
    {"entity", Text, "an entity with attributes: `Person(min_age=21)`"},
    {"dataset", Text, "country of the entity or generator, as `DE`", "defaultDataset of setup"},
    {"locale", Text, "language of the generator; has no effect on entities"},
    {"ageMin", Integer, "least age of the entity, if it is a person"},
    {"ageMax", Integer, "greatest age of the entity, if it is a person"},
    {"conditionsInclude", Text, "conditions that a patient has, separated by commas"},
    {"conditionsExclude", Text, "conditions that a patient has not"},
    {"selector", MarkedText, "query of a database source, evaluated once: a row for each record"},
    {"iterationSelector", MarkedText, "query of a database for each record: the list of its rows"},
    later("database", Text, "has no effect"),
};

constexpr AttributeDeclaration kNestedKeyAttributes[] = {
    required("name", Name, "name of the field"),
    {"type", Text,
     "list, dict, or a type or table of the memstore or database in source; none: extend the field that is there"},
    {"count", NestedCount, "number of elements, or {expression}"},
    {"minCount", Integer, "least number of elements"},
    {"maxCount", Integer, "greatest number of elements"},
    {"source", Text, "a .csv, .json or .ndjson file, a memstore, a database, or {expression} that gives one of them"},
    {"script", Expression, "a list of records or one record, instead of a source"},
    {"separator", Text, "delimiter of a CSV source", "defaultSeparator of setup"},
    {"cyclic", Boolean, "start the source again when it has fewer rows than count", "false"},
    {"distribution", Choice, "order of the source's rows", "random", "random ordered"},
    {"sourceScripted", Boolean, "evaluate expressions and variables in the texts of the source",
     "defaultSourceScripted of setup"},
    {"condition", Expression, "True or False; false: there is no such field", "True"},
    {"defaultValue", Expression, "used when the script fails, or when the condition is false"},
    {"rngSeed", Integer, "seed of this field and what is inside of it"},
    {"converter", ConverterList, "converters of each record"},
};

constexpr AttributeDeclaration kListAttributes[] = {
    required("name", Name, "name of the field"),
    {"converter", ConverterList, "converters of the whole list"},
};

constexpr AttributeDeclaration kItemAttributes[] = {
    {"condition", Expression, "True or False; false: the entry is null", "True"},
};

constexpr AttributeDeclaration kArrayAttributes[] = {
    required("name", Name, "name of the field"),
    {"type", TypeName, "type of the random values"},
    {"count", Integer, "number of the random values"},
    {"script", Expression, "a list of simple values of one type, instead of type and count"},
};

constexpr AttributeDeclaration kReferenceAttributes[] = {
    required("name", Name, "name of the field"),
    required("source", Name, "id of a database or memstore"),
    required("sourceType", Name, "the table, or the type in the memstore"),
    required("sourceKey", Name, "the column, or the field of the records"),
    {"unique", Boolean, "take each value once", "false"},
};

constexpr AttributeDeclaration kBranchAttributes[] = {
    required("condition", Expression, "this branch is taken when it is the first whose condition holds"),
};

constexpr AttributeDeclaration kRuleAttributes[] = {
    required("if", Expression, "the rule is applied where this holds"),
    required("then", Text, "a condition that must hold, or an assignment: field = expression"),
};

constexpr std::array kElements = {
    ElementDeclaration{"setup", "root of a descriptor: what happens, in order", kSetupChildren, kSetupAttributes},
    ElementDeclaration{"include", "runs another descriptor, or reads properties", {}, kIncludeAttributes},
    ElementDeclaration{"memstore", "a store of records for the length of the run", {}, kMemstoreAttributes},
    ElementDeclaration{"generator", "a generator shared by its name", {}, kGeneratorAttributes},
    ElementDeclaration{"generate", "produces records", kGenerateChildren, kGenerateAttributes},
    ElementDeclaration{"key", "a field with a simple value", kKeyChildren, kKeyAttributes},
    ElementDeclaration{"variable", "a value that is not part of the record", {}, kVariableAttributes},
    ElementDeclaration{"nestedKey", "a field with a record or a list of records", kNestedKeyChildren,
                       kNestedKeyAttributes},
    ElementDeclaration{"list", "a list with one entry for each item", kListChildren, kListAttributes},
    ElementDeclaration{"item", "an entry of a list", kItemChildren, kItemAttributes},
    ElementDeclaration{"array", "a list of simple values", {}, kArrayAttributes},
    ElementDeclaration{"element", "an XML attribute of the field around it", {}, kElementAttributes},
    ElementDeclaration{.name = "condition",
                       .summary = "chooses among branches: <if>, then any number of <else-if>, then at most one <else>",
                       .children = kConditionChildren,
                       .attributes = {},
                       .open = true},
    ElementDeclaration{"if", "first branch of a condition", kBranchChildren, kBranchAttributes},
    ElementDeclaration{"else-if", "further branch of a condition", kBranchChildren, kBranchAttributes},
    ElementDeclaration{.name = "else",
                       .summary = "branch of a condition where no other holds",
                       .children = kBranchChildren,
                       .attributes = {},
                       .open = true},
    ElementDeclaration{.name = "echo",
                       .summary = "a line in the log; in braces: expressions",
                       .children = {},
                       .attributes = {},
                       .open = true,
                       .has_text = true},
    ElementDeclaration{"sourceConstraints", "rules that drop rows of the source", kRulesChildren, {}},
    ElementDeclaration{"mapping", "rules that assign fields before the children run", kRulesChildren, {}},
    ElementDeclaration{"targetConstraints", "rules that assign fields or drop records at the end", kRulesChildren, {}},
    ElementDeclaration{"rule", "one rule", {}, kRuleAttributes},
    ElementDeclaration{
        "reference", "a value of a column of a table or of records in a memstore", {}, kReferenceAttributes},
    ElementDeclaration{"execute", "runs a Python or SQL file", {}, kExecuteAttributes},
    ElementDeclaration{"database", "a connection to a database", {}, kDatabaseAttributes, true, true},
    ElementDeclaration{"mongodb", "a connection to MongoDB", {}, kMongodbAttributes, false, true},
    ElementDeclaration{
        "object-storage", "a connection to an object storage", {}, kObjectStorageAttributes, false, true},
    ElementDeclaration{
        "demographics", "age, sex and conditions of people who are entities", {}, kDemographicsAttributes},
};

constexpr std::array kKinds = {
    KindDeclaration{"text", "any text"},
    KindDeclaration{"name", "any text but the empty one"},
    KindDeclaration{"boolean", "true false 1 0 yes no on off y n t f, in any case"},
    KindDeclaration{"integer", "an optional sign and digits"},
    KindDeclaration{"natural", "digits, at least 1"},
    KindDeclaration{"fraction", "a number from 0 to 1"},
    KindDeclaration{"count", "digits, or {name} of a variable, parameter or property"},
    KindDeclaration{"nested count", "digits, or an expression in braces: {n + 1}"},
    KindDeclaration{"type", "string int float bool"},
    KindDeclaration{"choice", "one of the words given"},
    KindDeclaration{"literals", "Python literals, separated by commas: 'a', 1, None"},
    KindDeclaration{"pattern", "a regular expression"},
    KindDeclaration{"generator", "Name or Name(argument=value, …)"},
    KindDeclaration{"targets", "Name or Name(parameter=value, …), separated by commas"},
    KindDeclaration{"converters", "Name or Name(argument, …), separated by semicolons"},
    KindDeclaration{"date format", "codes of strftime: %Y-%m-%d"},
    KindDeclaration{"expression", "one Python expression"},
    KindDeclaration{"marked text", "a text with variables between marks: __name__"},
};
static_assert(kKinds.size() == static_cast<std::size_t>(MarkedText) + 1);

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

std::span<const KindDeclaration> kinds() { return kKinds; }

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
