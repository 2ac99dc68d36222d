/** Callers that reach services directly, without the edge: ids of another tenant inside batches and later messages, the same ids at the same time, metadata that nobody should send. */
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { Client, credentials, Metadata, status } from "@grpc/grpc-js";
import type { AttemptReport } from "../../gen/herald/campaigns/v1/attempt_report.ts";
import { CampaignGroupServiceDefinition } from "../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { DialQueueServiceDefinition } from "../../gen/herald/campaigns/v1/dial_queue_service.ts";
import { Channel } from "../../gen/herald/common/v1/channel.ts";
import { AttemptCheckServiceDefinition } from "../../gen/herald/compliance/v1/attempt_check_service.ts";
import { InteractionServiceDefinition } from "../../gen/herald/contacts/v1/interaction_service.ts";
import { InteractionDirection } from "../../gen/herald/contacts/v1/interaction.ts";
import { SessionServiceDefinition } from "../../gen/herald/dial/v1/session_service.ts";
import { ApiKeyServiceDefinition } from "../../gen/herald/identity/v1/api_key_service.ts";
import { UserServiceDefinition } from "../../gen/herald/identity/v1/user_service.ts";
import { JobServiceDefinition } from "../../gen/herald/jobs/v1/job_service.ts";
import { ContactListServiceDefinition } from "../../gen/herald/lists/v1/contact_list_service.ts";
import { RecordServiceDefinition } from "../../gen/herald/lists/v1/record_service.ts";
import { errorDetails } from "../../svc/lib/errors/error-details.ts";
import { wholeFile } from "../lib/cleanup.ts";
import { meshClient, newId, tokenFor, userClient } from "../lib/harness.ts";
import { bootMesh, type Mesh } from "../lib/mesh.ts";
import { everyPermission } from "./foreign-ids.ts";
import { makeTenant, oneOfEverything } from "./one-of-everything.ts";

const mesh: Mesh = await bootMesh(wholeFile);
const check = (more: object) => ({ channel: Channel.CHANNEL_VOICE, contactInfo: "+12125550123", ...more });
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => "OK",
    (error: unknown) => {
      const told = errorDetails(error);
      return `${status[told?.code ?? status.UNKNOWN]} ${told?.fields.map(({ field }) => field).join()}`;
    },
  );

/** The services of one tenant, as another service calls them. */
const servicesOf = (t: TestContext, tenantId: string) => ({
  checks: meshClient(t, mesh.compliance, AttemptCheckServiceDefinition, tenantId),
  queue: meshClient(t, mesh.campaigns, DialQueueServiceDefinition, tenantId, "dial"),
  groups: meshClient(t, mesh.campaigns, CampaignGroupServiceDefinition, tenantId),
  sessions: meshClient(t, mesh.dial, SessionServiceDefinition, tenantId),
  interactions: meshClient(t, mesh.contacts, InteractionServiceDefinition, tenantId, "dial"),
  jobs: meshClient(t, mesh.jobs, JobServiceDefinition, tenantId, "lists"),
  records: meshClient(t, mesh.lists, RecordServiceDefinition, tenantId),
});

test("another tenant's ids inside batches and later messages of streams change and tell nothing", async (t) => {
  const owner = await makeTenant(t, mesh, everyPermission);
  const ids = await oneOfEverything(t, mesh, owner, everyPermission);
  const strangersTenant = await makeTenant(t, mesh, everyPermission);
  const [own, theirs] = [servicesOf(t, owner), servicesOf(t, strangersTenant)];
  const { campaignGroupId = "", recordId = "", attemptId = "", ruleId = "", suppressionListId = "" } = ids;

  await own.checks.setCampaignStates({ campaignStates: [{ campaignGroupId, running: true, version: 1 }] });
  await theirs.checks.setCampaignStates({ campaignStates: [{ campaignGroupId, running: false, version: 1_000_000 }] });
  const { decision } = await own.checks.checkAttempt({ check: check({ campaignGroupId }) });
  assert.notEqual(decision?.reason, 6, "still running");

  const outcome = { attemptId, leaseNumber: 0, counts: false, outcome: undefined, endTime: new Date() };
  await theirs.checks.reportOutcomes({ outcomes: [outcome] });
  const explained = await own.checks.explainAttempt({ attemptId });
  for (const [field, named] of [
    ["rule_ids[0]", { ruleIds: [ruleId] }],
    ["suppression_list_ids[0]", { suppressionListIds: [suppressionListId] }],
  ] as const) {
    const answers: number[] = [];
    const stream = theirs.checks.checkAttempts(
      (async function* () {
        yield { checks: [check({ attemptId: newId(), contactInfo: "+12125550188" })] as never };
        yield { checks: [check({ attemptId: newId(), contactInfo: "+12125550189", ...named })] as never };
      })(),
    );
    const told = await codeOf(
      (async () => {
        for await (const { decisions } of stream) answers.push(decisions.length);
      })(),
    );
    assert.deepEqual([answers, told], [[1], `INVALID_ARGUMENT checks[0].${field}`]);
  }
  const beside = await theirs.checks.checkAttempt({ check: check({ attemptId }) });
  assert.equal(beside.decision?.attemptId, attemptId);
  assert.deepEqual(await own.checks.explainAttempt({ attemptId }), explained);

  const report = (kind: AttemptReport["kind"]) => ({
    campaignGroupId,
    recordId,
    attemptId,
    leaseNumber: 0,
    time: new Date(),
    kind,
  });
  await theirs.queue.reportOutcomes({ reports: [report({ $case: "begun", begun: {} })] });
  const lease = { campaignGroupId, holder: "stranger" };
  assert.deepEqual((await theirs.queue.leaseDue({ ...lease, maxLeases: 10 })).leases, []);
  const { lostAttemptIds } = await theirs.queue.renewLeases({ ...lease, attemptIds: [attemptId] });
  assert.deepEqual(lostAttemptIds, [attemptId]);
  const { contactListId = "" } = ids;
  const asked = { keys: [{ contactListId, recordId }] };
  assert.deepEqual((await theirs.records.batchGetRecords(asked)).records, []);
  assert.equal((await own.records.batchGetRecords(asked)).records.length, 1);
});

test("what is made with ids of another tenant is refused in the same words as with ids of nothing", async (t) => {
  const ids = await oneOfEverything(t, mesh, await makeTenant(t, mesh, everyPermission), everyPermission);
  const who = { tenantId: await makeTenant(t, mesh, everyPermission), permissions: everyPermission };
  const groups = await userClient(t, mesh.campaigns, CampaignGroupServiceDefinition, who);
  const lists = await userClient(t, mesh.lists, ContactListServiceDefinition, who);
  const users = await userClient(t, mesh.identity, UserServiceDefinition, who);
  const apiKeys = await userClient(t, mesh.identity, ApiKeyServiceDefinition, who);
  const group = (more: object) =>
    groups.createCampaignGroup({
      campaignGroup: { name: newId(), channel: Channel.CHANNEL_SMS, content: { text: "Hello" }, ...more },
    });
  const ownList = (await lists.createContactList({ contactList: { name: "Own" } })).contactList?.id ?? "";
  const makes: [keyof typeof ids, (id: string) => Promise<unknown>][] = [
    ["contactListId", (id) => group({ contactListIds: [id] })],
    ["suppressionListId", (id) => group({ contactListIds: [ownList], suppressionListIds: [id] })],
    ["ruleId", (id) => group({ contactListIds: [ownList], ruleIds: [id] })],
    [
      "roleId",
      (id) =>
        users.createUser({
          user: { email: `${newId()}@acme.example`, displayName: "Eve", roleIds: [id] },
          password: "correct horse battery",
        }),
    ],
    ["roleId", (id) => apiKeys.createApiKey({ apiKey: { name: newId(), roleIds: [id] } })],
  ];
  for (const [name, make] of makes) {
    const [foreign, none] = [ids[name] ?? "", newId()];
    const said = (id: string) =>
      make(id).then(
        () => "made",
        (error: unknown) => `${errorDetails(error)?.reason} ${errorDetails(error)?.message}`.replaceAll(id, "<id>"),
      );
    const theirs = await said(foreign);
    assert.equal(theirs, await said(none));
    assert.match(theirs, /<id>/, `${name}: refused for the id: ${theirs}`);
  }
});

test("the same ids at the same time, in opposite orders, are answered by every service", async (t) => {
  const tenantId = await makeTenant(t, mesh, everyPermission);
  const { checks, interactions, jobs, queue } = servicesOf(t, tenantId);
  const ids = Array.from({ length: 300 }, newId);
  const both = <T>(call: (order: string[], i: number) => Promise<T>) =>
    Promise.all(Array.from({ length: 6 }, (_, i) => codeOf(call(i % 2 ? ids.toReversed() : ids, i))));
  const said: Record<string, string[]> = {};
  const batch = (order: string[], leaseNumber: number) =>
    (async function* () {
      yield {
        checks: order.map((attemptId, i) =>
          check({ attemptId, leaseNumber, contactInfo: `+1212555${1_000 + i}` }),
        ) as never,
      };
    })();
  said["checks"] = await both((order, i) => Array.fromAsync(checks.checkAttempts(batch(order, i + 1))));
  said["outcomes"] = await both((order, i) =>
    checks.reportOutcomes({
      outcomes: order.map((attemptId) => ({
        attemptId,
        leaseNumber: 0,
        counts: i % 2 === 0,
        outcome: undefined,
        endTime: new Date(),
      })),
    }),
  );
  said["again"] = await both((order, i) =>
    i % 3
      ? Array.fromAsync(checks.checkAttempts(batch(order, i + 1)))
      : checks.reportOutcomes({
          outcomes: order.map((attemptId) => ({
            attemptId,
            leaseNumber: i,
            counts: false,
            outcome: undefined,
            endTime: new Date(),
          })),
        }),
  );
  said["states"] = await both((order, i) =>
    checks.setCampaignStates({
      campaignStates: order.map((campaignGroupId) => ({ campaignGroupId, running: i % 2 === 0, version: i })),
    }),
  );
  said["interactions"] = await both((order) =>
    interactions.recordInteractions({
      interactions: order.map((id, i) => ({
        interaction: {
          id,
          direction: InteractionDirection.INTERACTION_DIRECTION_OUTBOUND,
          channel: Channel.CHANNEL_EMAIL,
          contactInfo: `a${i}@example.com`,
          startTime: new Date(),
        },
        clientId: `C-${i % 7}`,
      })),
    }),
  );
  said["jobs"] = await both((order) =>
    jobs.registerJob({
      job: {
        id: order[0] ?? "",
        kind: "lists.import",
        service: "lists",
        title: "Import",
        objectId: order[0] ?? "",
        unit: "rows",
      },
    }),
  );
  said["reports"] = await both((order) =>
    queue.reportOutcomes({
      reports: order.map((recordId) => ({
        campaignGroupId: ids[0] ?? "",
        recordId,
        attemptId: recordId,
        leaseNumber: 0,
        time: new Date(),
        kind: { $case: "begun" as const, begun: {} },
      })),
    }),
  );
  assert.deepEqual(
    Object.fromEntries(Object.entries(said).map(([name, codes]) => [name, [...new Set(codes)].join()])),
    {
      checks: "OK",
      outcomes: "OK",
      again: "OK",
      states: "OK",
      interactions: "OK",
      jobs: "OK",
      reports: "OK",
    },
  );
});

test("metadata that nobody should send changes nobody's tenant and breaks nothing", async (t) => {
  const [one, other] = [await makeTenant(t, mesh, everyPermission), await makeTenant(t, mesh, everyPermission)];
  await oneOfEverything(t, mesh, other, everyPermission);
  const mine = await tokenFor({ tenantId: one, permissions: everyPermission });
  const client = new Client(mesh.lists, credentials.createInsecure());
  t.after(() => client.close());
  const same = (bytes: Buffer) => bytes;
  const lists = (metadata: Metadata) =>
    new Promise<string>((resolve) =>
      client.makeUnaryRequest(
        "/herald.lists.v1.ContactListService/ListContactLists",
        same,
        same,
        Buffer.alloc(0),
        metadata,
        { deadline: Date.now() + 30_000 },
        (error, answer) => resolve(error ? status[error.code] : `OK ${(answer ?? Buffer.alloc(0)).length}`),
      ),
    );
  const withHeaders = (headers: [string, string][]) => {
    const metadata = new Metadata();
    for (const [name, value] of headers) metadata.add(name, value);
    return lists(metadata);
  };
  const auth: [string, string] = ["authorization", `Bearer ${mine}`];
  const said = {
    plain: await withHeaders([auth]),
    tenant: await withHeaders([
      auth,
      ["x-tenant-id", other],
      ["tenant-id", other],
      ["x-herald-tenant", other],
      ["herald-tenant-id", other],
    ]),
    longId: await withHeaders([auth, ["x-request-id", "x".repeat(7_000)]]),

    trace: await withHeaders([auth, ["traceparent", "00-zz-zz-01"], ["tracestate", ",,,=,"]]),
    forwarded: await withHeaders([
      auth,
      ["x-forwarded-for", "127.0.0.1"],
      ["x-forwarded-client-cert", "By=spiffe://herald"],
      ["x-envoy-internal", "true"],
    ]),
  };
  assert.deepEqual([...new Set(Object.values(said))], ["OK 0"], "nothing of the other tenant");
});
