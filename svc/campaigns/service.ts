/** `campaigns`, wired. */
import { CampaignGroupServiceDefinition } from "../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { DialQueueServiceDefinition } from "../../gen/herald/campaigns/v1/dial_queue_service.ts";
import { AttemptCheckServiceDefinition } from "../../gen/herald/compliance/v1/attempt_check_service.ts";
import { RuleServiceDefinition } from "../../gen/herald/compliance/v1/rule_service.ts";
import { MessageTemplateServiceDefinition } from "../../gen/herald/dial/v1/message_template_service.ts";
import { ProviderServiceDefinition } from "../../gen/herald/dial/v1/provider_service.ts";
import { SenderServiceDefinition } from "../../gen/herald/dial/v1/sender_service.ts";
import { SessionServiceDefinition } from "../../gen/herald/dial/v1/session_service.ts";
import { TestMessageServiceDefinition } from "../../gen/herald/dial/v1/test_message_service.ts";
import { TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { ContactListServiceDefinition } from "../../gen/herald/lists/v1/contact_list_service.ts";
import { RecordServiceDefinition } from "../../gen/herald/lists/v1/record_service.ts";
import { SuppressionListServiceDefinition } from "../../gen/herald/lists/v1/suppression_list_service.ts";
import { type RunningService, startService, type StartOptions } from "../lib/service/service.ts";
import { tenantRegions } from "../lib/client/tenant-defaults.ts";
import { campaignGroupService } from "./groups/campaign-group-service.ts";
import { GroupChanges } from "./progress/group-changes.ts";
import { campaignsConfig } from "./config.ts";
import { dialQueueService } from "./queue/dial-queue-service.ts";
import { contentChecks } from "./messages/content-names.ts";
import { createEvents } from "./events.ts";
import { cancelStopped, removeQueues, stopFinished, sweep } from "./groups/housekeeping.ts";
import { History } from "./progress/history.ts";
import { loadGroups } from "./loading/loader.ts";
import { openPlacesOf } from "./loading/plans/open-places.ts";
import { ChangeFollower } from "./loading/plans/change-follower.ts";
import { Planner } from "./loading/plans/planner.ts";
import { peopleOf } from "./queue/people.ts";
import { reconcile } from "./state-sync/reconciler.ts";
import { referenceChecks } from "./groups/references.ts";
import { senderChecks } from "./messages/sender-check.ts";
import { sessionViews } from "./progress/session-view.ts";
import { StateSync } from "./state-sync/state-sync.ts";
import { contentReader } from "./messages/read-content.ts";
import { createTemplateReader } from "./messages/template-reader.ts";
import { ProgramServiceDefinition } from "../../gen/herald/dial/v1/program_service.ts";
import { PreviewServiceDefinition } from "../../gen/herald/dial/v1/preview_service.ts";

/** Background work runs this often even if nothing starts it. */
const LOOK_EVERY_MS = 1_000;
/** The same while nothing changes in any group. */
const IDLE_LOOK_MS = 3_000;

export const startCampaigns = (given: StartOptions = {}): Promise<RunningService> =>
  startService(
    "campaigns",
    campaignsConfig(given.env),
    (parts) => {
      const { config, log, metrics, now } = parts;
      const db = parts.database(new URL("./sql/", import.meta.url));
      parts.outbox(db);
      parts.needs("lists", "compliance", "dial");
      const checks = parts.client(AttemptCheckServiceDefinition);
      const sessions = parts.client(SessionServiceDefinition);
      const checkReferences = referenceChecks({
        contactLists: parts.client(ContactListServiceDefinition),
        suppressionLists: parts.client(SuppressionListServiceDefinition),
        rules: parts.client(RuleServiceDefinition),
        programs: parts.client(ProgramServiceDefinition),
      });

      const records = parts.client(RecordServiceDefinition);

      const events = createEvents(metrics, log);
      const changes = new GroupChanges(db, log);
      parts.onStop(() => changes.stop());
      const history = new History(db, changes, now);
      parts.onStop(async () => void (await history.note()));
      const templates = createTemplateReader(events);
      parts.onStop(() => templates.stop());
      const readTemplates = contentReader(templates.read, parts.client(MessageTemplateServiceDefinition));
      const { queue: limits, loadTimeoutMs, batchChains, tellTimeoutMs: timeoutMs } = config;
      const stateSync = new StateSync({ db, checks, sessions, changes, events, now, timeoutMs });
      const findOpenPlaces = openPlacesOf(checks);
      const planner = new Planner({
        db,
        findOpenPlaces,
        changes,
        events,
        now,
        loadTimeoutMs,
        batchChains: config.planChains,
      });
      const keeping = { db, limits, changes, events, now, batchChains };

      const loop = (name: string, everyMs: number, work: (signal: AbortSignal) => Promise<boolean | void>) =>
        parts.loop({ name, everyMs, work });
      const watching = (name: string, work: (signal: AbortSignal) => Promise<boolean | void>) => {
        const looking = parts.loop({ name, everyMs: LOOK_EVERY_MS, idleMs: IDLE_LOOK_MS, work });
        changes.onAny(() => looking.quicken());
        return looking;
      };
      const sync = watching("state sync", () => stateSync.syncWaiting());
      const finish = watching("finish", async (signal) => void ((await stopFinished(keeping, signal)) && sync.nudge()));
      const started = () => [sync, finish].forEach((work) => work.nudge());
      const loading = {
        db,
        limits,
        planner,
        changes,
        events,
        now,
        loadTimeoutMs,
        batchChains,
        startedDialing: started,
      };
      const load = watching("load", (signal) => loadGroups(loading, signal));
      const cancel = watching("cancel", (signal) => cancelStopped(keeping, signal));
      const remove = watching("remove", (signal) => removeQueues(keeping, signal));
      loop("sweep", config.sweepEveryMs, (signal) => sweep(keeping, signal));
      const follower = new ChangeFollower({
        db,
        planner,
        findOpenPlaces,
        changes,
        events,
        now,
        batchChains: config.planChains,
        everyMs: config.replanEveryMs,
      });
      loop("follow changes", config.replanEveryMs, (signal) => follower.follow(signal));
      watching("plan", (signal) => planner.planWaiting(signal));
      loop("history", config.historyEveryMs, () => history.note());
      loop(
        "reconcile",
        config.reconcileEveryMs,
        async (signal) => void ((await reconcile({ db, checks, sessions, events, timeoutMs }, signal)) && sync.nudge()),
      );

      const loops = { load, sync, cancel, remove };
      parts.serve(
        CampaignGroupServiceDefinition,
        campaignGroupService({
          db,
          viewSession: sessionViews(sessions),
          checkReferences,
          checkContent: contentChecks(records, readTemplates),
          readTemplates,
          checkSender: senderChecks({
            senders: parts.client(SenderServiceDefinition),
            providers: parts.client(ProviderServiceDefinition),
          }),
          records,
          checks,
          stateSync,
          planner,
          changes,
          events,
          now,
          tests: parts.client(TestMessageServiceDefinition),
          previews: parts.client(PreviewServiceDefinition),
          regionOf: tenantRegions(parts.client(TenantServiceDefinition)),
          nudge: (work) => loops[work].nudge(),
          watchPaceMs: config.watchPaceMs,
          watchHeartbeatMs: config.watchHeartbeatMs,
        }),
      );
      parts.serve(
        DialQueueServiceDefinition,
        dialQueueService({ db, limits, people: peopleOf(records), planner, changes, events, now }),
      );
    },
    given,
  );
