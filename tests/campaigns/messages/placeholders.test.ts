import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { commonNames, placeholderProblems } from "../../../svc/campaigns/messages/content-names.ts";
import { askedNames } from "../../../svc/lib/templates/placeholders.ts";

const CASES: [template: string, asked: Record<string, "shown" | "tested">][] = [
  ["Hello {{ first_name }}", { first_name: "shown" }],
  ["Hello {{ first_nme | default: 'there' }}", {}],
  ["Hello {{ nick | upcase | default: 'there' | append: '!' }}", {}],
  ["Hello {{ nick | append: '!' | default: 'there' }}", { nick: "shown" }],
  ["{{ a | default: b }}", {}],
  ["{{ 'Hi ' | append: nick }}", { nick: "shown" }],
  ["{% if nick %}Hi {{ nick }}{% else %}Hi{% endif %}", { nick: "tested" }],
  [
    "{% if vip == 'yes' and city %}{{ city }}{% elsif town %}{{ town }}{% endif %}",
    { vip: "tested", city: "tested", town: "tested" },
  ],
  ["{% unless nick %}Hi{% endunless %}{{ nick }}", { nick: "shown" }],
  ["{% if a %}{{ b }}{% endif %}", { a: "tested", b: "shown" }],
  ["{% case plan %}{% when 'gold' %}{{ plan }}{% when other %}x{% endcase %}", { plan: "tested", other: "tested" }],
  ["{% assign name = nick | default: 'there' %}Hi {{ name }}", {}],
  ["{% assign name = nick %}Hi {{ name }}", { nick: "shown" }],
  ["{% if a %}{% assign b = 'x' %}{% endif %}{{ b }}", { a: "tested" }],
  ["{% capture greeting %}Hi {{ nick }}{% endcapture %}{{ greeting }}", { nick: "shown" }],
  ["{% for i in (1..3) %}{{ i }}{{ forloop.index }}{% endfor %}{{ i }}", { i: "shown" }],
  ["{% for part in parts %}{{ part }}{% endfor %}", { parts: "shown" }],
  ["{{ first_name.size }} {{ row['x'] }}", { first_name: "shown", row: "shown" }],
  ["{% liquid\n echo nick\n %}", { nick: "shown" }],
  ["{% comment %}{{ nothing }}{% endcomment %}{% raw %}{{ nothing }}{% endraw %}", {}],
  ["{{ blank }} {{ empty }} {{ nil }} {{ true }} {{ 'text' }} {{ 12 }}", {}],
  ["{{ unclosed", {}],
];

for (const [template, asked] of CASES)
  test(`${JSON.stringify(template)} asks for ${Object.keys(asked).join(", ") || "nothing"}`, () =>
    assert.deepEqual(Object.fromEntries(askedNames(template)), asked));

const known = (...names: string[]) => new Set(["first_name", "last_name", "client_id", ...names]);
const content = (text: string, channel: Channel = Channel.CHANNEL_SMS) => ({
  channel,
  content: { from: "", subject: "", text, html: "" },
});

test("a name that no list has is told with the nearest one and with what would be right", () => {
  const lists = new Map([["one", known("City")]]);
  const [typo, other] = placeholderProblems(content("{{ first_nme }} {{ balance }}"), lists, { askedIn: askedNames });
  assert.deepEqual(
    [typo?.field, typo?.name, typo?.nearest, typo?.preventsStart],
    ["text", "first_nme", "first_name", true],
  );
  assert.match(typo?.explanation ?? "", /Did you mean first_name\?.*\{\{ first_nme \| default: "there" \}\}/);
  assert.deepEqual([other?.name, other?.nearest], ["balance", ""]);
  assert.deepEqual(
    placeholderProblems(content("{{ city }}"), lists, { askedIn: askedNames }).map(({ nearest }) => nearest),
    ["City"],
    "names are told apart by case, as in the message",
  );
});

test("a name that only some of the lists have prevents a start too; one that is only tested does not", () => {
  const lists = new Map([
    ["one", known("city")],
    ["two", known()],
  ]);
  const [shown] = placeholderProblems(content("{{ city }}"), lists, { askedIn: askedNames });
  assert.deepEqual([shown?.contactListIds, shown?.preventsStart, shown?.nearest], [["two"], true, ""]);
  const [tested] = placeholderProblems(content("{% if city %}from {{ city }}{% endif %}"), lists, {
    askedIn: askedNames,
  });
  assert.deepEqual([tested?.preventsStart], [false]);
  assert.deepEqual(placeholderProblems(content("{{ first_name }}"), lists, { askedIn: askedNames }), []);
});

test("the link to unsubscribe has a value in every email, and in no SMS", () => {
  const lists = new Map([["one", known()]]);
  const text = "{{ unsubscribe_url }}";
  const names = (given: ReturnType<typeof content>, of = lists) =>
    placeholderProblems(given, of, { askedIn: askedNames }).map(({ name }) => name);
  assert.deepEqual(names(content(text)), ["unsubscribe_url"]);
  assert.deepEqual(names(content(text, Channel.CHANNEL_EMAIL)), []);
  assert.deepEqual(names(content(text, Channel.CHANNEL_EMAIL), new Map()), [], "also before a list is chosen");
  assert.ok(commonNames(lists, Channel.CHANNEL_EMAIL).includes("unsubscribe_url"));
});
