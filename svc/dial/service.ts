/** Wires `dial`. */
import { MessageTemplateServiceDefinition } from "../../gen/herald/dial/v1/message_template_service.ts";
import { CampaignGroupServiceDefinition } from "../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { DialQueueServiceDefinition } from "../../gen/herald/campaigns/v1/dial_queue_service.ts";
import { OutboxServiceDefinition } from "../../gen/herald/common/v1/outbox_service.ts";
import { AttemptCheckServiceDefinition } from "../../gen/herald/compliance/v1/attempt_check_service.ts";
import { InteractionServiceDefinition } from "../../gen/herald/contacts/v1/interaction_service.ts";
import { TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { AttemptServiceDefinition } from "../../gen/herald/dial/v1/attempt_service.ts";
import { HeldMessageServiceDefinition } from "../../gen/herald/dial/v1/held_message_service.ts";
import { ProviderServiceDefinition } from "../../gen/herald/dial/v1/provider_service.ts";
import { SenderServiceDefinition } from "../../gen/herald/dial/v1/sender_service.ts";
import { TestMessageServiceDefinition } from "../../gen/herald/dial/v1/test_message_service.ts";
import { SessionServiceDefinition } from "../../gen/herald/dial/v1/session_service.ts";
import { UndeliveredServiceDefinition } from "../../gen/herald/dial/v1/undelivered_service.ts";
import { RecordServiceDefinition } from "../../gen/herald/lists/v1/record_service.ts";
import { SuppressionListServiceDefinition } from "../../gen/herald/lists/v1/suppression_list_service.ts";
import { FairSlots } from "../lib/async/fair-slots.ts";
import { tooManyWaiting } from "../lib/errors/errors.ts";
import { newId } from "../lib/request/ids.ts";
import type { RunningService } from "../lib/service/run.ts";
import { regionsOf, tenantDefaults } from "../lib/client/tenant-defaults.ts";
import { type Parts, startService, type StartOptions } from "../lib/service/service.ts";
import { pause } from "../lib/async/time.ts";
import { attemptService } from "./attempts/attempt-service.ts";
import { createCompliance } from "./pipeline/permit/compliance.ts";
import { dialConfig, type DialConfig } from "./config.ts";
import { createEvents } from "./events.ts";
import { heldMessageService } from "./inbound/held-message-service.ts";
import { deliveriesTo } from "./inbound/deliveries.ts";
import { receiveIncomplete } from "./inbound/inbound.ts";
import { SessionMarks } from "./sessions/marks.ts";
import { openProviders, type Providers } from "./pipeline/send/providers.ts";
import { Receipts } from "./inbound/receipts.ts";
import { createRenderer } from "./rendering/renderer.ts";
import { NOT_STARTED, requiredProvider } from "./providers/required-provider.ts";
import { createRuns } from "./sessions/begin-run.ts";
import { recover } from "./sessions/recovery.ts";
import { Results } from "./pipeline/settle/results.ts";
import type { RunDeps } from "./sessions/run.ts";
import { receiptIdsOf } from "./providers/open-provider.ts";
import { answerLanes } from "./providers/answer-lane.ts";
import { ProviderHub } from "./providers/provider-hub.ts";
import { ProviderSecrets } from "./providers/provider-secrets.ts";
import { providerService } from "./providers/provider-service.ts";
import { createProviderTester } from "./providers/trying/test-provider.ts";
import { createSenderClaims } from "./senders/sender-claims.ts";
import { senderService } from "./senders/sender-service.ts";
import { sessionService } from "./sessions/session-service.ts";
import { choiceOf, ownAddress } from "./sessions/session-settings.ts";
import { SESSIONS_CHANNEL } from "./sessions/session-store.ts";
import { Sessions } from "./sessions/sessions.ts";
import { createPublishing } from "./publishing/publishing.ts";
import { ownKeeper, serviceKeeper } from "./publishing/undelivered.ts";
import { undeliveredService } from "./publishing/undelivered-service.ts";
import { createUnwritten } from "./pipeline/settle/unwritten.ts";
import type { SendTestDeps } from "./test-messages/send-test.ts";
import { testMessageService } from "./test-messages/test-message-service.ts";
import { tidyTests } from "./test-messages/tidy-tests.ts";
import { createContents } from "./templates/contents.ts";
import { messageTemplateService } from "./templates/template-service.ts";
import { OUTBOX_SERVICES } from "../lib/service/service-names.ts";
import { PreviewServiceDefinition } from "../../gen/herald/dial/v1/preview_service.ts";
import { ContactServiceDefinition } from "../../gen/herald/contacts/v1/contact_service.ts";
import { InboundMessageServiceDefinition } from "../../gen/herald/dial/v1/inbound_message_service.ts";
import { KeywordServiceDefinition } from "../../gen/herald/dial/v1/keyword_service.ts";
import { OptOutServiceDefinition } from "../../gen/herald/dial/v1/opt_out_service.ts";
import { ProgramServiceDefinition } from "../../gen/herald/dial/v1/program_service.ts";
import { sendDueAnswers } from "./keywords/answer-sender.ts";
import { keywordService } from "./keywords/keyword-service.ts";
import { recordCallRefusals } from "./opt-outs/call-refusals.ts";
import { ChangeStream } from "../lib/watch/change-stream.ts";
import { inboundMessageService } from "./inbound/inbound-message-service.ts";
import { forgetOldInbound, INBOUND_CHANNEL } from "./inbound/inbound-message-store.ts";
import { findDueKin } from "./opt-outs/kin.ts";
import { createOptOuts } from "./opt-outs/opt-outs.ts";
import { optOutService } from "./opt-outs/opt-out-service.ts";
import { programService } from "./programs/program-service.ts";
import { EmailDomainServiceDefinition } from "../../gen/herald/dial/v1/email_domain_service.ts";
import { createDkimKeys } from "./dkim/dkim-keys.ts";
import { txtLookup } from "./dkim/dns-records.ts";
import { emailDomainService } from "./dkim/email-domain-service.ts";
import { linkTokens } from "./unsubscribes/link-token.ts";
import { unsubscribeLinks } from "./unsubscribes/links.ts";
import { unsubscribeService } from "./unsubscribes/unsubscribe-service.ts";
import { UnsubscribeServiceDefinition } from "../../gen/herald/dial/v1/unsubscribe_service.ts";
import { previewService } from "./previews/preview-service.ts";

const SESSIONS_EVERY_MS = 1_000;
const RECEIPTS_EVERY_MS = 60_000;
const PARTS_EVERY_MS = 30_000;
const PROVIDERS_EVERY_MS = 2_000;
const LISTEN_EVERY_MS = 5_000;
const KIN_EVERY_MS = 5_000;
const FORGET_EVERY_MS = 3_600_000;
const ANSWERS_EVERY_MS = 2_000;
/** After SIGTERM, running attempts get this long to end, and connections this long to close. */
const STOP_MS = 7_000;
const PROVIDERS_STOP_MS = 1_000;
/** One person looks at one preview at a time, and a page asks for a few at once. */
const PREVIEWS = { most: 16, mostOfOne: 3, mostWaiting: 400, mostWaitingOfOne: 20 };

export const startDial = (given: StartOptions = {}): Promise<RunningService> =>
  startService("dial", dialConfig(given.env), build, given);

function build(parts: Parts<DialConfig>): void {
  const { config, log, metrics, now } = parts;
  const owner = `${config.name}/${newId()}`;
  const stopping = new AbortController();
  const events = createEvents(metrics, log);
  const db = parts.database(new URL("./sql/", import.meta.url));
  const outbox = parts.outbox(db);
  const checkClient = parts.client(AttemptCheckServiceDefinition);
  const queue = parts.client(DialQueueServiceDefinition);
  parts.needs("campaigns", "compliance", "lists", "contacts");

  const publishing = createPublishing({
    outbox,
    queue,
    checks: checkClient,
    interactions: parts.client(InteractionServiceDefinition),
    suppressionLists: parts.client(SuppressionListServiceDefinition),
  });
  const records = parts.client(RecordServiceDefinition);
  const kinDeps = { db, publishing, contacts: parts.client(ContactServiceDefinition), records, events, now };
  const kin = parts.loop({
    name: "devices of people who opted out",
    everyMs: KIN_EVERY_MS,
    work: () => findDueKin(kinDeps),
  });
  const optOuts = createOptOuts({ publishing, now, lookForKin: () => kin.nudge() });
  const results = new Results({ db, publishing, callRefusals: recordCallRefusals(optOuts), events, owner });
  const receipts = new Receipts({ db, results, events, now });
  const inbound = {
    db,
    publishing,
    optOuts,
    answersWait: () => answering.nudge(),
    events,
    now,
    region: config.smpp?.region ?? "",
  };
  const defaultsOf = tenantDefaults(parts.client(TenantServiceDefinition));
  const regionOf = regionsOf(defaultsOf);
  const dkim = createDkimKeys(db, config.secretBox, now);
  const tokens = linkTokens(config.linkKeys);
  const links = unsubscribeLinks({ tokens, publicUrl: config.publicUrl, defaultsOf });
  const claims = createSenderClaims({
    db,
    shared: config.sharedSenders,
    mostClaims: config.mostClaims,
    regionOf: (tenantId) => regionOf({ tenantId, requestId: "" })(),
    now,
  });
  const compliance = createCompliance(checkClient, config.checkDeadlineMs);
  const renderer = createRenderer(events);
  const previews = new FairSlots({ ...PREVIEWS, refuse: (waiting) => tooManyWaiting("previews", waiting) });
  const marks = new SessionMarks({ db, log, owner });
  const contents = createContents(db);
  const runDeps: RunDeps = {
    contents,
    db,
    compliance,
    render: renderer.render,
    publishing,
    events,
    owner,
    stopping: stopping.signal,
    now,
    results,
    receipts,
    marks,
    queue,
    records,
    claims,
    links,
    log,
    holder: config.name,
  };

  let providers: Providers | undefined;
  const deliveries = deliveriesTo(receipts, inbound);
  parts.beforeServing("providers", async () => {
    const source = { tenantId: "", providerId: "", ids: config.smpp?.receiptIds ?? "auto" };
    providers = openProviders(parts, events, deliveries(source, undefined), dkim.sign);
  });
  const secrets = new ProviderSecrets(config.secretBox);
  const fence = config.providerFence;
  const { unsettledMost, deadlineMs } = config;
  const hub = new ProviderHub({
    ...{ db, log, owner, now, secrets, fence, unsettledMost, deadlineMs, sign: dkim.sign },
    notSigned: events.notSigned,
    openMost: config.providersMost,
    operators: (channel) => (providers ? providers.on(channel) : NOT_STARTED),
    mayUseOperators: (tenantId) => config.operatorsProvidersFor?.has(tenantId) ?? true,
    deliveriesOf: ({ tenantId, id }, smpp) =>
      deliveries({ tenantId, providerId: id, ids: receiptIdsOf(smpp) }, { tenantId, region: smpp.region }),
  });
  const following = parts.loop({ name: "providers", everyMs: PROVIDERS_EVERY_MS, work: () => hub.refresh() });
  parts.loop({ name: "message centres of tenants", everyMs: LISTEN_EVERY_MS, work: () => hub.listen() });
  const runs = createRuns({ ...runDeps, hub, voicePace: config.voicePace });
  const requireProvider = requiredProvider(hub, () => providers);
  const answering = parts.loop({
    name: "answers to what people wrote",
    everyMs: ANSWERS_EVERY_MS,
    work: () => sendDueAnswers({ ...runDeps, laneFor: answerLanes(hub, db) }),
  });
  const sessions = new Sessions({
    db,
    events,
    log,
    owner,
    marks,
    mostCrashes: config.mostCrashes,
    recover: (session) => recover({ db, results, events, owner, now }, session),
    begin: runs.begin,
    update: runs.update,
  });
  const watching = parts.loop({ name: "sessions", everyMs: SESSIONS_EVERY_MS, work: () => sessions.tick() });
  parts.loop({ name: "receipts that never came", everyMs: RECEIPTS_EVERY_MS, work: () => receipts.giveUpOverdue() });
  parts.loop({ name: "messages in parts", everyMs: PARTS_EVERY_MS, work: () => receiveIncomplete(inbound) });
  const heard = db.listen(SESSIONS_CHANNEL, () => {
    watching.nudge();
    following.nudge();
  });
  const wake = async () => void (await db.everyTenant().query("select pg_notify($1, '')", [SESSIONS_CHANNEL]));

  parts.serve(
    SessionServiceDefinition,
    sessionService({
      db,
      sessions,
      async requireProvider(tenantId, settings) {
        const usual = await requireProvider(tenantId, settings);
        links.require(settings);
        return usual;
      },
      async claimSender(tenantId, settings, usual) {
        const sender = await claims.ownSender(tenantId, settings.channel, ownAddress(settings, usual));
        if (sender) await claims.claim(tenantId, sender, settings.campaignGroupId);
      },
      wake,
    }),
  );
  const testing: SendTestDeps = {
    ...runDeps,
    render: renderer.show,
    claims,
    checks: checkClient,
    limits: config.testLimits,
    async laneFor(tenantId, settings) {
      await requireProvider(tenantId, settings);
      return hub.lane(choiceOf(tenantId, settings));
    },
  };
  parts.serve(TestMessageServiceDefinition, testMessageService(testing));
  parts.loop({ name: "tests that were cut short", everyMs: RECEIPTS_EVERY_MS, work: () => tidyTests(testing) });
  parts.serve(AttemptServiceDefinition, attemptService({ db, regionOf, results, now }));
  parts.serve(SenderServiceDefinition, senderService({ db, claims, regionOf, now }));
  const lookUp = txtLookup(config.dnsServers);
  parts.serve(EmailDomainServiceDefinition, emailDomainService({ db, keys: dkim, claims, lookUp, now }));
  const test = createProviderTester({ secrets, fence });
  parts.serve(
    ProviderServiceDefinition,
    providerService({ db, secrets, dkim, fence, claims, test, hub, changed: wake, now }),
  );
  parts.serve(ProgramServiceDefinition, programService({ db, now }));
  const arrived = new ChangeStream();
  const hearing = arrived.listen(db, INBOUND_CHANNEL);
  parts.onStop(() => hearing.stop());
  parts.loop({
    name: "messages of people that are old",
    everyMs: FORGET_EVERY_MS,
    work: () => forgetOldInbound(db.everyTenant(), now()),
  });
  parts.serve(InboundMessageServiceDefinition, inboundMessageService({ db, arrived, regionOf }));
  parts.serve(KeywordServiceDefinition, keywordService({ db, now }));
  parts.serve(OptOutServiceDefinition, optOutService({ db, optOuts, regionOf, now }));
  const groups = parts.client(CampaignGroupServiceDefinition);
  parts.serve(
    MessageTemplateServiceDefinition,
    messageTemplateService({ testing, renderer, previews, regionOf, groups }),
  );
  parts.serve(PreviewServiceDefinition, previewService({ show: renderer.show, previews, contents, links }));
  parts.serve(
    UnsubscribeServiceDefinition,
    unsubscribeService({ db, optOuts, publishing, tokens, defaultsOf, events, now }),
  );
  parts.serve(HeldMessageServiceDefinition, heldMessageService({ db }));
  parts.serve(
    UndeliveredServiceDefinition,
    undeliveredService([
      ownKeeper("dial", outbox.setAside),
      ownKeeper("dial", createUnwritten({ db, results })),
      ...OUTBOX_SERVICES.filter((name) => name !== "dial").map((name) =>
        serviceKeeper(name, parts.client(OutboxServiceDefinition, name)),
      ),
    ]),
  );

  parts.onStop(() => heard.stop());
  parts.onStop(() => Promise.race([Promise.all([providers?.stop(), hub.stop()]), pause(PROVIDERS_STOP_MS)]));
  parts.onStop(() => compliance.close());
  parts.onStop(() => renderer.stop());
  parts.onStop(async () => {
    await sessions.stop(STOP_MS);
    stopping.abort();
    results.stop();
  });
}
