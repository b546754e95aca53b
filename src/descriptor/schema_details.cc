#include "descriptor/schema_details.h"

#include <algorithm>

namespace mimus {
namespace {

struct Details {
  std::string_view element;
  std::string_view text;  // Markdown; examples are whole descriptors that the checker accepts
};

constexpr Details kDetails[] = {
    {"setup", R"md(
Its elements are carried out in their order. Attributes that an included descriptor gives on its own `<setup>` hold for that
descriptor; those it does not give are inherited. An empty text counts as not given.
)md"},
    {"include", R"md(
A `.properties` file holds a `key=value` a line; lines that begin with `#` are skipped. Its properties replace `{key}` in attributes
further down, and are names in expressions; later ones win, and what an included descriptor reads stays inside of it. An `.xml`
descriptor runs at this place and shares variables and memstores. `uri="{expression}"` is known only when it runs. Inside of a
`<generate>` a descriptor runs once for each record, and sees its fields and variables as variables of the setup.

```xml
<setup>
  <include uri="conf/sizes.properties"/>
  <include uri="script/customers.xml"/>
</setup>
```
)md"},
    {"memstore", R"md(
```xml
<setup>
  <memstore id="store"/>
  <generate name="product" count="10" target="store">
    <key name="id" generator="IncrementGenerator"/>
  </generate>
  <generate name="order" count="100" target="CSV">
    <variable name="p" source="store" type="product" cyclic="true"/>
    <key name="product" script="p.id"/>
  </generate>
</setup>
```
)md"},
    {"database", R"md(
The id is a source of `<generate>`, `<variable>` and `<nestedKey>`, a target, the source of a `<reference>`, and the target of an
`<execute>`. Settings may stand in `conf/environment.env.properties` beside the descriptor, or in another file that `environment` names:
`<id>.db.database=air`; they go before the attributes. With `dbms="sqlite"` the database is the file `db/<database>.sqlite`, made
when it is missing. [Databases](databases.md) tells more.

```xml
<setup>
  <database id="air" dbms="sqlite" database="air"/>
  <execute uri="script/tables.sql" target="air"/>
  <generate name="pilot" count="10" target="air">
    <key name="id" generator="IncrementGenerator"/>
    <key name="name" pattern="[A-Z][a-z]{4}"/>
  </generate>
  <generate name="flight" count="100" target="CSV">
    <reference name="pilot_id" source="air" sourceType="pilot" sourceKey="id"/>
  </generate>
</setup>
```
)md"},
    {"execute", R"md(
A file of SQL is one transaction. Its text is like an f-string: `{expression}` stands for the text of a value, `{{` and `}}` for braces.
In a `<nestedKey>` or a branch of a `<condition>` it is carried out for each record.
)md"},
    {"generator", R"md(
```xml
<setup>
  <generator name="dice" generator="IntegerGenerator(min=1, max=6)"/>
  <generate name="throw" count="5">
    <key name="first" generator="dice"/>
    <key name="second" generator="dice"/>
  </generate>
</setup>
```
)md"},
    {"generate", R"md(
One of `count`, `source`, `script` must be given; `source` and `script` exclude each other. With a source each record starts as a copy
of its row, and its elements add or overwrite fields. A source that is not cyclic ends the generate, whatever the count says.
`cyclic`, `separator`, `sourceScripted` and `selector` need a source; `type` and `selector` exclude each other.

With `sourceScripted` a text of the source that is `{expression}` as a whole becomes the value of the expression, with its type; in other
texts variables between the marks are replaced, as in `string`. The expression may name what the setup knows, and then the elements
see its value; or fields and variables of the record, and then it is evaluated at the end.
)md"},
    {"key", R"md(
Exactly one way to the value: `script`, `constant`, `string`, `values`, `generator`, `source`, `pattern`, or `type` alone. `string` may
stand beside another one; a script or constant goes before it, the others after it. `defaultValue` needs a script. After the way come
`inDateFormat`, `outDateFormat`, `type` and the converters, in this order.

```xml
<setup>
  <generate name="user" count="3" target="JSON">
    <key name="id" generator="IncrementGenerator"/>
    <key name="plan" values="'free', 'team'"/>
    <key name="code" pattern="[A-Z]{3}-[0-9]{4}" nullQuota="0.1"/>
    <key name="even" script="id % 2 == 0"/>
    <key name="address|city" constant="Berlin"/>
  </generate>
</setup>
```
)md"},
    {"variable", R"md(
Exactly one way to the value, as with `<key>`, or a source whose next row it is for each record: columns are `name.column`. A source
that is not cyclic ends the records at its end. In `<setup>` it is evaluated once, and a parameter of the run of the same name goes
before it.
)md"},
    {"nestedKey", R"md(
`type="list"` needs `count`, `minCount`, `maxCount` or a source; `minCount` alone means up to five more, `maxCount` alone down to five
less. `type="dict"` is one record. Without a type the record in the field of that name is extended. Beside `script` there is neither
`type`, `source`, `sourceScripted` nor `separator`. Names inside are `name.field`.

```xml
<setup>
  <generate name="order" count="2" target="JSON">
    <nestedKey name="items" type="list" minCount="1" maxCount="3">
      <key name="pos" generator="IncrementGenerator"/>
      <key name="double" script="items.pos * 2"/>
    </nestedKey>
  </generate>
</setup>
```
)md"},
    {"list", R"md(
```xml
<setup>
  <generate name="g" count="1">
    <list name="contacts">
      <item><key name="kind" constant="mail"/></item>
      <item condition="False"><key name="kind" constant="phone"/></item>
    </list>
  </generate>
</setup>
```
)md"},
    {"item", R"md(
Where the condition is false the entry is null. The fields of an item cannot see each other.
)md"},
    {"array", R"md(
Either `type` and `count`, for random values, or `script`.
)md"},
    {"element", R"md(
XML targets write it as an attribute; others leave it out. In records and scripts it is the field `@name`, and the value of a
`<key>` with attributes is `#text` beside them; where every element of a key is left out by its condition, the key stays a plain
value. A counter gives its start every time.

```xml
<setup>
  <generate name="book" count="2" target="XML">
    <key name="price" script="9.5"><element name="currency" constant="EUR"/></key>
    <nestedKey name="author" type="dict">
      <key name="name" constant="Ada"/>
      <element name="born" constant="1815"/>
    </nestedKey>
  </generate>
</setup>
```
)md"},
    {"condition", R"md(
The elements of the first branch whose condition holds are carried out as if they stood in its place. What is true is Python's truth.

```xml
<setup>
  <generate name="g" count="10">
    <key name="n" generator="IncrementGenerator"/>
    <condition>
      <if condition="n % 15 == 0"><key name="say" constant="fizzbuzz"/></if>
      <else-if condition="n % 3 == 0"><key name="say" constant="fizz"/></else-if>
      <else><key name="say" script="str(n)"/></else>
    </condition>
  </generate>
</setup>
```
)md"},
    {"echo", R"md(
The text is that of a Python f-string where it holds braces: `<echo>{n} records of {name!r}</echo>`.
)md"},
    {"sourceConstraints", R"md(
The rules look at the rows of the source, and at what the setup knows. A row for which `if` holds and `then` does not is dropped before
anything else happens: counters and cyclic sources know the rows that are left only. The count is that of the rows before, so that
there are fewer records.
)md"},
    {"mapping", R"md(
Where `if` holds the field is assigned, before the other elements run; rules in their order, later ones see what earlier ones made.
)md"},
    {"targetConstraints", R"md(
The rules are applied when the record is complete: they assign fields, or drop the record where `if` holds and `then`, a condition,
does not.
)md"},
    {"reference", R"md(
A value of one of the records that are there, each as likely; with `unique="true"` no value comes twice in the records of a generate,
and there must be enough of them.

```xml
<setup>
  <memstore id="store"/>
  <generate name="user" count="5" target="store"><key name="id" generator="IncrementGenerator"/></generate>
  <generate name="login" count="20" target="CSV">
    <reference name="user_id" source="store" sourceType="user" sourceKey="id"/>
  </generate>
</setup>
```
)md"},
    {"rule", R"md(
Names in a rule are the fields of the record first. A comparison is `a == b`; `a = b` assigns, and `a.b = c` assigns inside of a record.

```xml
<setup>
  <generate name="g" source="people.csv" target="CSV">
    <sourceConstraints><rule if="country == 'DE'" then="int(age) >= 18"/></sourceConstraints>
    <mapping><rule if="True" then="name = name.upper()"/></mapping>
  </generate>
</setup>
```
)md"},
};

}  // namespace

std::string_view element_details(std::string_view element) {
  const auto* found = std::ranges::find(kDetails, element, &Details::element);
  return found == std::end(kDetails) ? std::string_view() : found->text;
}

}  // namespace mimus
