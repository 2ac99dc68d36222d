/** Wires `dial`. */
import { MessageTemplateServiceDefinition } from "../../gen/herald/dial/v1/message_template_service.ts";
import { CampaignGroupServiceDefinition } from "../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { DialQueueServiceDefinition } from "../../gen/herald/campaigns/v1/dial_queue_service.ts";
import { OutboxServiceDefinition } from "../../gen/herald/common/v1/outbox_service.ts";
import { Channel } from "../../gen/herald/common/v1/channel.ts";
import { AttemptCheckServiceDefinition } from "../../gen/herald/compliance/v1/attempt_check_service.ts";
import { InteractionServiceDefinition } from "../../gen/herald/contacts/v1/interaction_service.ts";
import { TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { AttemptServiceDefinition } from "../../gen/herald/dial/v1/attempt_service.ts";
import type { DialingSettings } from "../../gen/herald/dial/v1/dialing_settings.ts";
import { HeldMessageServiceDefinition } from "../../gen/herald/dial/v1/held_message_service.ts";
import { ProviderServiceDefinition } from "../../gen/herald/dial/v1/provider_service.ts";
import { SenderServiceDefinition } from "../../gen/herald/dial/v1/sender_service.ts";
import { TestMessageServiceDefinition } from "../../gen/herald/dial/v1/test_message_service.ts";
import { SessionServiceDefinition } from "../../gen/herald/dial/v1/session_service.ts";
import { UndeliveredServiceDefinition } from "../../gen/herald/dial/v1/undelivered_service.ts";
import { RecordServiceDefinition } from "../../gen/herald/lists/v1/record_service.ts";
import { SuppressionListServiceDefinition } from "../../gen/herald/lists/v1/suppression_list_service.ts";
import { dependencyUnavailable } from "../lib/errors/errors.ts";
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
import { receiveInbound, receiveIncomplete, receiveUnreadable } from "./inbound/inbound.ts";
import { SessionMarks } from "./sessions/marks.ts";
import type { MessageProvider } from "./pipeline/send/message-provider.ts";
import { MessageRun } from "./pipeline/message-run.ts";
import type { Orphan } from "./attempts/open-store.ts";
import { openProviders, type Providers } from "./pipeline/send/providers.ts";
import { Receipts } from "./inbound/receipts.ts";
import { createRenderer } from "./rendering/renderer.ts";
import { recover } from "./sessions/recovery.ts";
import { Results } from "./pipeline/settle/results.ts";
import type { Run, RunDeps } from "./sessions/run.ts";
import { ProviderSecrets } from "./providers/provider-secrets.ts";
import { providerService } from "./providers/provider-service.ts";
import { createProviderTester } from "./providers/trying/test-provider.ts";
import { createSenderClaims } from "./senders/sender-claims.ts";
import { senderService } from "./senders/sender-service.ts";
import { sessionService } from "./sessions/session-service.ts";
import { ownAddress, readSessionSettings } from "./sessions/session-settings.ts";
import { type OwnedSession, SESSIONS_CHANNEL } from "./sessions/session-store.ts";
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
import { VoiceRun } from "./voice/voice-run.ts";
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
const KIN_EVERY_MS = 5_000;
const FORGET_EVERY_MS = 3_600_000;
const ANSWERS_EVERY_MS = 2_000;
/** After SIGTERM, running attempts get this long to end, and connections this long to close. */
const STOP_MS = 7_000;
const PROVIDERS_STOP_MS = 1_000;

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
  const receipts = new Receipts({ db, results, events, now, ids: config.smpp?.receiptIds ?? "auto" });
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
  parts.beforeServing("providers", async () => {
    providers = openProviders(
      parts,
      events,
      {
        receipt: (receipt) => receipts.receive(receipt),
        inbound: (message) => receiveInbound(inbound, message),
        unreadable: (message) => receiveUnreadable(inbound, message),
      },
      dkim.sign,
    );
  });
  const answering = parts.loop({
    name: "answers to what people wrote",
    everyMs: ANSWERS_EVERY_MS,
    work: () => sendDueAnswers({ ...runDeps, providerOf: () => providers?.sms }),
  });
  const sessions = new Sessions({
    db,
    events,
    log,
    owner,
    marks,
    mostCrashes: config.mostCrashes,
    recover: (session) => recover({ db, results, events, owner, now }, session),
    begin: (session, orphans) => begin(session, orphans, runDeps, providers, config),
    update: (run, { tenantId }, settings, version) =>
      run.update(readSessionSettings(tenantId, settings, version, config.senders)),
  });
  const watching = parts.loop({ name: "sessions", everyMs: SESSIONS_EVERY_MS, work: () => sessions.tick() });
  parts.loop({ name: "receipts that never came", everyMs: RECEIPTS_EVERY_MS, work: () => receipts.giveUpOverdue() });
  parts.loop({ name: "messages in parts", everyMs: PARTS_EVERY_MS, work: () => receiveIncomplete(inbound) });
  const heard = db.listen(SESSIONS_CHANNEL, () => watching.nudge());

  parts.serve(
    SessionServiceDefinition,
    sessionService({
      db,
      sessions,
      requireProvider(settings) {
        providers?.require(settings);
        links.require(settings);
      },
      async claimSender(tenantId, settings) {
        const sender = await claims.ownSender(tenantId, settings.channel, ownAddress(settings, config.senders));
        if (sender) await claims.claim(tenantId, sender, settings.campaignGroupId);
      },
      wake: async () => void (await db.everyTenant().query("select pg_notify($1, '')", [SESSIONS_CHANNEL])),
    }),
  );
  const testing: SendTestDeps = {
    ...runDeps,
    claims,
    checks: checkClient,
    senders: config.senders,
    limits: config.testLimits,
    providerOf: (settings) => messageProvider(providers, settings),
  };
  parts.serve(TestMessageServiceDefinition, testMessageService(testing));
  parts.loop({ name: "tests that were cut short", everyMs: RECEIPTS_EVERY_MS, work: () => tidyTests(testing) });
  parts.serve(AttemptServiceDefinition, attemptService({ db, regionOf, results, now }));
  parts.serve(SenderServiceDefinition, senderService({ db, claims, regionOf, now }));
  const secrets = new ProviderSecrets(config.secretBox);
  const lookUp = txtLookup(config.dnsServers);
  parts.serve(EmailDomainServiceDefinition, emailDomainService({ db, keys: dkim, claims, lookUp, now }));
  const fence = config.providerFence;
  const test = createProviderTester({ secrets, fence });
  parts.serve(ProviderServiceDefinition, providerService({ db, secrets, dkim, fence, claims, test, now }));
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
  parts.serve(
    MessageTemplateServiceDefinition,
    messageTemplateService({ testing, renderer, regionOf, groups: parts.client(CampaignGroupServiceDefinition) }),
  );
  parts.serve(PreviewServiceDefinition, previewService({ render: renderer.render, contents, links }));
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
  parts.onStop(() => Promise.race([providers?.stop(), pause(PROVIDERS_STOP_MS)]));
  parts.onStop(() => compliance.close());
  parts.onStop(() => renderer.stop());
  parts.onStop(async () => {
    await sessions.stop(STOP_MS);
    stopping.abort();
    results.stop();
  });
}

/** The provider of a channel's messages; throws PROVIDER_MISSING when it is not set up. */
function messageProvider(providers: Providers | undefined, settings: DialingSettings): MessageProvider {
  providers?.require(settings);
  const provider = settings.channel === Channel.CHANNEL_EMAIL ? providers?.email : providers?.sms;
  if (!provider) throw dependencyUnavailable("The provider");
  return provider;
}

/** The run of a session; undefined when its provider is no longer set up. */
function begin(
  session: OwnedSession,
  orphans: readonly Orphan[],
  deps: RunDeps,
  providers: Providers | undefined,
  config: DialConfig,
): Run | undefined {
  const settings = readSessionSettings(session.tenantId, session.settings, session.version, config.senders);
  if (settings.channel === Channel.CHANNEL_VOICE)
    return providers?.voice && new VoiceRun(deps, providers.voice, config.voicePace, settings, orphans);
  const provider = settings.channel === Channel.CHANNEL_EMAIL ? providers?.email : providers?.sms;
  return provider && new MessageRun(deps, provider, settings);
}
