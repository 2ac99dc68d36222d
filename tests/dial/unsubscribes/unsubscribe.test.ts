/** Unsubscribing from email: what people click and mail programs send, from the link in a real email to the next attempt. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { HttpBody } from "../../../gen/google/api/httpbody.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { Purpose } from "../../../gen/herald/common/v1/purpose.ts";
import { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import { Verdict } from "../../../gen/herald/compliance/v1/decision.ts";
import { InteractionDirection } from "../../../gen/herald/contacts/v1/interaction.ts";
import { OptOutScope } from "../../../gen/herald/dial/v1/opt_out.ts";
import { OptOutServiceDefinition } from "../../../gen/herald/dial/v1/opt_out_service.ts";
import { SessionServiceDefinition } from "../../../gen/herald/dial/v1/session_service.ts";
import { UnsubscribeServiceDefinition } from "../../../gen/herald/dial/v1/unsubscribe_service.ts";
import { TenantServiceDefinition } from "../../../gen/herald/identity/v1/tenant_service.ts";
import { linkTokens } from "../../../svc/dial/unsubscribes/link-token.ts";
import { meshClient, newId, nobodysClient, rejectsWith, status, until, userClient } from "../../lib/harness.ts";
import { dialIn, emailGroup, makeList, office, type Office, startGroup, untilFinished, world } from "../boot.ts";

const KEY = "the first key of links of more than thirty-two bytes";
const NEXT_KEY = "the next key of links of more than thirty-two bytes";
const LINKS = { HERALD_PUBLIC_URL: "https://herald.example.com", DIAL_LINK_KEYS: KEY };
const CONTENT = { from: "", subject: "News", text: "Hello. Unsubscribe: {{ unsubscribe_url }}", html: "" };

test("unsubscribing", async (file) => {
  const at = await world(file);
  let dial = await dialIn(file, at, LINKS);
  const listsDb = at.database("lists");
  const pages = nobodysClient(file, at.addresses.dial, UnsubscribeServiceDefinition);

  /** Sends one email to each of these addresses, and gives what arrived. */
  async function send(tenant: Office, addresses: string[], more: object = {}) {
    const list = await makeList(
      listsDb,
      tenant,
      addresses.map((email) => ({ email })),
    );
    const groupId = await startGroup(tenant, emailGroup([list], { content: CONTENT, ...more }));
    const progress = await untilFinished(tenant, groupId);
    const emails = addresses.map((to) => at.simulators.inbox.arrivals.list({ to, limit: 1 })[0]?.raw ?? "");
    return { list, groupId, progress, emails };
  }
  const linkIn = (raw: string) => /https:\/\/[^\s>"]+\/u\/[\w=\r\n-]+/.exec(raw)?.[0].replaceAll("=\r\n", "") ?? "";
  const tokenIn = (raw: string) => linkIn(raw).split("/u/")[1] ?? "";
  const html = ({ data }: HttpBody) => Buffer.from(data).toString();
  const show = async (token: string, lang = "en") => html(await pages.showUnsubscribePage({ token, lang }));
  const post = async (token: string, body: string) =>
    html(
      await pages.unsubscribe({
        token,
        lang: "en",
        form: { contentType: "application/x-www-form-urlencoded", data: Buffer.from(body), extensions: [] },
      }),
    );
  const oneClick = (token: string) => post(token, "List-Unsubscribe=One-Click");
  const isAllowed = async ({ mesh }: Office, contactInfo: string) => {
    const check = AttemptCheck.fromPartial({ channel: Channel.CHANNEL_EMAIL, contactInfo, country: "US" });
    return (await mesh.checks.checkAttempt({ check })).decision?.verdict === Verdict.VERDICT_ALLOWED;
  };
  /** Waits until attempts are refused, or allowed again, and gives the milliseconds that it took. */
  async function untilAllowed(tenant: Office, address: string, isRight: boolean): Promise<number> {
    const from = performance.now();
    await until(async () => (await isAllowed(tenant, address)) === isRight);
    return performance.now() - from;
  }
  const clicksOf = async (tenant: Office, contactInfo: string) =>
    (await tenant.interactions.searchInteractions({ contactInfo })).interactions.filter(
      ({ direction }) => direction === InteractionDirection.INTERACTION_DIRECTION_INBOUND,
    );

  await file.test(
    "an email for marketing says in its headers how to unsubscribe; its text may say it too",
    async (t) => {
      const tenant = await office(t, at);
      const [marketing = ""] = (await send(tenant, ["market@example.com"])).emails;
      const link = linkIn(marketing);
      assert.match(link, /^https:\/\/herald\.example\.com\/u\/[\w-]{100,}$/);
      assert.ok(marketing.includes(`\r\nList-Unsubscribe:\r\n <${link}>\r\n`), marketing.slice(0, 900));
      assert.ok(marketing.includes("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
      assert.ok(marketing.split("\r\n\r\n")[1]?.includes("Unsubscribe: https:"), "the same link is in the text");
      const [receipt = ""] = (await send(tenant, ["receipt@example.com"], { purpose: Purpose.PURPOSE_TRANSACTIONAL }))
        .emails;
      assert.doesNotMatch(receipt, /^List-Unsubscribe/m, "a receipt is no advertising");
      assert.notEqual(linkIn(receipt), "", "but may say it in its text");
    },
  );

  await file.test("links lead to the tenant's own host, and the page has its name, colour and language", async (t) => {
    const tenant = await office(t, at);
    const tenants = meshClient(t, at.addresses.identity, TenantServiceDefinition, tenant.tenantId);
    const change = { displayName: "Blue & Co", linkHost: "news.blue.example", accentColor: "#0a7d33", locale: "de-DE" };
    await tenants.updateTenant({ tenant: change });
    const [raw = ""] = (await send(tenant, ["blue@example.com"])).emails;
    assert.match(linkIn(raw), /^https:\/\/news\.blue\.example\/u\//);
    const page = await show(tokenIn(raw), "");
    assert.match(page, /<html lang="de">[\s\S]*#0a7d33[\s\S]*Welche Nachrichten von Blue &amp; Co sollen aufhören\?/);
    assert.match(await show(tokenIn(raw), "fr"), /<html lang="fr">/);
    assert.doesNotMatch(page, /blue@example\.com/, "a link shows no address to whoever has it");
  });

  await file.test("programs that open every link change nothing", async (t) => {
    const tenant = await office(t, at);
    const [raw = ""] = (await send(tenant, ["scanned@example.com"])).emails;
    for (let i = 0; i < 20; i++) assert.match(await show(tokenIn(raw)), /Which messages from/);
    assert.equal(await isAllowed(tenant, "scanned@example.com"), true);
    assert.deepEqual(await clicksOf(tenant, "scanned@example.com"), []);
  });

  await file.test(
    "one click holds within a second, for every list of this tenant and for no other tenant",
    async (t) => {
      const [tenant, other] = [await office(t, at), await office(t, at)];
      const [raw = ""] = (await send(tenant, ["ann@example.com", "bob@example.com"])).emails;
      assert.match(await oneClick(tokenIn(raw)), /You are unsubscribed/);
      const took = await untilAllowed(tenant, "ann@example.com", false);
      assert.ok(took < 1_000, `${took} ms`);
      assert.equal(await isAllowed(tenant, "bob@example.com"), true);
      assert.equal(await isAllowed(other, "ann@example.com"), true);
      assert.match(await show(tokenIn(raw)), /You are unsubscribed/);
      const [click] = await until(
        async () => (await clicksOf(tenant, "ann@example.com")).length > 0 && clicksOf(tenant, "ann@example.com"),
      );
      assert.equal(click?.subject, "Unsubscribed from everything");
    },
  );

  await file.test("many clicks, one after another and at the same time, are one", async (t) => {
    const tenant = await office(t, at);
    const [raw = ""] = (await send(tenant, ["often@example.com"])).emails;
    const answers = await Promise.all(Array.from({ length: 8 }, () => oneClick(tokenIn(raw))));
    for (const answer of [...answers, await oneClick(tokenIn(raw))]) assert.match(answer, /You are unsubscribed/);
    await until(async () => (await clicksOf(tenant, "often@example.com")).length > 0);
    assert.equal((await clicksOf(tenant, "often@example.com")).length, 1);
  });

  await file.test("it can be undone right there; a link undoes what it did itself, and nothing else", async (t) => {
    const tenant = await office(t, at);
    const [first = ""] = (await send(tenant, ["undo@example.com"])).emails;
    const [second = ""] = (await send(tenant, ["undo@example.com"])).emails;
    await oneClick(tokenIn(first));
    await untilAllowed(tenant, "undo@example.com", false);
    assert.match(await post(tokenIn(second), "choice=undo"), /You are subscribed again/);
    assert.match(await show(tokenIn(first)), /You are unsubscribed/);
    assert.equal(await isAllowed(tenant, "undo@example.com"), false, "another link undoes nothing");
    assert.match(await post(tokenIn(first), "choice=undo"), /You are subscribed again/);
    await untilAllowed(tenant, "undo@example.com", true);
    await post(tokenIn(first), "choice=undo");
    await post(tokenIn(first), "choice=program");
    await untilAllowed(tenant, "undo@example.com", false);
    assert.match(await post(tokenIn(first), "choice=everything"), /no more advertising/);
  });

  await file.test("where one click stops emails alone, the page says so and offers to stop the rest", async (t) => {
    const tenant = await office(t, at);
    const who = { tenantId: tenant.tenantId, permissions: ["optouts.read", "optouts.write"] };
    const policy = await userClient(t, at.addresses.dial, OptOutServiceDefinition, who);
    await policy.updateOptOutPolicy({ optOutPolicy: { scope: OptOutScope.OPT_OUT_SCOPE_CHANNEL } });
    const [raw = ""] = (await send(tenant, ["half@example.com"])).emails;
    const page = await oneClick(tokenIn(raw));
    assert.match(page, /no more advertising from [^<]* by email/);
    assert.match(page, /value="undo"[\s\S]*value="everything"/);
    await untilAllowed(tenant, "half@example.com", false);
    assert.match(await post(tokenIn(raw), "choice=program"), /by email/, "that is stopped already");
    const all = await post(tokenIn(raw), "choice=everything");
    assert.match(all, /no more advertising from [^<]*\.</);
    assert.doesNotMatch(all, /by email|value="everything"/);
    const { optOuts } = await policy.listOptOuts({ contactInfo: "half@example.com" });
    assert.deepEqual(
      new Set(optOuts.map(({ scope }) => scope)),
      new Set([OptOutScope.OPT_OUT_SCOPE_CHANNEL, OptOutScope.OPT_OUT_SCOPE_EVERYTHING]),
    );
    const clicks = await until(async () => {
      const found = await clicksOf(tenant, "half@example.com");
      return found.length === 2 && found;
    });
    assert.deepEqual(clicks.map(({ subject }) => subject).toSorted(), [
      "Unsubscribed from all emails",
      "Unsubscribed from everything",
    ]);
    await post(tokenIn(raw), "choice=undo");
    await untilAllowed(tenant, "half@example.com", true);
  });

  await file.test("a wrong link gives a friendly page, the same for all, and tells nothing", async (t) => {
    const tenant = await office(t, at);
    const [raw = ""] = (await send(tenant, ["real@example.com"])).emails;
    const real = tokenIn(raw);
    const attempt = { tenantId: tenant.tenantId, attemptId: newId(), programId: "", address: "real@example.com" };
    const forged = linkTokens([NEXT_KEY]).make(attempt);
    const wrong = ["example", "x", real.slice(0, -1), real.slice(1), `${real}A`, forged];
    const answers = new Set<string>();
    for (const token of wrong) answers.add(await show(token)).add(await oneClick(token));
    assert.equal(answers.size, 1);
    assert.match([...answers][0] ?? "", /This link does not work[\s\S]*Nothing was changed/);
    assert.equal(await isAllowed(tenant, "real@example.com"), true);
  });

  await file.test("a link works when contact, list and campaign are gone, and with the next key", async (t) => {
    const tenant = await office(t, at);
    const {
      emails: [raw = ""],
      list,
      groupId,
    } = await send(tenant, ["years@example.com"]);
    await until(async () => {
      const { campaignGroup } = await tenant.groups.getCampaignGroup({ campaignGroupId: groupId });
      return campaignGroup?.state === 6;
    });
    await tenant.groups.deleteCampaignGroup({ campaignGroupId: groupId });
    await tenant.mesh.lists.deleteContactList({ contactListId: list });
    await at
      .database("dial")
      .tenant(tenant.tenantId)
      .query("delete from dial.attempts where tenant_id = $1", [tenant.tenantId]);
    await dial.stop();
    dial = await dialIn(file, at, { ...LINKS, DIAL_LINK_KEYS: `${NEXT_KEY}, ${KEY}` });
    assert.match(await oneClick(tokenIn(raw)), /You are unsubscribed/);
    await untilAllowed(tenant, "years@example.com", false);
  });

  await file.test("a link without https has no header for one click", async (t) => {
    const tenant = await office(t, at);
    await dial.stop();
    dial = await dialIn(file, at, { ...LINKS, HERALD_PUBLIC_URL: "http://herald.example.com" });
    const [raw = ""] = (await send(tenant, ["plain-http@example.com"])).emails;
    assert.match(raw, /\r\nList-Unsubscribe:\r\n <http:\/\/herald\.example\.com\/u\/[\w-]+>\r\n/);
    assert.doesNotMatch(raw, /List-Unsubscribe-Post/);
  });

  await file.test("without an address of the platform, a content that asks for the link is not sent", async (t) => {
    const tenant = await office(t, at);
    await dial.stop();
    dial = await dialIn(file, at, { DIAL_LINK_KEYS: KEY });
    const sessions = meshClient(t, at.addresses.dial, SessionServiceDefinition, tenant.tenantId);
    const settings = { campaignGroupId: newId(), channel: Channel.CHANNEL_EMAIL, content: CONTENT };
    const told = await rejectsWith(
      sessions.openSession({ settings }),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_LINKS_MISSING",
    );
    assert.equal(told.metadata["setting"], "HERALD_PUBLIC_URL");
    const plain = { content: { ...CONTENT, text: "Hello" } };
    assert.doesNotMatch((await send(tenant, ["plain@example.com"], plain)).emails[0] ?? "", /List-Unsubscribe/);
  });
});
