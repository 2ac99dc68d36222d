/** Email domains of tenants, from their DNS records to signed emails that a foreign verifier accepts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DkimKeyState, type EmailDomain } from "../../../gen/herald/dial/v1/email_domain.ts";
import { EmailDomainServiceDefinition } from "../../../gen/herald/dial/v1/email_domain_service.ts";
import { ProviderServiceDefinition } from "../../../gen/herald/dial/v1/provider_service.ts";
import { meshClient, newId, rejectsWith, status, until, userClient } from "../../lib/harness.ts";
import { dialIn, emailGroup, makeList, office, type Office, startGroup, untilFinished, world } from "../boot.ts";
import { startNameServer } from "./name-server.ts";
import { verdicts } from "./verify.ts";

const {
  DKIM_KEY_STATE_PENDING: PENDING,
  DKIM_KEY_STATE_SIGNING: SIGNING,
  DKIM_KEY_STATE_RETIRED: RETIRED,
} = DkimKeyState;
const KEY = "a key for secrets that has more than thirty-two bytes";
const NEXT_KEY = "the next key for secrets that has more than thirty-two bytes";

test("email domains", async (file) => {
  const at = await world(file);
  const names = await startNameServer(file);
  const settings = { DIAL_DNS_SERVERS: names.address, DIAL_SECRETS_KEY: KEY };
  let dial = await dialIn(file, at, settings);
  const restart = async (more: Record<string, string>) => {
    await dial.stop();
    dial = await dialIn(file, at, { ...settings, ...more });
  };
  const listsDb = at.database("lists");
  const domainsOf = ({ tenantId }: Office) =>
    userClient(file, at.addresses.dial, EmailDomainServiceDefinition, {
      tenantId,
      permissions: ["providers.read", "providers.write"],
    });
  const publish = ({ dkimKeys = [] }: Partial<EmailDomain> = {}) => {
    for (const { recordName, recordValue } of dkimKeys) names.records.set(recordName, recordValue);
  };
  const statesOf = (one: EmailDomain | undefined) => one?.dkimKeys.map(({ state }) => state);
  /** Sends one email from this sender, and gives it. */
  async function send(tenant: Office, from: string): Promise<string> {
    const to = `u${newId()}@example.com`;
    const list = await makeList(listsDb, tenant, [{ email: to }]);
    const content = { from, subject: "Grüße", text: "Hello  you", html: "<p>Hello</p>" };
    await untilFinished(tenant, await startGroup(tenant, emailGroup([list], { content })));
    return Buffer.from(at.simulators.inbox.arrivals.list({ to, limit: 1 })[0]?.raw ?? "").toString("latin1");
  }

  await file.test(
    "keys sign once their records are in DNS, and not before; domains below are signed too",
    async (t) => {
      const tenant = await office(t, at);
      const domains = await domainsOf(tenant);
      const { emailDomain: added } = await domains.addEmailDomain({ domain: "Bücher-Laden.Example" });
      assert.equal(added?.domain, "xn--bcher-laden-thb.example");
      assert.deepEqual(statesOf(added), [PENDING, PENDING]);
      assert.deepEqual((await domains.addEmailDomain({ domain: added?.domain ?? "" })).emailDomain, added, "once");
      assert.match(
        added?.dkimKeys[0]?.recordName ?? "",
        /^h\d{8}[\da-f]{4}r\._domainkey\.xn--bcher-laden-thb\.example$/,
      );
      assert.match(added?.dkimKeys[1]?.recordValue ?? "", /^v=DKIM1; k=ed25519; p=[\w+/]{43}=$/);
      const { emailDomain: early } = await domains.checkEmailDomain({ domain: "bücher-laden.example" });
      assert.deepEqual(
        early?.dkimKeys.map((key) => [key.state, key.recordProblem]),
        [
          [PENDING, "There is no TXT record of this name yet."],
          [PENDING, "There is no TXT record of this name yet."],
        ],
      );
      names.isAway = true;
      const { emailDomain: away } = await domains.checkEmailDomain({ domain: added?.domain ?? "" });
      assert.match(away?.dkimKeys[0]?.recordProblem ?? "", /No name server answered/);
      names.isAway = false;
      assert.deepEqual(await verdicts(await send(tenant, "news@bücher-laden.example"), names.records), []);
      publish(added);
      const { emailDomain: right } = await domains.checkEmailDomain({ domain: added?.domain ?? "" });
      assert.deepEqual(
        right?.dkimKeys.map((key) => [key.state, key.recordProblem]),
        [
          [SIGNING, ""],
          [SIGNING, ""],
        ],
      );
      await restart({});
      const good = ["ed25519-sha256 xn--bcher-laden-thb.example: pass", "rsa-sha256 xn--bcher-laden-thb.example: pass"];
      assert.deepEqual(await verdicts(await send(tenant, "Laden <news@bücher-laden.example>"), names.records), good);
      assert.deepEqual(await verdicts(await send(tenant, "news@mail.bücher-laden.example"), names.records), good);
    },
  );

  await file.test("new keys take over when their records are seen; the old ones retire", async (t) => {
    const tenant = await office(t, at);
    const domains = await domainsOf(tenant);
    const domain = "rotating.example";
    const { emailDomain: first } = await domains.addEmailDomain({ domain });
    await domains.checkEmailDomain({ domain, withoutDns: true });
    publish(first);
    await domains.rotateDkimKeys({ domain });
    const { emailDomain: rotated } = await domains.rotateDkimKeys({ domain });
    assert.deepEqual(statesOf(rotated), [PENDING, PENDING, SIGNING, SIGNING], "keys that waited were replaced");
    const signed = await send(tenant, `news@${domain}`);
    assert.match(signed, new RegExp(`s=${first?.dkimKeys[0]?.selector};`), "the old ones go on meanwhile");
    publish(rotated);
    const { emailDomain: over } = await domains.checkEmailDomain({ domain });
    assert.deepEqual(statesOf(over), [SIGNING, SIGNING, RETIRED, RETIRED]);
    await restart({});
    const after = await send(tenant, `news@${domain}`);
    assert.match(after, new RegExp(`s=${over?.dkimKeys[0]?.selector};`));
    assert.equal((await verdicts(after, names.records)).filter((one) => one.endsWith(": pass")).length, 2);
    await domains.deleteEmailDomain({ domain });
    await rejectsWith(domains.getEmailDomain({ domain }), status.NOT_FOUND, "ERROR_REASON_EMAIL_DOMAIN_NOT_FOUND");
  });

  await file.test(
    "a domain belongs to one tenant, and others see nothing of it; what nobody can own is refused",
    async (t) => {
      const [tenant, other] = [await office(t, at), await office(t, at)];
      const [domains, others] = [await domainsOf(tenant), await domainsOf(other)];
      await domains.addEmailDomain({ domain: "mine.example" });
      const taken = others.addEmailDomain({ domain: "mine.example" });
      await rejectsWith(taken, status.FAILED_PRECONDITION, "ERROR_REASON_SENDER_TAKEN");
      for (const call of [
        others.getEmailDomain,
        others.checkEmailDomain,
        others.rotateDkimKeys,
        others.deleteEmailDomain,
      ])
        await rejectsWith(call({ domain: "mine.example" }), status.NOT_FOUND, "ERROR_REASON_EMAIL_DOMAIN_NOT_FOUND");
      assert.deepEqual((await others.listEmailDomains({})).emailDomains, []);
      assert.deepEqual(
        (await domains.listEmailDomains({})).emailDomains.map(({ domain }) => domain),
        ["mine.example"],
      );
      for (const domain of ["", "gmail.com", "co.uk", "com", "a b.example", "x".repeat(254), "<>.example"]) {
        const refused = await rejectsWith(domains.addEmailDomain({ domain }), status.INVALID_ARGUMENT);
        assert.deepEqual(
          refused.fields.map(({ field }) => field),
          ["domain"],
          domain,
        );
      }
    },
  );

  await file.test(
    "keys are sealed anew when that key changes; with a key that is gone, nothing leaves unsigned",
    async (t) => {
      const tenant = await office(t, at);
      const domains = await domainsOf(tenant);
      const { emailDomain } = await domains.addEmailDomain({ domain: "sealed.example" });
      publish(emailDomain);
      await domains.checkEmailDomain({ domain: "sealed.example" });
      await restart({ DIAL_SECRETS_KEY: `${NEXT_KEY},${KEY}` });
      const { resealedCount } = await meshClient(t, at.addresses.dial, ProviderServiceDefinition, "*").resealSecrets(
        {},
      );
      assert.ok(resealedCount >= 2, `${resealedCount} were sealed anew`);
      await restart({ DIAL_SECRETS_KEY: NEXT_KEY });
      assert.equal((await verdicts(await send(tenant, "news@sealed.example"), names.records)).length, 2);
      const without = await rejectsWith(
        (await restart({ DIAL_SECRETS_KEY: "" }), domains.addEmailDomain({ domain: "unsealed.example" })),
        status.FAILED_PRECONDITION,
      );
      assert.equal(without.reason, "ERROR_REASON_SECRETS_KEY_MISSING");
      const list = await makeList(listsDb, tenant, [{ email: "unsigned@example.com" }]);
      const content = { from: "news@sealed.example", subject: "x", text: "x", html: "" };
      const groupId = await startGroup(tenant, emailGroup([list], { content }));
      await until(async () => {
        const { sessions } = await tenant.sessions.listSessions({});
        return sessions.some(
          (one) => one.campaignGroupId === groupId && one.stallExplanation.includes("cannot be read"),
        );
      });
      assert.deepEqual(at.simulators.inbox.arrivals.list({ to: "unsigned@example.com", limit: 1 }), []);
    },
  );
});
