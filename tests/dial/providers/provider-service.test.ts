/** Providers as objects of a tenant: what is kept, what is never shown, what is refused and why. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { ProviderKind, ProviderState, SmtpTls } from "../../../gen/herald/dial/v1/provider.ts";
import { ProviderServiceDefinition } from "../../../gen/herald/dial/v1/provider_service.ts";
import { SenderServiceDefinition } from "../../../gen/herald/dial/v1/sender_service.ts";
import { errorDetails } from "../../../svc/lib/errors/error-details.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { newId, rejectsWith, userClient } from "../../lib/harness.ts";
import { dialIn, office, world } from "../boot.ts";
import { make, PROVIDER_SETTINGS, providersOf, SECRETS_KEY, smppKind, smtpKind, voiceKind } from "./tenants.ts";

const SECRET = "s3same-s3same-s3same-s3same-s3same";

const invalid = async (call: Promise<unknown>, field: string, words: RegExp) => {
  const told = await rejectsWith(call, status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  const found = told.fields.find((one) => one.field === field);
  assert.ok(found, `${field}: ${JSON.stringify(told.fields)}`);
  assert.match(found.description, words);
  assert.ok(!JSON.stringify(told).includes(SECRET));
};

test("providers", async (file) => {
  const at = await world(wholeFile);
  const dial = await dialIn(wholeFile, at, PROVIDER_SETTINGS);
  const smtp = (more = {}) => smtpKind("smtp://127.0.0.1:2525", more);

  await file.test(
    "a provider is kept with its settings; its secret is never returned, only since when it is set",
    async () => {
      const providers = await providersOf(wholeFile, at);
      const made = await make(providers, {
        name: "Mail",
        kind: smtp({ user: "me", password: SECRET }),
        isDefault: true,
      });
      assert.equal(made.kind?.$case === "smtp" && made.kind.smtp.password, "");
      assert.equal(made.kind?.$case === "smtp" && made.kind.smtp.tls, SmtpTls.SMTP_TLS_OFFERED);
      assert.deepEqual(
        [made.channel, made.state, made.isDefault, made.secrets.map(({ field }) => field)],
        [Channel.CHANNEL_EMAIL, ProviderState.PROVIDER_STATE_UNUSED, true, ["smtp.password"]],
      );
      assert.ok(made.secrets[0]?.setTime);
      const read = (await providers.getProvider({ providerId: made.id })).provider;
      assert.deepEqual(read, made);
      assert.ok(!JSON.stringify([made, read, await providers.listProviders({})]).includes(SECRET));
    },
  );

  await file.test(
    "the database holds no secret in clear, and what one row holds does not open in another",
    async () => {
      const tenantId = newId();
      const providers = await providersOf(wholeFile, at, tenantId);
      const kinds = [
        smtp({ user: "me", password: SECRET }),
        smppKind("smpp://127.0.0.1:2775", { password: SECRET }),
        voiceKind("127.0.0.1:9090", SECRET),
      ];
      const made = await Promise.all(kinds.map((kind) => make(providers, { kind })));
      const across = at.database("dial").everyTenant();
      const tables = await across.query<{ name: string }>(
        "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'dial'",
      );
      for (const { name } of tables.rows) {
        const { rows } = await across.query<{ row: string }>(`select t::text as row from ${name} t`);
        for (const { row } of rows) {
          assert.ok(!row.includes(SECRET), name);
          assert.ok(!row.includes(Buffer.from(SECRET).toString("hex")), name);
        }
      }
      const [one, other] = made;
      await across.query(
        `update dial.provider_secrets t set sealed = s.sealed from dial.provider_secrets s
        where t.tenant_id = $1 and t.provider_id = $2 and s.tenant_id = $1 and s.provider_id = $3`,
        [tenantId, one?.id, other?.id],
      );
      const { steps } = await providers.testProvider({ providerId: one?.id ?? "" });
      assert.match(JSON.stringify(steps), /cannot be decrypted/);
    },
  );

  await file.test("a create that is repeated gives the first result; a name is used once", async () => {
    const providers = await providersOf(wholeFile, at);
    const requestId = newId();
    const create = () => providers.createProvider({ provider: { name: "One", kind: smtp() }, requestId });
    const [first, again] = [await create(), await create()];
    assert.equal(first.provider?.id, again.provider?.id);
    await rejectsWith(
      providers.createProvider({ provider: { name: "One", kind: smtp() } }),
      status.ALREADY_EXISTS,
      "ERROR_REASON_PROVIDER_NAME_TAKEN",
    );
  });

  await file.test(
    "an update changes what it names, and keeps the password unless the account leads elsewhere",
    async () => {
      const providers = await providersOf(wholeFile, at);
      const made = await make(providers, { kind: smtp({ user: "me", password: SECRET }) });
      const update = async (provider: object, updateMask?: string[]) =>
        (await providers.updateProvider({ provider: { id: made.id, ...provider }, ...(updateMask && { updateMask }) }))
          .provider;
      const named = await update({ name: "Renamed", etag: made.etag });
      assert.equal(named?.name, "Renamed");
      assert.deepEqual(named?.secrets, made.secrets);
      await rejectsWith(update({ name: "X", etag: made.etag }), status.ABORTED, "ERROR_REASON_PROVIDER_CHANGED");
      const whole = await update({ kind: smtp({ user: "you", connections: 3 }) });
      assert.deepEqual(whole?.secrets, made.secrets, "another user, the same server");
      const part = await update({ kind: smtp({ connections: 7 }) }, ["smtp.connections"]);
      assert.deepEqual(
        [part?.kind?.$case === "smtp" && [part.kind.smtp.user, part.kind.smtp.connections]],
        [["you", 7]],
      );
      await invalid(update({ kind: smtp({ port: 9999 }) }, ["smtp.port"]), "provider.smtp.password", /Give it again/);
      await invalid(
        update({ kind: smtp({ tls: SmtpTls.SMTP_TLS_OFF }) }, ["smtp.tls"]),
        "provider.smtp.password",
        /again/,
      );
      await invalid(update({ kind: smtp({ password: "" }) }, ["smtp.password"]), "provider.smtp.password", /Required/);
      await invalid(update({ kind: smtp() }, ["smtp.hosts"]), "update_mask", /smtp\.hosts.*no such field/);
      await invalid(update({ kind: smtp() }, ["channel"]), "update_mask", /"channel" cannot be updated/);
      await invalid(update({ kind: smppKind("smpp://127.0.0.1:1") }), "provider.smpp", /cannot change its kind/);
      const moved = await update({ kind: smtp({ port: 9999, password: "another" }) }, ["smtp.port", "smtp.password"]);
      assert.ok((moved?.secrets[0]?.setTime ?? 0) > (made.secrets[0]?.setTime ?? 0));
      const open = await update({ kind: smtp({ port: 9999, user: "" }) });
      assert.deepEqual(open?.secrets, [], "without a user there is no password");
    },
  );

  await file.test("one provider of a channel is the default", async () => {
    const providers = await providersOf(wholeFile, at);
    const first = await make(providers, { kind: smtp(), isDefault: true });
    await make(providers, { kind: smppKind("smpp://127.0.0.1:2775"), isDefault: true });
    const second = await make(providers, { kind: smtp(), isDefault: true });
    const defaults = (await providers.listProviders({})).providers.filter(({ isDefault }) => isDefault);
    assert.equal(defaults.length, 2);
    assert.ok(!defaults.some(({ id }) => id === first.id) && defaults.some(({ id }) => id === second.id));
  });

  await file.test("lists are filtered by channel, kind and state, and pages meet", async () => {
    const providers = await providersOf(wholeFile, at);
    for (let i = 0; i < 5; i++) await make(providers, { kind: smtp(), disabled: i === 0 });
    await make(providers, { kind: voiceKind("127.0.0.1:9090") });
    const ids: string[] = [];
    for (let pageToken = ""; ;) {
      const page = await providers.listProviders({ pageSize: 2, pageToken });
      ids.push(...page.providers.map(({ id }) => id));
      pageToken = page.nextPageToken;
      if (pageToken === "") break;
    }
    assert.equal(new Set(ids).size, 6);
    const count = async (filter: object) => (await providers.listProviders(filter)).providers.length;
    assert.equal(await count({ channel: Channel.CHANNEL_VOICE }), 1);
    assert.equal(await count({ kind: ProviderKind.PROVIDER_KIND_SMTP }), 5);
    assert.equal(await count({ state: ProviderState.PROVIDER_STATE_DISABLED }), 1);
    assert.equal(await count({ state: ProviderState.PROVIDER_STATE_UNUSED, channel: Channel.CHANNEL_EMAIL }), 4);
    await rejectsWith(providers.listProviders({ pageSize: -1 }), status.INVALID_ARGUMENT);
  });

  await file.test("bad input is named, with what would be right", async () => {
    const providers = await providersOf(wholeFile, at);
    const create = (kind: Parameters<typeof make>[1]["kind"], more = {}) =>
      providers.createProvider({ provider: { name: newId(), kind, ...more } });
    await invalid(create(undefined), "provider", /Must have one of smtp, smpp, voice_adapter/);
    await invalid(create(smtp({ host: "" })), "provider.smtp.host", /Required/);
    await invalid(create(smtp({ host: "smtp://mail.example.com" })), "provider.smtp.host", /without a port/);
    await invalid(create(smtp({ port: 70_000 })), "provider.smtp.port", /0 to 65535/);
    await invalid(create(smtp({ user: "me" })), "provider.smtp.password", /Required/);
    await invalid(create(smtp({ password: SECRET })), "provider.smtp.password", /needs a user/);
    await invalid(create(smtp({ user: "me", password: `${SECRET}\n` })), "provider.smtp.password", /control/);
    await invalid(create(smtp({ connections: 500 })), "provider.smtp.connections", /0 to 100/);
    await invalid(
      create(smtp({ envelopeSender: "News <a@b.example>" })),
      "provider.smtp.envelope_sender",
      /without a name/,
    );
    await invalid(create(smtp(), { defaultSender: "12345" }), "provider.default_sender", /email address/);
    await invalid(create(smtp(), { name: " " }), "provider.name", /Required/);
    await invalid(create(smppKind("smpp://127.0.0.1:1", { systemId: "" })), "provider.smpp.system_id", /Required/);
    await invalid(create(smppKind("smpp://127.0.0.1:1", { region: "usa" })), "provider.smpp.region", /two capital/);
    await invalid(create(smppKind("smpp://127.0.0.1:1", { sourceTon: 9 })), "provider.smpp.source_ton", /0 to 7/);
    await invalid(create(voiceKind("127.0.0.1", SECRET)), "provider.voice_adapter.address", /host:port/);
    await invalid(create(voiceKind("127.0.0.1:9090", "short")), "provider.voice_adapter.key", /at least 32/);
    await invalid(create(voiceKind("127.0.0.1:9090", "")), "provider.voice_adapter.key", /Required/);
    const long = "x".repeat(1_001);
    await invalid(create(smtp({ user: "me", password: long })), "provider.smtp.password", /1000 characters/);
    await invalid(create(voiceKind("127.0.0.1:9090", long)), "provider.voice_adapter.key", /1000 characters/);
    for (const host of ["10.0.0.1", "169.254.169.254", "192.168.1.1", "::ffff:10.0.0.1"])
      await invalid(create(smtp({ host })), "provider.smtp.host", /does not connect unless its operator allows it/);
  });

  await file.test("loopback is refused unless the operator allows it, by name too", async (t) => {
    const elsewhere = await dialIn(t, await world(t), { DIAL_SECRETS_KEY: SECRETS_KEY });
    const providers = await providersOf(t, { addresses: { ...at.addresses, dial: elsewhere.address } });
    for (const host of ["127.0.0.1", "localhost", "::1", "0.0.0.0"])
      await invalid(make(providers, { kind: smtp({ host }) }), "provider.smtp.host", /unless its operator allows it/);
  });

  await file.test(
    "a host that does not exist and one that is not allowed get the same words, ten names a minute",
    async (t) => {
      const elsewhere = await dialIn(t, await world(t), { DIAL_SECRETS_KEY: SECRETS_KEY });
      const providers = await providersOf(t, { addresses: { ...at.addresses, dial: elsewhere.address } });
      const wordsFor = async (host: string) => {
        const told = await rejectsWith(
          make(providers, { kind: smtp({ host }) }),
          status.INVALID_ARGUMENT,
          "ERROR_REASON_FIELDS_INVALID",
        );
        return told.fields.map(({ description }) => description.replaceAll(host, "it"));
      };
      assert.deepEqual(await wordsFor("localhost"), await wordsFor("mail.invalid"));
      for (let i = 2; i < 10; i++) await wordsFor("localhost");
      await rejectsWith(
        make(providers, { kind: smtp({ host: "localhost" }) }),
        status.RESOURCE_EXHAUSTED,
        "ERROR_REASON_PROVIDER_TEST_LIMIT_REACHED",
      );
      assert.match(String(await wordsFor("10.0.0.1")), /private address/);
    },
  );

  await file.test("without a key nothing secret is stored, and the refusal says whom to ask", async (t) => {
    const elsewhere = await dialIn(t, await world(t), { DIAL_PROVIDER_NETWORKS: "loopback" });
    const providers = await providersOf(t, { addresses: { ...at.addresses, dial: elsewhere.address } });
    await rejectsWith(
      make(providers, { kind: smtp({ user: "me", password: SECRET }) }),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_SECRETS_KEY_MISSING",
    );
    await make(providers, { kind: smtp() });
  });

  await file.test("a sender of another tenant is refused, as default and in the envelope", async () => {
    const [mine, theirs] = [await office(wholeFile, at), await office(wholeFile, at)];
    const senders = await userClient(wholeFile, at.addresses.dial, SenderServiceDefinition, {
      tenantId: theirs.tenantId,
      permissions: ["campaigns.write"],
    });
    await senders.claimSender({ sender: "@theirs.example" });
    const providers = await providersOf(wholeFile, at, mine.tenantId);
    const taken = (call: Promise<unknown>) =>
      rejectsWith(call, status.FAILED_PRECONDITION, "ERROR_REASON_SENDER_TAKEN");
    await taken(make(providers, { kind: smtp(), defaultSender: "News <a@theirs.example>" }));
    await taken(make(providers, { kind: smtp({ envelopeSender: "b@theirs.example" }) }));
    const { id } = await make(providers, { kind: smtp() });
    await taken(providers.testProvider({ providerId: id, sender: "a@theirs.example" }));
  });

  await file.test("another tenant's provider does not exist, for anybody else", async () => {
    const [mine, theirs] = [await providersOf(wholeFile, at), await providersOf(wholeFile, at)];
    const { id } = await make(mine, { kind: smtp() });
    const missing = (call: Promise<unknown>) => rejectsWith(call, status.NOT_FOUND, "ERROR_REASON_PROVIDER_NOT_FOUND");
    await missing(theirs.getProvider({ providerId: id }));
    await missing(theirs.updateProvider({ provider: { id, name: "Mine" } }));
    await missing(theirs.testProvider({ providerId: id }));
    await missing(theirs.deleteProvider({ providerId: id }));
    assert.deepEqual((await theirs.listProviders({})).providers, []);
    await mine.deleteProvider({ providerId: id });
    await missing(mine.getProvider({ providerId: id }));
    await missing(mine.deleteProvider({ providerId: id }));
  });

  await file.test("a tenant has at most a hundred providers", async () => {
    const providers = await providersOf(wholeFile, at);
    const create = () =>
      make(providers, { kind: smtp() }).then(
        () => "made",
        (error: unknown) => errorDetails(error)?.reason ?? "",
      );
    const answers = await Promise.all(Array.from({ length: 103 }, create));
    assert.equal(answers.filter((answer) => answer === "made").length, 100);
    assert.equal(answers.filter((answer) => answer === "ERROR_REASON_PROVIDER_LIMIT_REACHED").length, 3);
  });

  await file.test("keys are rotated by a call of a platform administrator, which can be repeated", async (t) => {
    const tenantId = newId();
    const providers = await providersOf(wholeFile, at, tenantId);
    const { id } = await make(providers, { kind: smppKind(at.simulators.addresses.smpp) });
    await dial.stop();
    const NEXT = "n".repeat(40);
    const rotating = await dialIn(t, at, { ...PROVIDER_SETTINGS, DIAL_SECRETS_KEY: `${NEXT},${SECRETS_KEY}` });
    const admin = await userClient(t, rotating.address, ProviderServiceDefinition, {
      tenantId: newId(),
      permissions: ["platform.write"],
    });
    const across = at.database("dial").everyTenant();
    const keys = async () =>
      (await across.query<{ key_id: string }>("select distinct key_id from dial.provider_secrets")).rows.length;
    await rejectsWith(providers.resealSecrets({}), status.PERMISSION_DENIED);
    await across.query("update dial.provider_secrets set sealed = '\\x00' where tenant_id <> $1", [tenantId]);
    const others = await across.query("select from dial.provider_secrets where tenant_id <> $1", [tenantId]);
    const unreadable = others.rowCount;
    assert.deepEqual(await admin.resealSecrets({}), { resealedCount: 1, unreadableCount: unreadable });
    await across.query("delete from dial.provider_secrets where tenant_id <> $1", [tenantId]);
    assert.equal(await keys(), 1);
    assert.deepEqual(await admin.resealSecrets({}), { resealedCount: 0, unreadableCount: 0 });
    await rotating.stop();
    await dialIn(t, at, { ...PROVIDER_SETTINGS, DIAL_SECRETS_KEY: NEXT });
    await providers.getProvider({ providerId: id }); // tried again until the connection stands
    assert.ok((await providers.testProvider({ providerId: id })).passed);
  });
});
