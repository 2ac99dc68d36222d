/** Claims of senders: what a claim covers, what nobody can claim, and that nobody can use the sender of another tenant. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SenderKind } from "../../../gen/herald/dial/v1/sender.ts";
import { SenderServiceDefinition } from "../../../gen/herald/dial/v1/sender_service.ts";
import { TenantServiceDefinition } from "../../../gen/herald/identity/v1/tenant_service.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { errorDetails } from "../../../svc/lib/errors/error-details.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { meshClient, newId, rejectsWith, until, userClient } from "../../lib/harness.ts";
import {
  attemptsOf,
  dialIn,
  emailGroup,
  makeList,
  office,
  smsGroup,
  startGroup,
  untilFinished,
  world,
} from "../boot.ts";

const taken = (call: Promise<unknown>) => rejectsWith(call, status.FAILED_PRECONDITION, "ERROR_REASON_SENDER_TAKEN");
const unclaimable = (call: Promise<unknown>) =>
  rejectsWith(call, status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");

test("senders", async (file) => {
  const at = await world(wholeFile);
  await dialIn(wholeFile, at, { DIAL_SENDER_CLAIMS_MOST: "12", DIAL_SHARED_SENDERS: "news@mail.platform.example" });

  /** Creates a tenant in a country, with clients that have permissions for senders. */
  async function holder(region = "US") {
    const tenant = await office(wholeFile, at);
    const { tenantId } = tenant;
    const settings = await userClient(wholeFile, at.addresses.identity, TenantServiceDefinition, {
      tenantId,
      permissions: ["tenant.write"],
    });
    if (region !== "US")
      await settings.updateTenant({ tenant: { defaultRegion: region }, updateMask: ["default_region"] });
    const permissions = ["sessions.read", "campaigns.write"];
    const senders = await userClient(wholeFile, at.addresses.dial, SenderServiceDefinition, { tenantId, permissions });
    const claim = async (sender: string) => (await senders.claimSender({ sender })).sender?.address;
    const mesh = meshClient(wholeFile, at.addresses.dial, SenderServiceDefinition, tenantId);
    const takenFrom = async (channel: Channel, sender: string) =>
      (await mesh.checkSender({ channel, sender })).takenSender;
    const held = async () =>
      (await senders.listSenders({})).senders.flatMap((one) => (one.claimTime ? [one.address] : []));
    return { tenant, senders, claim, takenFrom, held };
  }
  const platform = () =>
    userClient(wholeFile, at.addresses.dial, SenderServiceDefinition, {
      tenantId: newId(),
      permissions: ["platform.write"],
    });

  await file.test("the end of a number binds nobody: each number is its own", async () => {
    const [b, a, c] = [await holder(), await holder(), await holder()];
    await unclaimable(b.claim("5551234"));
    const listId = await makeList(at.database("lists"), b.tenant, [{ phone: "+12125551701" }]);
    const content = { from: "5551234", subject: "", text: "Hello", html: "" };
    await untilFinished(b.tenant, await startGroup(b.tenant, smsGroup([listId], { content })));
    assert.deepEqual(await b.held(), ["5551234"]);
    assert.equal(await a.claim("+442075551234"), "+442075551234");
    assert.equal(await a.claim("+13035551234"), "+13035551234");
    assert.equal(await c.takenFrom(Channel.CHANNEL_SMS, "+12125551234"), "");
    await taken(c.claim("+44 20 7555 1234"));
    await at.simulators.smsc.inbound({ from: "12125551701", to: "13035551234", text: "STOP" });
    await until(async () => (await b.tenant.suppression.listSuppressionLists({})).suppressionLists.length > 0, {
      what: "an opt-out holds for all whom the number may mean",
    });
  });

  await file.test(
    "a number without its country code is one of the tenant's region, in claims and in groups",
    async () => {
      const [british, american] = [await holder("GB"), await holder()];
      assert.equal(await british.claim("020 7946 0101"), "+442079460101");
      assert.equal(await american.claim("(212) 555-0171"), "+12125550171");
      assert.equal(await british.takenFrom(Channel.CHANNEL_SMS, "2125550171"), "");
      assert.equal(await american.takenFrom(Channel.CHANNEL_SMS, "02079460101"), "");
      const other = await holder();
      assert.equal(await other.takenFrom(Channel.CHANNEL_VOICE, "2125550171"), "+12125550171");
      await taken((await holder("GB")).claim("02079460101"));
      assert.equal(await other.claim("10101"), "10101");
      assert.equal(await other.takenFrom(Channel.CHANNEL_SMS, "0101"), "", "a short code is nothing but itself");
    },
  );

  await file.test("a claim to a domain covers what is below and above it, and no other", async () => {
    const [a, b] = [await holder(), await holder()];
    assert.equal(await a.claim("@alpha.example."), "alpha.example");
    for (const theirs of [
      "@alpha.example",
      "@sub.alpha.example",
      "News <x@DEEP.sub.alpha.example>",
      "x@alpha.example.",
    ])
      await taken(b.claim(theirs));
    assert.equal(await b.takenFrom(Channel.CHANNEL_EMAIL, "News <news@sub.alpha.example>"), "sub.alpha.example");
    assert.equal(await b.claim("@notalpha.example"), "notalpha.example");
    assert.equal(await b.claim("@mail.beta.example"), "mail.beta.example");
    await taken(a.claim("@beta.example"));
    assert.equal(await a.claim("@web.beta.example"), "web.beta.example");
    await taken(a.claim("@platform.example"));
    assert.equal((await a.senders.claimSender({ sender: "x@sub.mail.platform.example" })).sender?.claimTime, undefined);
    const from = { from: "news@sub.alpha.example", subject: "x", text: "x", html: "" };
    const listId = await makeList(at.database("lists"), b.tenant, [{ email: "someone@example.com" }]);
    await taken(startGroup(b.tenant, emailGroup([listId], { content: from })));
  });

  await file.test(
    "what is everybody's is nobody's: of free mail and public suffixes single addresses alone",
    async () => {
      const [a, b] = [await holder(), await holder()];
      for (const shared of ["@gmail.com", "@googlemail.com", "@gmx.de", "@co.uk", "@com", "@github.io", "@localhost"])
        await unclaimable(a.claim(shared));
      const refused = await a.claim("@co.uk").catch(errorDetails);
      assert.match(JSON.stringify(refused), /Nobody can hold co\.uk/);
      const { sender } = await a.senders.claimSender({ sender: "Shop <Corner.Shop@Gmail.com>" });
      assert.deepEqual(
        [sender?.kind, sender?.address],
        [SenderKind.SENDER_KIND_EMAIL_ADDRESS, "corner.shop@gmail.com"],
      );
      await taken(b.claim("corner.shop@gmail.com"));
      assert.equal(await b.claim("other.shop@gmail.com"), "other.shop@gmail.com");
      const content = { from: "third.shop@gmail.com", subject: "x", text: "x", html: "" };
      const listId = await makeList(at.database("lists"), b.tenant, [{ email: "someone@example.com" }]);
      const groupId = await startGroup(b.tenant, emailGroup([listId], { content }));
      await untilFinished(b.tenant, groupId);
      assert.equal((await attemptsOf(b.tenant, groupId)).length, 1);
      assert.deepEqual(await b.held(), ["other.shop@gmail.com", "third.shop@gmail.com"]);
    },
  );

  await file.test("a tenant holds so many and no more, however many it asks for at once", async () => {
    const a = await holder();
    const asked = Array.from({ length: 30 }, (_, i) =>
      a.claim(`@d${i}.example`).then(
        () => "held",
        (error: unknown) => errorDetails(error)?.reason,
      ),
    );
    const answers = await Promise.all(asked);
    assert.equal(answers.filter((one) => one === "held").length, 12);
    assert.deepEqual(new Set(answers), new Set(["held", "ERROR_REASON_SENDER_LIMIT_REACHED"]));
    const [first = ""] = await a.held();
    assert.equal(await a.claim(`@${first}`), first, "what is held stays claimable");
    const full = await rejectsWith(
      a.claim("@more.example"),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_SENDER_LIMIT_REACHED",
    );
    assert.match(full.message, /at most 12 senders.*Release one/);
    await a.senders.releaseSender({ sender: `@${first}` });
    assert.equal(await a.claim("@more.example"), "more.example");
  });

  await file.test("of many who claim a domain, above and below, at once one tenant gets it", async () => {
    const holders = await Promise.all(Array.from({ length: 6 }, () => holder()));
    const names = ["@race.example", "@a.race.example", "@b.a.race.example"];
    const answers = await Promise.allSettled(holders.flatMap(({ claim }) => names.map((name) => claim(name))));
    assert.ok(answers.some((answer) => answer.status === "fulfilled"));
    const each = await Promise.all(holders.map(({ held }) => held()));
    const claims = each.flatMap((addresses, i) => addresses.map((address) => ({ address, i })));
    for (const one of claims)
      for (const other of claims)
        assert.ok(one.i === other.i || !`.${one.address}`.endsWith(`.${other.address}`), JSON.stringify([one, other]));
  });

  await file.test(
    "a platform administrator takes a sender from whoever holds it, and gives it to the right one",
    async () => {
      const [squatter, owner, third] = [await holder(), await holder(), await holder()];
      await squatter.claim("@owned.example");
      const admin = await platform();
      await rejectsWith(owner.senders.releaseAnySender({ sender: "@owned.example" }), status.PERMISSION_DENIED);
      await unclaimable(admin.releaseAnySender({ sender: "@owned.example", forTenantId: "nobody" }));
      await unclaimable(admin.releaseAnySender({ sender: "" }));
      const forTenantId = owner.tenant.tenantId;
      const moved = await admin.releaseAnySender({ sender: "@owned.example", forTenantId });
      assert.deepEqual(moved.tenantIds, [squatter.tenant.tenantId]);
      assert.deepEqual([await owner.held(), await squatter.held()], [["owned.example"], []]);
      await taken(squatter.claim("@owned.example"));
      assert.deepEqual((await admin.releaseAnySender({ sender: "@owned.example", forTenantId })).tenantIds, []);

      await squatter.claim("@x.held.example");
      await owner.claim("@y.held.example");
      await squatter.claim("+442079460177");
      await taken(
        admin
          .releaseAnySender({ sender: "@x.held.example", forTenantId: third.tenant.tenantId })
          .then(() => third.claim("@held.example")),
      );
      assert.deepEqual((await admin.releaseAnySender({ sender: "+44 20 7946 0177" })).tenantIds, [
        squatter.tenant.tenantId,
      ]);
      assert.equal(await third.claim("+442079460177"), "+442079460177");
    },
  );
});
