/** How a connection to a mail server begins: sign-in, refusals, TLS. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { Socket } from "node:net";
import { test } from "node:test";
import { createSecureContext, setDefaultCACertificates, TLSSocket } from "node:tls";
import { certificate } from "./certificate.ts";
import { mailServer, send, type Script } from "./mail-server.ts";

test("a user signs in as the server lets him, and a refusal is told without its words", async (t) => {
  const me = { user: "me", password: "sesame" };
  const b64 = (text: string) => Buffer.from(text).toString("base64");
  const proof = createHmac("md5", "sesame").update("<1@here>").digest("hex");
  const cases: [Script, string[]][] = [
    [{ EHLO: "250-here\r\n250 AUTH LOGIN PLAIN", AUTH: "235 in" }, [`AUTH PLAIN ${b64("\0me\0sesame")}`]],
    [{ EHLO: "250 here", AUTH: "235 in" }, [`AUTH PLAIN ${b64("\0me\0sesame")}`]],
    [
      {
        EHLO: "250-here\r\n250 AUTH=LOGIN",
        AUTH: "334 VXNlcm5hbWU6",
        [b64("me")]: "334 UGFzc3dvcmQ6",
        [b64("sesame")]: "235 in",
      },
      ["AUTH LOGIN", b64("me"), b64("sesame")],
    ],
    [
      { EHLO: "250-here\r\n250 AUTH CRAM-MD5", AUTH: `334 ${b64("<1@here>")}`, [b64(`me ${proof}`)]: "235 in" },
      ["AUTH CRAM-MD5", b64(`me ${proof}`)],
    ],
  ];
  for (const [script, said] of cases) {
    const { link, heard } = await mailServer(t, script);
    await link(me);
    assert.deepEqual(
      heard.slice(1).map((line) => line.trim()),
      said,
    );
  }
  for (const mechanism of ["PLAIN", "LOGIN", "CRAM-MD5"]) {
    const { link } = await mailServer(t, {
      EHLO: `250-here\r\n250 AUTH ${mechanism}`,
      AUTH: "535 5.7.8 me is not known",
    });
    await assert.rejects(link(me), { message: "The mail server answered 535 5.7.8 to our user and password." });
  }
});

test("a server that does not open is told in words for people", async (t) => {
  for (const [greeting, script, words] of [
    ["554 5.7.1 not from there", {}, /answered 554 5\.7\.1\./],
    ["421 4.3.2 busy", {}, /answered 421 4\.3\.2\./],
    ["220 here", { EHLO: "421 4.3.2 busy" }, /answered 421 4\.3\.2\./],
    ["220 here", { EHLO: "500 what", HELO: "500 what" }, /answered 500\./],
    ["220 here", { EHLO: (socket: Socket) => socket.destroy() }, /cannot be reached \(ECONN/],
  ] as const)
    await assert.rejects((await mailServer(t, script, { greeting })).link(), words);
  const withoutTls = await mailServer(t, { STARTTLS: "454 4.7.0 not now", MAIL: "250 ok" });
  await assert.rejects(withoutTls.link({ startTls: "required" }), /answered 454 4\.7\.0\./);
});

test("TLS is used where it is offered, with a certificate that counts, and forgets what was said in the clear", async (t) => {
  const { key, cert } = await certificate(t);
  const secureContext = createSecureContext({ key, cert });
  const inTls = (said: string) => (socket: Socket) => {
    socket.write(said);
    socket.removeAllListeners("data");
    server.serve(new TLSSocket(socket, { isServer: true, secureContext }), "");
  };
  let server = await mailServer(t, { EHLO: "250-here\r\n250 STARTTLS", STARTTLS: inTls("220 go on\r\n") });
  await assert.rejects(server.link(), /cannot be reached \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
  setDefaultCACertificates([cert]);
  server.heard.length = 0;
  const opened = await server.link();
  assert.deepEqual(
    server.heard.map((said) => said.split(/\s/)[0]),
    ["EHLO", "STARTTLS", "EHLO"],
  );
  assert.equal((await send(opened)).kind, "taken");
  server.heard.length = 0;
  await send(await server.link({ startTls: "off" }));
  assert.ok(!server.heard.includes("STARTTLS\r\n"));
  for (const injected of ["220 go on\r\n250-evil\r\n250 AUTH PLAIN\r\n", "220 go on\r\n250-ev"]) {
    server = await mailServer(t, { EHLO: "250-here\r\n250 STARTTLS", STARTTLS: inTls(injected), AUTH: "235 in" });
    const trapped = await server.link().catch((error: unknown) => String(error));
    if (typeof trapped === "string") assert.match(trapped, /cannot be reached \(EPROTOCOL\)/);
    else assert.equal((await send(trapped)).kind, "taken");
  }
});
