/** Starts compliance for a test, with the clients that most tests need. */
import type { TestContext } from "node:test";
import { Channel } from "../../gen/herald/common/v1/channel.ts";
import type { AttemptCheck } from "../../gen/herald/compliance/v1/attempt_check.ts";
import type { Decision } from "../../gen/herald/compliance/v1/decision.ts";
import { AttemptCheckServiceDefinition } from "../../gen/herald/compliance/v1/attempt_check_service.ts";
import { AttemptPolicyServiceDefinition } from "../../gen/herald/compliance/v1/attempt_policy_service.ts";
import { PlaceServiceDefinition } from "../../gen/herald/compliance/v1/place_service.ts";
import type { Rule } from "../../gen/herald/compliance/v1/rule.ts";
import { RuleServiceDefinition } from "../../gen/herald/compliance/v1/rule_service.ts";
import { startCompliance } from "../../svc/compliance/service.ts";
import { errorDetails } from "../../svc/lib/errors/error-details.ts";
import { fakeClock, meshClient, newId, started, testEnv, testKeys, until, userClient } from "../lib/harness.ts";
import { type EntriesServer, entriesServer } from "./entries-server.ts";

/** Noon in New York on a Tuesday: every window of the United States is open. */
export const NOON = "2026-03-03T17:00:00Z";

/** All permissions of people that concern compliance. */
const PERMISSIONS = ["attempts.check", "attempts.read", "rules.read", "rules.write", "places.read"];

/** One of the compliance processes that share a database and Redis. */
export interface Replica {
  address: string;
  attempts: Booted["attempts"];
  stop(): Promise<void>;
}

export interface Booted {
  address: string;
  env: Record<string, string>;
  entries: EntriesServer;
  clock: ReturnType<typeof fakeClock>;
  tenantId: string;
  attempts: Awaited<ReturnType<typeof attemptsOf>>;
  rules: Awaited<ReturnType<typeof rulesOf>>;
  places: Awaited<ReturnType<typeof placesOf>>;
  policy: Awaited<ReturnType<typeof policyOf>>;
  mesh: ReturnType<typeof meshOf>;
  stop(): Promise<void>;
}

const attemptsOf = (t: TestContext, address: string, tenantId: string) =>
  userClient(t, address, AttemptCheckServiceDefinition, { tenantId, permissions: PERMISSIONS });
const rulesOf = (t: TestContext, address: string, tenantId: string) =>
  userClient(t, address, RuleServiceDefinition, { tenantId, permissions: PERMISSIONS });
const placesOf = (t: TestContext, address: string, tenantId: string) =>
  userClient(t, address, PlaceServiceDefinition, { tenantId, permissions: PERMISSIONS });
const policyOf = (t: TestContext, address: string, tenantId: string) =>
  userClient(t, address, AttemptPolicyServiceDefinition, { tenantId, permissions: PERMISSIONS });
const meshOf = (t: TestContext, address: string, tenantId: string) =>
  meshClient(t, address, AttemptCheckServiceDefinition, tenantId);

export { attemptsOf, meshOf, placesOf, policyOf, rulesOf };

/** A policy under which attempts to one number may follow each other at once, for tests of other things. */
export const NOT_EXCLUSIVE = {
  attemptPolicy: { callsExclusive: false, messagesExclusive: false },
  updateMask: ["calls_exclusive", "messages_exclusive"],
};

/** Starts the service with a server of suppression entries. Unless told otherwise, waits until it answers, and its tenant's attempts hold no devices or clients. */
export async function boot(
  t: TestContext,
  {
    entries,
    env = {},
    ready = true,
    exclusive = false,
  }: { entries?: EntriesServer; env?: Record<string, string>; ready?: boolean; exclusive?: boolean } = {},
): Promise<Booted> {
  const source = entries ?? (await entriesServer(t));
  const clock = fakeClock(NOON);
  const settings = await testEnv(t, "compliance", { HERALD_MESH_LISTS: source.address, ...env });
  const service = await started(t, startCompliance({ env: settings, keys: testKeys, now: clock.now }));
  const tenantId = newId();
  const { address } = service;
  const [attempts, rules, places, policy] = await Promise.all([
    attemptsOf(t, address, tenantId),
    rulesOf(t, address, tenantId),
    placesOf(t, address, tenantId),
    policyOf(t, address, tenantId),
  ]);
  if (!exclusive) await policy.updateAttemptPolicy(NOT_EXCLUSIVE);
  const booted = {
    address,
    env: settings,
    entries: source,
    clock,
    tenantId,
    attempts,
    rules,
    places,
    policy,
    mesh: meshOf(t, address, tenantId),
    stop: () => service.stop(),
  };
  if (ready) await untilReady(booted);
  return booted;
}

/** Starts another process with the same database, Redis and clock as a running one. Waits until it answers. */
export async function bootBeside(t: TestContext, { env, clock, tenantId }: Booted): Promise<Replica> {
  const service = await started(t, startCompliance({ env, keys: testKeys, now: clock.now }));
  const replica = {
    address: service.address,
    attempts: await attemptsOf(t, service.address, tenantId),
    stop: () => service.stop(),
  };
  await untilReady(replica);
  return replica;
}

/** Waits until checks are answered. */
export const untilReady = ({ attempts }: Pick<Booted, "attempts">): Promise<unknown> =>
  until(async () => {
    try {
      return await attempts.checkAttempt({ check: ask() });
    } catch (error) {
      if (errorDetails(error)?.reason === "ERROR_REASON_NOT_READY") return false;
      throw error;
    }
  });

/** A check of a call to a New York number outside campaigns; a "what if" check unless it has an id. */
export const ask = (more: Partial<AttemptCheck> = {}): Partial<AttemptCheck> => ({
  channel: Channel.CHANNEL_VOICE,
  contactInfo: "+12125550123",
  ...more,
});

/** The decision of one check. */
export async function decided(attempts: Booted["attempts"], more: Partial<AttemptCheck> = {}): Promise<Decision> {
  const { decision } = await attempts.checkAttempt({ check: ask(more) });
  if (!decision) throw new Error("no decision");
  return decision;
}

/** A required cap on attempts to a device. */
export const cap = (limit: number, more: Partial<Rule> = {}, periodSeconds = 86_400): Partial<Rule> => ({
  name: `At most ${limit}`,
  required: true,
  body: { $case: "attemptCap", attemptCap: { limit, periodSeconds, subject: 1, scope: 1, places: [] } },
  ...more,
});
