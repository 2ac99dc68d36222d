/** Addresses to which a service may connect when somebody else names the host. */
import assert from "node:assert/strict";
import { createServer, connect, type AddressInfo } from "node:net";
import { test } from "node:test";
import { AddressFence, AddressRefusedError, readAddressFence } from "../../../svc/lib/outbound/address-fence.ts";
import { readSettings } from "../../../svc/lib/service/config.ts";

const REFUSED = [
  ...["127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1"],
  ...["169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1"],
  ...["::1", "::", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "ff02::1", "2001:db8::1"],
  ...["::ffff:127.0.0.1", "::ffff:a00:1", "64:ff9b::10.0.0.1", "2002:7f00:1::", "2002:a9fe:a9fe::1"],
  ...["64:ff9b:1::10.0.0.1", "64:ff9b:1:a00:1::", "::10.0.0.1", "::1.1.1.1", "::ffff:0:10.0.0.1", "fec0::1", "3fff::1"],
  ...["2001:0:a00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "100::1", "5f00::1", "4000::1", "192.88.99.1"],
];
const PUBLIC = [
  "1.1.1.1",
  "172.32.0.1",
  "172.15.0.1",
  "100.63.0.1",
  "2606:4700::1111",
  "::ffff:1.1.1.1",
  "2002:101:101::",
];

test("own networks and addresses of nobody are refused, in every form", () => {
  const fence = new AddressFence();
  for (const address of REFUSED) assert.ok(fence.refusal(address), address);
  for (const address of PUBLIC) assert.equal(fence.refusal(address), undefined, address);
});

test("the operator allows kinds of networks, or networks", () => {
  const fence = new AddressFence(["loopback", "10.1.0.0/16", "fd00::/8", "192.168.7.7"]);
  for (const address of ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.1.2.3", "fd12::1", "192.168.7.7"])
    assert.equal(fence.refusal(address), undefined, address);
  for (const address of ["10.2.0.1", "192.168.7.8", "fe80::1", "169.254.169.254"])
    assert.ok(fence.refusal(address), address);
  const read = (text: string) => readSettings((env) => readAddressFence(env, "X_NETS", [], "why"), { X_NETS: text });
  assert.equal(read("private, link-local").refusal("10.0.0.1"), undefined);
  for (const wrong of ["everything", "10.0.0.0/33", "10.0.0/8", "fd00::/200"])
    assert.throws(() => read(wrong), /X_NETS must be loopback, private, link-local or networks/);
});

test("the machine's own addresses are refused unless they are allowed, and what is refused is so whatever is allowed", () => {
  const own = () => ["10.1.2.3", "51.15.1.2", "2a01:4f8:0:0::7"];
  for (const address of ["51.15.1.2", "::ffff:51.15.1.2", "2a01:4f8::7"]) {
    assert.equal(new AddressFence([], { own }).refusal(address), "an address of this machine");
    assert.equal(new AddressFence(["51.15.1.2", "2a01:4f8::/64"], { own }).refusal(address), undefined);
  }
  assert.equal(new AddressFence([], { own }).refusal("51.15.1.3"), undefined);

  const env = { X_NETS: "private", X_NETS_REFUSED: "10.0.0.0/24, 51.15.0.0/16, link-local" };
  const fence = readSettings((settings) => readAddressFence(settings, "X_NETS", [], "why"), env);
  assert.equal(fence.refusal("10.0.1.1"), undefined);
  for (const address of ["10.0.0.1", "51.15.9.9", "fe80::1"])
    assert.equal(fence.refusal(address), "an address of a network that is refused");
  assert.throws(
    () => readSettings((settings) => readAddressFence(settings, "X_NETS", [], "why"), { X_NETS_REFUSED: "all" }),
    /X_NETS_REFUSED must be loopback/,
  );
});

test("a name is checked when it is used: what leads to a refused address is not connected to", async (t) => {
  const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  t.after(() => server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const tried = (fence: AddressFence) =>
    new Promise<unknown>((resolve) => {
      const socket = connect({ host: "localhost", port, lookup: fence.lookup });
      socket.once("connect", () => resolve("connected"));
      socket.once("error", resolve);
    });
  const refused = await tried(new AddressFence());
  assert.ok(refused instanceof AddressRefusedError);
  assert.match(refused.message, /localhost has no public address.*unless its operator allows/);
  assert.equal(refused.why, "a loopback address", "for operators");
  assert.equal(await tried(new AddressFence(["loopback"])), "connected");
  assert.throws(() => new AddressFence().checkLiteral("10.0.0.1"), AddressRefusedError);
  new AddressFence().checkLiteral("mail.example.com");
});
