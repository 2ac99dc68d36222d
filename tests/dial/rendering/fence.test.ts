/** Templates that need more time or memory than a message may: only their own group stops. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { StallReason } from "../../../gen/herald/campaigns/v1/progress.ts";
import { until } from "../../lib/harness.ts";
import {
  attemptsOf,
  boot,
  emailGroup,
  emails,
  makeList,
  office,
  progressOf,
  startGroup,
  untilFinished,
} from "../boot.ts";

const repeated = (count: number, part: (i: number) => string, between = "") =>
  Array.from({ length: count }, (_, i) => part(i)).join(between);

/** A text of 32 MB that needs no memory at first: it is joined from parts, and copied only when something reads it. */
const ROPE = `{% capture a %}${"x".repeat(32)}{% endcapture %}{% for i in (1..20) %}{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}`;

const ATTACKS: Readonly<Record<string, string>> = {
  "memory of many ropes":
    ROPE +
    repeated(60, (i) => `{% capture b${i} %}{{ a }}{{ a }}${i}{% endcapture %}`) +
    `{% if ${repeated(60, (i) => `b${i} contains 'zz'`, " or ")} %}y{% endif %}x`,
  "a rope that grows in a loop":
    "{% assign a = 'x' %}{% for i in (1..60) %}{% capture a %}x{{ a }}{{ a }}{% endcapture %}{% endfor %}x",
  "an endless loop": "{% for i in (1..10000) %}{% for j in (1..10000) %}{% endfor %}{% endfor %}x",
  "a loop inside captures":
    "{% assign a = 'x' %}" +
    repeated(30, () => "{% capture a %}{% for i in (1..900) %}") +
    "{{ a }}x" +
    repeated(30, () => "{% endfor %}{% endcapture %}"),
  "huge output": "{% for i in (1..100000) %}0123456789012345678901234567890123456789{% endfor %}",
  "huge output at once": `${ROPE}{{ a }}`,
  "deep nesting": `${"{% if true %}".repeat(300)}x${"{% endif %}".repeat(300)}${"{% for i in (1..9) %}".repeat(9)}x${"{% endfor %}".repeat(9)}`,
  "filters that read all of it": `${ROPE}{{ a | strip_html | split: "" | reverse | join: "" | replace: "x", a | size }}`,
  "huge numbers": "{% for i in (1..99999999999) %}x{% endfor %}",
  "numbers that grow":
    "{% for i in (1..100000) %}{{ 9999999999 | times: 9999999999999999 | times: 9999999999999999 | plus: i }}{% endfor %}",
};

void suite("templates that attack", () => {
  test("each stops its own group, which says why; other groups and tenants are reached, and a mended one too", async (t) => {
    const at = await boot(t);
    const [attacker, neighbour] = [await office(t, at), await office(t, at)];
    const lists = at.database("lists");
    const victims = await makeList(lists, attacker, emails(5, "victim"));
    const ids: string[] = [];
    for (const [name, text] of Object.entries(ATTACKS))
      ids.push(
        await startGroup(
          attacker,
          emailGroup([victims], { name, content: { from: "", subject: "x", text, html: "" } }),
        ),
      );
    const own = await startGroup(attacker, emailGroup([await makeList(lists, attacker, emails(300, "own"))]));
    const other = await startGroup(neighbour, emailGroup([await makeList(lists, neighbour, emails(600, "other"))]));

    assert.equal((await untilFinished(neighbour, other)).attemptsByResult["sent"], 600);
    assert.equal((await untilFinished(attacker, own)).attemptsByResult["sent"], 300);
    for (const [i, campaignGroupId] of ids.entries()) {
      const name = Object.keys(ATTACKS)[i] ?? "";
      const stall = await until(
        async () =>
          (await progressOf(attacker, campaignGroupId)).stalls.find(
            ({ reason }) => reason === StallReason.STALL_REASON_CONTENT_INVALID,
          ),
        { what: `${name} is stopped` },
      );
      if (i === 0) assert.match(stall.explanation, /takes more memory than/, "its process was ended");
      assert.match(stall.explanation, /too long|time or memory|than a message may|does not parse/, name);
      assert.deepEqual(await attemptsOf(attacker, campaignGroupId), [], `${name}: nobody is refused for it`);
    }

    const [mended = ""] = ids;
    const { campaignGroup } = await attacker.groups.getCampaignGroup({ campaignGroupId: mended });
    await attacker.groups.updateCampaignGroup({
      campaignGroup: { ...campaignGroup, content: { from: "", subject: "x", text: "Hello", html: "" } },
      updateMask: ["content"],
    });
    assert.equal((await untilFinished(attacker, mended)).attemptsByResult["sent"], 5);
    for (const campaignGroupId of ids.slice(1)) await attacker.groups.stopCampaignGroup({ campaignGroupId });
  });
});
