/** Wires `lists`. */
import { CampaignGroupServiceDefinition } from "../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { JobServiceDefinition } from "../../gen/herald/jobs/v1/job_service.ts";
import { ContactListServiceDefinition } from "../../gen/herald/lists/v1/contact_list_service.ts";
import { RecordServiceDefinition } from "../../gen/herald/lists/v1/record_service.ts";
import { SuppressionListServiceDefinition } from "../../gen/herald/lists/v1/suppression_list_service.ts";
import { jobReporter } from "../lib/client/jobs.ts";
import { type Parts, type RunningService, startService, type StartOptions } from "../lib/service/service.ts";
import { changeTail } from "./change-log/change-tail.ts";
import { listsConfig, type ListsConfig } from "./config.ts";
import { contactListService } from "./contact-lists/contact-list-service.ts";
import { listsEvents } from "./events.ts";
import { relayJobEnds, sweepImports } from "./imports/import-sweep.ts";
import { listUsers } from "./contact-lists/list-users.ts";
import { recordService } from "./records/record-service.ts";
import { ThreadPool } from "./reader/threads/thread-pool.ts";
import { FairSlots } from "../lib/async/fair-slots.ts";
import { suppressionListService } from "./suppression/suppression-list-service.ts";
import { tenantDefaults } from "../lib/client/tenant-defaults.ts";
import { forgetOldChanges, removeDeleted } from "./removals/upkeep.ts";

const SWEEP_EVERY_MS = 5_000;
const REMOVE_EVERY_MS = 10_000;
const FORGET_EVERY_MS = 60_000;

export const startLists = (given: StartOptions = {}): Promise<RunningService> =>
  startService("lists", listsConfig(given.env), build, given);

function build(parts: Parts<ListsConfig>): void {
  const { config, now, log } = parts;
  const db = parts.database(new URL("./sql/", import.meta.url));
  const outbox = parts.outbox(db);
  const jobCalls = parts.client(JobServiceDefinition);
  const jobs = jobReporter("lists", jobCalls, log);
  const events = listsEvents(parts.metrics, log);
  const defaultsOf = tenantDefaults(parts.client(TenantServiceDefinition));
  const tail = changeTail(db, log);
  const removals = parts.loop({ name: "removals", everyMs: REMOVE_EVERY_MS, work: () => removeDeleted(db, events) });
  const removalsWaiting = () => removals.nudge();
  const { mostRows, leastRate } = config;
  const users = listUsers(parts.client(CampaignGroupServiceDefinition));
  const previews = new FairSlots(config.previewSlots);
  const threads = new ThreadPool();
  const reading = { db, defaultsOf, jobs, previews, threads, leastRate, events, mostRows, now, removalsWaiting };

  parts.needs("identity");
  parts.serve(ContactListServiceDefinition, contactListService({ db, users, now, removalsWaiting }));
  parts.serve(RecordServiceDefinition, recordService({ ...reading, slots: new FairSlots(config.contactSlots) }));
  const suppressionSlots = new FairSlots(config.suppressionSlots);
  parts.serve(
    SuppressionListServiceDefinition,
    suppressionListService({ ...reading, users, slots: suppressionSlots, tail }),
  );

  parts.beforeServing("abandoned imports", () => sweepImports({ db, outbox, events, now }));
  parts.beforeServing("suppression changes", () => tail.begin());
  parts.onStop(() => tail.stop());
  parts.onStop(() => threads.end());
  parts.loop({
    name: "abandoned imports",
    everyMs: SWEEP_EVERY_MS,
    work: () => sweepImports({ db, outbox, events, now }),
  });
  parts.loop({
    name: "old suppression changes",
    everyMs: FORGET_EVERY_MS,
    work: () => forgetOldChanges(db, new Date(now().getTime() - config.changesKeptMs)),
  });
  relayJobEnds(outbox, jobCalls);
}
