/** The simulated mail inbox. */
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { bootSimulators } from "./boot.ts";

async function mail(t: TestContext, url: string) {
  const { hostname: host, port } = new URL(url);
  const connection = new SMTPConnection({ host, port: Number(port), ignoreTLS: true });
  connection.on("error", () => {});
  await new Promise<void>((resolve) => connection.connect(() => resolve()));
  t.after(() => connection.close());
  return (to: string, id: string) =>
    new Promise<string>((resolve) => {
      const message = `From: a@example.com\r\nSubject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <${id}>\r\n\r\nHello`;
      connection.send({ from: "a@example.com", to: [to] }, message, (error, info) => {
        if (!error) return resolve(info?.response ?? "");
        connection.reset(() => resolve(error.response || error.message));
      });
    });
}

test("the inbox keeps what arrives, shows it read, and counts what came twice", async (t) => {
  const { addresses, http } = await bootSimulators(t);
  const send = await mail(t, addresses.smtp);
  await send("anna@example.com", "one@herald");
  await send("anna@example.com", "one@herald");
  await send("ben@example.com", "two@herald");
  const { messages } = (await http("/email/messages?to=anna@example.com")).body as {
    messages: { subject: string; text: string }[];
  };
  assert.deepEqual(
    messages.map(({ subject, text }) => [subject, text.trim()]),
    [
      ["Grüße", "Hello"],
      ["Grüße", "Hello"],
    ],
  );
  assert.deepEqual((await http("/email/duplicates")).body, {
    duplicates: [{ to: "anna@example.com", id: "<one@herald>", again: 1 }],
  });
  assert.deepEqual((await http("/email/recipients")).body, {
    recipients: { "anna@example.com": 2, "ben@example.com": 1 },
  });
  await http("/email/messages", "DELETE");
  assert.equal(((await http("/email/counts")).body as { total: number }).total, 0);
});

test("recipients misbehave by the beginning of their local part", async (t) => {
  const { addresses, inbox } = await bootSimulators(t, { SIM_SLOW_EMAIL: "1ms" });
  const send = await mail(t, addresses.smtp);
  const replies: Record<string, RegExp> = {
    "bounce+a@example.com": /^550 5\.1\.1/,
    "defer+a@example.com": /^451 4\.7\.1/,
    "full+a@example.com": /^452 4\.2\.2/,
    "reject+a@example.com": /^554 5\.7\.1/,
    "slow+a@example.com": /^250/,
    "plain@example.com": /^250/,
  };
  for (const [to, reply] of Object.entries(replies)) assert.match(await send(to, `${to}.id`), reply, to);
  assert.match(await send("defer+a@example.com", "again"), /^250/, "greylisting lets the second try pass");
  assert.equal(inbox.arrivals.counts().total, 3);
  assert.doesNotMatch(await send("cut+a@example.com", "cut"), /^250/);
  assert.equal(inbox.arrivals.counts().total, 4, "what was cut off had arrived");
});
