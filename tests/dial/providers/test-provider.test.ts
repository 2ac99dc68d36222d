/** Tests of providers: each step, what is wrong with it, and what would be right. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { createSecureContext, setDefaultCACertificates, TLSSocket } from "node:tls";
import { type Provider, SmtpTls } from "../../../gen/herald/dial/v1/provider.ts";
import { ProviderTestKind, ProviderTestResult } from "../../../gen/herald/dial/v1/provider_service.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { freePort } from "../../../deploy/local/ports.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { rejectsWith, until } from "../../lib/harness.ts";
import { certificate } from "../email/certificate.ts";
import { mailServer, type Script } from "../email/mail-server.ts";
import { dialIn, world } from "../boot.ts";
import { make, PROVIDER_SETTINGS, providersOf, smppKind, smtpKind, voiceKind } from "./tenants.ts";

type Kind = NonNullable<Provider["kind"]>;

const short = (name: string, prefix: string) => name.replace(prefix, "").toLowerCase();
const nameOf = (values: Record<string, number>, value: number, prefix: string) =>
  short(Object.entries(values).find(([, one]) => one === value)?.[0] ?? "", prefix);

test("tests of providers", async (file) => {
  const at = await world(wholeFile);
  await dialIn(wholeFile, at, PROVIDER_SETTINGS);

  /** Tries a provider of a tenant of its own; gives the steps as `address passed, connection failed, …` and the one that failed. */
  async function tried(kind: Kind, { defaultSender = "", sender = "" } = {}) {
    const providers = await providersOf(wholeFile, at);
    const { id } = await make(providers, { kind, defaultSender });
    const { passed, steps } = await providers.testProvider({ providerId: id, sender });
    const told = steps.map(
      ({ kind: step, result }) =>
        `${nameOf(ProviderTestKind, step, "PROVIDER_TEST_KIND_")} ${nameOf(ProviderTestResult, result, "PROVIDER_TEST_RESULT_")}`,
    );
    const failed = steps.find(({ result }) => result === ProviderTestResult.PROVIDER_TEST_RESULT_FAILED);
    assert.equal(passed, failed === undefined);
    assert.ok(!JSON.stringify(steps).includes("sesame"));
    return { told: told.join(", "), failed: failed ? `${failed.explanation} ${failed.remedy}` : "" };
  }
  const mail = async (t: TestContext, script: Script, more = {}, greeting = "220 here") => {
    const { port } = await mailServer(t, script, { greeting });
    return smtpKind(`smtp://localhost:${port}`, { host: "localhost", ...more });
  };
  const me = { user: "me", password: "sesame" };

  await file.test("a mail server that takes everything passes every step, and gets no message", async (t) => {
    const server = await mailServer(t, { EHLO: "250-here\r\n250 AUTH PLAIN", AUTH: "235 in" });
    const kind = smtpKind(`smtp://localhost:${server.port}`, { host: "localhost", ...me, tls: SmtpTls.SMTP_TLS_OFF });
    const { told } = await tried(kind, { defaultSender: "News <news@own.example>" });
    assert.equal(told, "address passed, connection passed, tls skipped, credentials passed, sender passed");
    const commands = server.heard.map((line) => line.split(/[\s:]/)[0]);
    assert.deepEqual(commands, ["EHLO", "AUTH", "MAIL", "RSET", "QUIT"]);
  });

  await file.test("what is wrong with a mail server is told at its step, with what would be right", async (t) => {
    const closed = await freePort();
    const cases: [Kind, { defaultSender?: string }, string, RegExp][] = [
      [smtpKind(`smtp://127.0.0.1:${closed}`), {}, "connection", /Nobody listens on port \d+.*Check the port/],
      [await mail(t, {}, {}, "554 5.7.1 go away"), {}, "connection", /greets us with 554 5\.7\.1.*admitted/],
      [await mail(t, {}, {}, "HTTP/1.1 400 Bad Request"), {}, "connection", /does not speak as|greets us/],
      [
        await mail(t, { STARTTLS: "502 5.5.1 what" }, { tls: SmtpTls.SMTP_TLS_REQUIRED }),
        {},
        "tls",
        /offers no TLS on port \d+ \(502 5\.5\.1\).*SMTP_TLS_IMPLICIT on port 465/,
      ],
      [await mail(t, {}, { tls: SmtpTls.SMTP_TLS_IMPLICIT }), {}, "tls", /No encryption could be agreed on/],
      [
        await mail(t, { EHLO: "250 AUTH PLAIN", AUTH: "535 5.7.8 me is wrong" }, me),
        {},
        "credentials",
        /refuses user and password \(535 5\.7\.8\).*Check both/,
      ],
      [
        await mail(t, { MAIL: "550 5.7.1 not yours" }),
        { defaultSender: "a@b.example" },
        "sender",
        /refuses the sender \(550 5\.7\.1\).*may use/,
      ],
    ];
    for (const [kind, sender, step, words] of cases) {
      const { told, failed } = await tried(kind, sender);
      assert.match(told, new RegExp(`${step} failed`), `${told}: ${failed}`);
      assert.match(failed, words);
      assert.doesNotMatch(failed, /me is wrong|not yours|go away/);
    }
  });

  await file.test("a test that is given up leaves no connection, though the server goes on talking", async (t) => {
    const talking: Socket[] = [];
    const talk = (socket: Socket, text: string) => {
      talking.push(socket.resume());
      const letters = setInterval(() => socket.write(text), 100);
      socket.once("close", () => clearInterval(letters));
    };
    const centre = createServer((socket) =>
      talk(
        socket.on("error", () => {}),
        "",
      ),
    ).listen(0, "127.0.0.1");
    t.after(() => centre.close());
    await once(centre, "listening");
    const kinds = [
      await mail(t, { MAIL: (socket) => talk(socket, "2") }),
      smppKind(`smpp://127.0.0.1:${(centre.address() as AddressInfo).port}`),
    ];
    for (const kind of kinds) {
      const before = talking.length;
      const providers = await providersOf(wholeFile, at);
      const { id } = await make(providers, { kind, defaultSender: kind.$case === "smtp" ? "a@b.example" : "" });
      const patience = new AbortController();
      const given = assert.rejects(providers.testProvider({ providerId: id }, { signal: patience.signal }));
      const socket = await until(() => talking[before]);
      patience.abort();
      await given;
      await until(() => socket.closed, { timeoutMs: 4_000 });
    }
  });

  await file.test("a certificate that has expired, or of nobody known, is told as such", async (t) => {
    const [expired, unknown] = [await certificate(t, { isExpired: true }), await certificate(t)];
    const withTls = async ({ key, cert }: { key: string; cert: string }) => {
      const secureContext = createSecureContext({ key, cert });
      const server = await mailServer(t, {
        EHLO: "250-here\r\n250 STARTTLS",
        STARTTLS: (socket: Socket) => {
          socket.write("220 go on\r\n");
          socket.removeAllListeners("data");
          server.serve(new TLSSocket(socket, { isServer: true, secureContext }), "");
        },
      });
      return tried(smtpKind(`smtp://localhost:${server.port}`, { host: "localhost", tls: SmtpTls.SMTP_TLS_REQUIRED }));
    };
    const first = await withTls(unknown);
    assert.match(first.told, /connection passed, tls failed, credentials skipped, sender skipped/);
    assert.match(first.failed, /no known authority.*public authority/);
    setDefaultCACertificates([expired.cert, unknown.cert]);
    assert.match((await withTls(expired)).failed, /certificate of localhost has expired.*renew/);
    assert.match((await withTls(unknown)).told, /tls passed, credentials skipped/);
  });

  await file.test("a message centre is bound to and left, both ways", async () => {
    const url = at.simulators.addresses.smpp;
    assert.equal(
      (await tried(smppKind(url))).told,
      "address passed, connection passed, tls skipped, credentials passed, sender skipped",
    );
    assert.match((await tried(smppKind(url, { separateBinds: true }))).told, /credentials passed/);
    const wrong = await tried(smppKind(url, { password: "sesame" }));
    assert.match(wrong.told, /connection passed, tls skipped, credentials failed/);
    assert.match(wrong.failed, /refuses the password \(0x0e\)\. Check the password/);
    const closed = await tried(smppKind(`smpp://127.0.0.1:${await freePort()}`));
    assert.match(closed.failed, /Nobody listens on port/);
    assert.match((await tried(smppKind(url, { tls: true }))).told, /tls failed/);
  });

  await file.test("a voice adapter is asked with its key", async () => {
    const { voice } = at.simulators.addresses;
    assert.equal(
      (await tried(voiceKind(voice))).told,
      "address passed, connection passed, tls skipped, credentials passed, sender skipped",
    );
    const wrong = await tried(voiceKind(voice, "another-key-another-key-another-key"));
    assert.match(wrong.told, /connection passed, tls skipped|connection passed/);
    assert.match(wrong.failed, /refuses our key.*HERALD_VOICE_KEY/);
    assert.match((await tried(voiceKind(`127.0.0.1:${await freePort()}`))).failed, /No voice adapter answers/);
  });

  await file.test("an unknown host is told, and so is one that leads to an address that is not allowed", async () => {
    const providers = await providersOf(wholeFile, at);
    const made = await make(providers, { kind: smtpKind("smtp://127.0.0.1:25") });
    const dial = at.database("dial").everyTenant();
    const lead = (host: string) =>
      dial.query("update dial.providers set account = account || jsonb_build_object('host', $2::text) where id = $1", [
        made.id,
        host,
      ]);
    await lead("10.1.2.3");
    const refused = await providers.testProvider({ providerId: made.id });
    assert.match(JSON.stringify(refused.steps[0]), /private, loopback or reserved address.*DIAL_PROVIDER_NETWORKS/);
    await lead("no-such-host.invalid");
    const unknown = await providers.testProvider({ providerId: made.id });
    assert.match(JSON.stringify(unknown.steps[0]), /unknown to the DNS/);
  });

  await file.test("ten tests a minute, and no more", async () => {
    const providers = await providersOf(wholeFile, at);
    const { id } = await make(providers, { kind: smppKind(at.simulators.addresses.smpp) });
    for (let i = 0; i < 10; i++) await providers.testProvider({ providerId: id });
    const refused = await rejectsWith(
      providers.testProvider({ providerId: id }),
      status.RESOURCE_EXHAUSTED,
      "ERROR_REASON_PROVIDER_TEST_LIMIT_REACHED",
    );
    assert.ok((refused.retryAfterMs ?? 0) > 30_000);
  });
});
