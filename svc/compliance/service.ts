/** Wires `compliance`. */
import { AttemptCheckServiceDefinition } from "../../gen/herald/compliance/v1/attempt_check_service.ts";
import { AttemptPolicyServiceDefinition } from "../../gen/herald/compliance/v1/attempt_policy_service.ts";
import { PlaceServiceDefinition } from "../../gen/herald/compliance/v1/place_service.ts";
import { RuleServiceDefinition } from "../../gen/herald/compliance/v1/rule_service.ts";
import { TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { SuppressionListServiceDefinition } from "../../gen/herald/lists/v1/suppression_list_service.ts";
import { tenantRegions } from "../lib/client/tenant-defaults.ts";
import { type Parts, type RunningService, startService, type StartOptions } from "../lib/service/service.ts";
import { attemptCheckService } from "./checks/attempt-check-service.ts";
import { Checker } from "./checks/checker.ts";
import { complianceConfig, type ComplianceConfig } from "./config.ts";
import { CounterFiller } from "./caps/counter-filler.ts";
import { createDecisionStore } from "./decisions/decision-store.ts";
import { createEvents } from "./events.ts";
import { createPartitionStore } from "./decisions/partition-store.ts";
import { HoldFiller } from "./holds/hold-filler.ts";
import { createHoldRelease } from "./holds/hold-release.ts";
import { NamedLists } from "./suppression/named-lists.ts";
import { placeService } from "./places/place-service.ts";
import { createRedisStore } from "./redis/redis-store.ts";
import { createRefunds } from "./caps/refunds.ts";
import { keepPartitions } from "./decisions/retention.ts";
import { attemptPolicyService } from "./rules/attempt-policy-service.ts";
import { createAttemptPolicyStore } from "./rules/attempt-policy-store.ts";
import { RuleBook } from "./rules/rule-book.ts";
import { ruleService } from "./rules/rule-service.ts";
import { createRuleStore, RULES_CHANNEL } from "./rules/rule-store.ts";
import { readPacks } from "./rules/engine/built-in.ts";
import { runFeed, type Stream } from "./suppression/suppression-feed.ts";
import { SuppressionView } from "./suppression/suppression-view.ts";

const LOOK_EVERY_MS = 250;
const PARTITIONS_EVERY_MS = 3_600_000;

export const startCompliance = (given: StartOptions = {}): Promise<RunningService> =>
  startService("compliance", complianceConfig(given.env), build, given);

function build(parts: Parts<ComplianceConfig>): void {
  const { config, now, log, metrics } = parts;
  const db = parts.database(new URL("./sql/", import.meta.url));
  parts.outbox(db);
  const redis = createRedisStore(parts.redis());
  const events = createEvents(metrics, log);
  const ruleStore = createRuleStore(db);
  const decisions = createDecisionStore(db);

  const builtIn = readPacks(new URL("./rules/packs/", import.meta.url));
  const rules = new RuleBook(ruleStore, builtIn);
  const heard = db.listen(RULES_CHANNEL, (tenantId) => rules.forget(tenantId));
  parts.onStop(() => heard.stop());

  const suppression = new SuppressionView(redis, config.silenceMs);
  const lists = parts.client(SuppressionListServiceDefinition);
  const stream: Stream = (afterSequence, signal) =>
    lists.streamEntries({ afterSequence }, { tenantId: "*", timeoutMs: Infinity, signal });
  const feed = { redis, stream, events, log, denseFrom: config.denseFrom, silenceMs: config.silenceMs };

  const counters = new CounterFiller({ decisions, redis, events, now });
  parts.onStop(() => counters.stop());
  const holds = new HoldFiller({ decisions, redis, events, now });
  const checker = new Checker({ rules, suppression, redis, decisions, counters, holds, events, now });
  const namedLists = new NamedLists({ suppression, ruleStore, lists });
  const refunds = createRefunds({ redis, rules });
  const holdRelease = createHoldRelease({ redis, rules, now });
  const { streamBatchesAtOnce } = config;
  const regionOf = tenantRegions(parts.client(TenantServiceDefinition));

  parts.serve(
    AttemptCheckServiceDefinition,
    attemptCheckService({
      checker,
      namedLists,
      rules,
      ruleStore,
      decisions,
      refunds,
      holdRelease,
      regionOf,
      streamBatchesAtOnce,
      now,
    }),
  );
  parts.serve(RuleServiceDefinition, ruleService({ store: ruleStore, builtIn, now }));
  parts.serve(AttemptPolicyServiceDefinition, attemptPolicyService({ store: createAttemptPolicyStore(db), now }));
  parts.serve(PlaceServiceDefinition, placeService({ regionOf, now }));

  parts.needs("lists");
  parts.dependsOn("suppression data", async () => {
    const fault = suppression.fault();
    if (fault !== undefined) throw new Error(fault);
  });
  const partitionStore = createPartitionStore(db);
  const partitions = () => keepPartitions(partitionStore, events, config.retentionMonths, now());
  parts.beforeServing("partitions", partitions);
  parts.loop({ name: "partitions", everyMs: PARTITIONS_EVERY_MS, work: partitions });
  parts.loop({ name: "suppression feed", everyMs: LOOK_EVERY_MS, work: (signal) => runFeed(feed, signal) });
  // A failure needs no back-off. Without an answer the view becomes out of date, and then nothing is allowed.
  parts.loop({ name: "suppression view", everyMs: LOOK_EVERY_MS, work: () => suppression.refresh().catch(() => {}) });
}
