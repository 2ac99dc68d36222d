import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { commonNames, type NamesOfLists, placeholderProblems } from "../../../svc/campaigns/messages/content-names.ts";
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
/** The problems of a text of a group's own. */
const problemsOf = (template: string, lists: NamesOfLists, channel: Channel = Channel.CHANNEL_SMS) =>
  placeholderProblems(
    { parts: [{ field: "text", template }], askedIn: askedNames, hasDefault: () => false, needed: [] },
    lists,
    channel,
  );

test("a name that no list has is told with the nearest one and with what would be right", () => {
  const lists = new Map([["one", known("City")]]);
  const [typo, other] = problemsOf("{{ first_nme }} {{ balance }}", lists);
  assert.deepEqual(
    [typo?.field, typo?.name, typo?.nearest, typo?.preventsStart],
    ["text", "first_nme", "first_name", true],
  );
  assert.match(typo?.explanation ?? "", /Did you mean first_name\?.*\{\{ first_nme \| default: "there" \}\}/);
  assert.deepEqual([other?.name, other?.nearest], ["balance", ""]);
  assert.deepEqual(
    problemsOf("{{ city }}", lists).map(({ nearest }) => nearest),
    ["City"],
    "names are told apart by case, as in the message",
  );
});

test("a name that only some of the lists have prevents a start too; one that is only tested does not", () => {
  const lists = new Map([
    ["one", known("city")],
    ["two", known()],
  ]);
  const [shown] = problemsOf("{{ city }}", lists);
  assert.deepEqual([shown?.contactListIds, shown?.preventsStart, shown?.nearest], [["two"], true, ""]);
  const [tested] = problemsOf("{% if city %}from {{ city }}{% endif %}", lists);
  assert.deepEqual([tested?.preventsStart], [false]);
  assert.deepEqual(problemsOf("{{ first_name }}", lists), []);
});

test("a message template answers for names that it has a default for, and needs those that it refuses records without", () => {
  const lists = new Map([["one", known()]]);
  const parts = [{ field: "de.text", template: "{{ plan }} {% if vip %}!{% endif %} {{ city }}" }];
  const hasDefault = (name: string) => name === "plan";
  const problems = placeholderProblems(
    { parts, askedIn: askedNames, hasDefault, needed: ["vip", "code"] },
    lists,
    Channel.CHANNEL_SMS,
  );
  assert.deepEqual(
    problems.map(({ field, name, preventsStart }) => [field, name, preventsStart]),
    [
      ["de.text", "vip", true],
      ["de.text", "city", true],
      ["fields", "code", true],
    ],
  );
});

test("the link to unsubscribe has a value in every email, and in no SMS", () => {
  const lists = new Map([["one", known()]]);
  const text = "{{ unsubscribe_url }}";
  const names = (channel: Channel, of: NamesOfLists = lists) => problemsOf(text, of, channel).map(({ name }) => name);
  assert.deepEqual(names(Channel.CHANNEL_SMS), ["unsubscribe_url"]);
  assert.deepEqual(names(Channel.CHANNEL_EMAIL), []);
  assert.deepEqual(names(Channel.CHANNEL_EMAIL, new Map()), [], "also before a list is chosen");
  assert.ok(commonNames(lists, Channel.CHANNEL_EMAIL).includes("unsubscribe_url"));
});
