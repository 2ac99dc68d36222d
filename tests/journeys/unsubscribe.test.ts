/** From an email in somebody's mailbox to the page behind its link, and back to a campaign that leaves them out: only through Envoy. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { CampaignGroupInput } from "../../gen/rest.ts";
import { until } from "../lib/harness.ts";
import { bootPlatform, ok } from "../lib/platform.ts";
import { allowAtOnce, importList, startGroup, untilFinished } from "./journey.ts";
import { asCsv, makePeople } from "./people.ts";

/** One click needs https (RFC 8058); the edge of the test is reached without. */
const PUBLIC_URL = "https://herald.example.com";
const FORM = { "content-type": "application/x-www-form-urlencoded" };

test("a person unsubscribes through the edge, with a mail program's request and on the page", async (t) => {
  const booted = await bootPlatform(t, { HERALD_ADDRESS_RATE: "40", HERALD_PUBLIC_URL: PUBLIC_URL });
  const { platform, carriers } = booted;
  const people = makePeople(4);
  const [ann, bob] = people.map(({ email }) => email) as [string, string];
  const { contactListId } = await importList(booted, "Readers", asCsv(people));
  await allowAtOnce(booted);
  const sendNews = async (name: string) => {
    const content = { subject: "News", text: "News! {{ unsubscribe_url }}" };
    const group = {
      name,
      channel: "CHANNEL_EMAIL",
      contactListIds: [contactListId],
      content,
    } satisfies CampaignGroupInput;
    return untilFinished(booted, await startGroup(booted, group), 60_000);
  };
  const linkFor = async (to: string) => {
    const { messages } = await carriers<{ messages: { headers: Record<string, string>; text: string }[] }>(
      `/email/messages?to=${encodeURIComponent(to)}`,
    );
    const [{ headers, text } = { headers: {}, text: "" }] = messages;
    const link = /^<(http[^>]+)>$/.exec(headers["list-unsubscribe"] ?? "")?.[1] ?? "";
    assert.ok(text.includes(link), text);
    assert.ok(link.startsWith(`${PUBLIC_URL}/u/`), link);
    assert.equal(headers["list-unsubscribe-post"], "List-Unsubscribe=One-Click");
    return link.replace(PUBLIC_URL, platform.edgeUrl);
  };
  const refusalOf = async (contactInfo: string) => {
    const body = { check: { channel: "CHANNEL_EMAIL", contactInfo } } as const;
    return ok(await booted.rest.POST("/v1/attempt-checks", { body })).decision?.reason;
  };
  await sendNews("First news");
  const [annsLink, bobsLink] = [await linkFor(ann), await linkFor(bob)];

  await t.test(
    "the page is for people alone: not kept, not framed, without script, and it tells nobody where they came from",
    async () => {
      const answer = await fetch(annsLink, { headers: { "accept-language": "de-AT, en;q=0.5" } });
      assert.equal(answer.status, 200);
      const header = (name: string) => answer.headers.get(name);
      assert.deepEqual(
        [header("content-type"), header("cache-control"), header("referrer-policy"), header("x-content-type-options")],
        ["text/html; charset=utf-8", "no-store", "no-referrer", "nosniff"],
      );
      assert.match(header("content-security-policy") ?? "", /^default-src 'none'; style-src 'sha256-/);
      assert.equal(header("x-herald-status"), null);
      assert.match(await answer.text(), /<html lang="de">/);
    },
  );

  await t.test(
    "whoever follows every link of an email, also with parameters of their own, changes nothing",
    async () => {
      for (const method of ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
        assert.notEqual((await fetch(`${annsLink}?utm_source=mail&utm_id=%20x`, { method })).status, 500, method);
      const head = await fetch(annsLink, { method: "HEAD" });
      assert.deepEqual([head.status, head.headers.get("cache-control")], [200, "no-store"]);
      const parameters = await fetch(`${annsLink}?lang=fr&fbclid=abc`);
      assert.match(await parameters.text(), /<html lang="fr">[\s\S]*Quels messages/);
    },
  );

  await t.test("a link that is not ours is 404, with a friendly page", async () => {
    for (const wrong of [
      annsLink.slice(0, -2),
      `${platform.edgeUrl}/u/example`,
      `${platform.edgeUrl}/u/a.b`,
      `${annsLink}%C3%A4`,
    ]) {
      for (const init of [{}, { method: "POST", headers: FORM, body: "List-Unsubscribe=One-Click" }]) {
        const answer = await fetch(wrong, init);
        assert.equal(answer.status, 404, wrong);
        assert.match(await answer.text(), /This link does not work/);
      }
    }
  });

  await t.test("a mail program's request and the page's form stop what comes next; both may come twice", async () => {
    const multipart = new FormData();
    multipart.set("List-Unsubscribe", "One-Click");
    const clicks = await Promise.all([
      fetch(annsLink, { method: "POST", headers: FORM, body: "List-Unsubscribe=One-Click" }),
      fetch(annsLink, { method: "POST", headers: FORM, body: "List-Unsubscribe=One-Click" }),
      fetch(annsLink, { method: "POST", body: multipart }),
      fetch(annsLink, { method: "POST" }),
      fetch(bobsLink, { method: "POST", headers: FORM, body: "choice=program" }),
    ]);
    for (const answer of clicks) {
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), /You are unsubscribed/);
    }
    // In force within a second; people who are queued before that are refused at the attempt.
    for (const contactInfo of [ann, bob])
      await until(async () => (await refusalOf(contactInfo)) === "REFUSAL_REASON_SUPPRESSED_DEVICE");
    const progress = await sendNews("More news");
    assert.deepEqual([Number(progress.attempted), progress.leftOutByReason], [2, { suppressed_device: "2" }]);
    const undone = await fetch(bobsLink, { method: "POST", headers: FORM, body: "choice=undo" });
    assert.match(await undone.text(), /You are subscribed again/);
  });

  await t.test("the access log has no tokens", async () => {
    const log = await until(async () => {
      const text = await readFile(join(platform.settings.dataDir, "logs", "access.log"), "utf8").catch(() => "");
      return text.includes('"/u/…"') && text.includes("/v1/campaign-groups") && text;
    });
    assert.ok(!log.includes(annsLink.split("/u/")[1] ?? ""), "a token is for its owner alone");
  });

  await t.test("nobody tries tokens without end", async () => {
    const answers = await Promise.all(Array.from({ length: 400 }, (_, i) => fetch(`${platform.edgeUrl}/u/guess${i}`)));
    const refused = answers.filter((answer) => answer.status === 429);
    assert.ok(refused.length >= 100, `${refused.length} of 400 were refused`);
    await Promise.all(answers.map((answer) => answer.arrayBuffer()));
  });
});
