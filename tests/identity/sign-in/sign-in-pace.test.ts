import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { waitAfter } from "../../../svc/identity/sign-in/sign-in-pace.ts";
import { fakeClock, rejectsWith, status } from "../../lib/harness.ts";
import { asEveryTenant } from "../database.ts";
import { tokensFrom } from "../from-address.ts";
import { bootIdentity, openOffice, PASSWORD } from "../identity.ts";

const MINUTE_MS = 60_000;

async function boot(t: TestContext) {
  const clock = fakeClock(new Date());
  const identity = await bootIdentity(t, { now: clock.now });
  const { signIn } = tokensFrom(t, identity);
  /** Tries wrong passwords as fast as it is let; gives how long it has to wait after each. */
  const guess = async (address: string, tenant: string, email: string, times: number) => {
    for (let i = 0; i < times;) {
      const error = await signIn(address, tenant, email, "not the password").catch(
        (caught: { code: status }) => caught,
      );
      if ((error as { code: status }).code === status.UNAUTHENTICATED) i++;
      else clock.advance(1_000);
    }
  };
  const slowed = (call: Promise<unknown>) =>
    rejectsWith(call, status.RESOURCE_EXHAUSTED, "ERROR_REASON_TOO_MANY_ATTEMPTS");
  return { identity, clock, signIn, guess, slowed };
}

test("some tries are free, and each after that waits twice as long, up to a bound", () => {
  const pace = { free: 3, mostMs: 10_000 };
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 7, 8, 1_000_000].map((tries) => waitAfter(tries, pace)),
    [0, 0, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000],
  );
});

test("who guesses from one address is slowed down for long, known account or not, and the owner elsewhere is let in", async (t) => {
  const { identity, clock, signIn, guess, slowed } = await boot(t);
  const { slug, adminEmail } = await identity.newTenant();
  for (const email of [adminEmail, "nobody@example.com"]) {
    await guess("203.0.113.7", slug, email, 12);
    const told = await slowed(signIn("203.0.113.7", slug, email));
    assert.ok((told.retryAfterMs ?? 0) > MINUTE_MS, "more than a minute from here");
    assert.match(told.message, /Wait \d+ (seconds|minutes)/);
  }
  await signIn("198.51.100.20", slug, adminEmail);
  clock.advance(15 * MINUTE_MS);
  await signIn("203.0.113.7", slug, adminEmail);
});

test("whatever strangers try from however many places, the owner waits a minute at most, and not at all on a known device", async (t) => {
  const { identity, signIn, guess, slowed } = await boot(t);
  const { slug, adminEmail } = await identity.newTenant();
  const { deviceToken } = await signIn("198.51.100.20", slug, adminEmail);
  for (let i = 0; i < 30; i++) await guess(`203.0.113.${i}`, slug, adminEmail, 1);
  const told = await slowed(signIn("198.51.100.20", slug, adminEmail));
  assert.ok((told.retryAfterMs ?? 0) <= MINUTE_MS);
  const again = await signIn("198.51.100.20", slug, adminEmail, PASSWORD, deviceToken);
  assert.equal(again.deviceToken, deviceToken);
  assert.equal(again.refusedSignIns, 30);
  assert.ok(again.lastRefusedSignInTime instanceof Date);
  assert.equal((await signIn("198.51.100.20", slug, adminEmail, PASSWORD, deviceToken)).refusedSignIns, 0);
});

test("a device is known for its own user alone, is slowed down by its own wrong passwords, and is forgotten with a new password", async (t) => {
  const { identity, signIn, guess, slowed } = await boot(t);
  const office = await openOffice(identity);
  const { deviceToken } = await signIn("198.51.100.20", office.slug, office.adminEmail);
  const { userId } = await office.hire("ada@example.com", ["lists.read"]);
  const ada = await signIn("198.51.100.21", office.slug, "ada@example.com");
  for (let i = 0; i < 30; i++) await guess(`203.0.113.${i}`, office.slug, "ada@example.com", 1);
  await slowed(signIn("198.51.100.21", office.slug, "ada@example.com", PASSWORD, deviceToken));
  for (let i = 0; i < 10; i++)
    await rejectsWith(
      signIn("198.51.100.21", office.slug, "ada@example.com", "wrong", ada.deviceToken),
      status.UNAUTHENTICATED,
    );
  await slowed(signIn("198.51.100.21", office.slug, "ada@example.com", PASSWORD, ada.deviceToken));
  await office.users.setPassword({ userId, password: PASSWORD });
  await slowed(signIn("198.51.100.21", office.slug, "ada@example.com", PASSWORD, ada.deviceToken));
});

test("one address that tries many accounts is slowed down for all of them", async (t) => {
  const { identity, signIn, guess, slowed } = await boot(t);
  const { slug, adminEmail } = await identity.newTenant();
  for (let i = 0; i < 55; i++) await guess("203.0.113.7", slug, `user${i}@example.com`, 1);
  await slowed(signIn("203.0.113.7", slug, adminEmail));
  await signIn("198.51.100.20", slug, adminEmail);
});

test("whoever has a network of IPv6 addresses is one address", async (t) => {
  const { identity, signIn, guess, slowed } = await boot(t);
  const { slug, adminEmail } = await identity.newTenant();
  for (let i = 1; i <= 12; i++) await guess(`2001:db8:1:2::${i}`, slug, adminEmail, 1);
  await slowed(signIn("2001:db8:1:2:ffff::99", slug, adminEmail));
  await signIn("2001:db8:1:3::1", slug, adminEmail);
});

test("who has to wait leaves nothing behind, however many accounts are named", async (t) => {
  const { identity, signIn, guess, slowed } = await boot(t);
  const { slug } = await identity.newTenant();
  for (let i = 0; i < 51; i++) await guess("203.0.113.7", slug, `user${i}@example.com`, 1);
  const rows = async () => (await asEveryTenant(identity, "select account from identity.sign_in_failures")).length;
  const before = await rows();
  for (let i = 0; i < 100; i++) await slowed(signIn("203.0.113.7", slug, `another${i}@example.com`));
  assert.equal(await rows(), before);
});
