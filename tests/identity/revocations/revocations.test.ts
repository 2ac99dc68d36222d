import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { Client, credentials, Metadata, type ServiceError } from "@grpc/grpc-js";
import { JobState } from "../../../gen/herald/jobs/v1/job.ts";
import { JobServiceDefinition } from "../../../gen/herald/jobs/v1/job_service.ts";
import { ContactListServiceDefinition } from "../../../gen/herald/lists/v1/contact_list_service.ts";
import { ApiKeyServiceDefinition } from "../../../gen/herald/identity/v1/api_key_service.ts";
import { type IssueTokenResponse, TokenServiceDefinition } from "../../../gen/herald/identity/v1/token_service.ts";
import { UserServiceDefinition } from "../../../gen/herald/identity/v1/user_service.ts";
import { methods } from "../../../gen/methods.ts";
import { startJobs } from "../../../svc/jobs/service.ts";
import type { BoundCalls } from "../../../svc/lib/client/client.ts";
import { bindScope, connect } from "../../../svc/lib/client/client.ts";
import type { GenericDefinition } from "../../../svc/lib/rpc/definitions.ts";
import { startLists } from "../../../svc/lists/service.ts";
import { aJob } from "../../jobs/jobs.ts";
import { meshClient, nobodysClient, rejectsWith, started, status, testEnv, until } from "../../lib/harness.ts";
import { asEveryTenant } from "../database.ts";
import { bootIdentity, type Identity, type Office, openOffice, PASSWORD } from "../identity.ts";

/** Long enough for a busy machine, and far from the quarter of an hour that a token lives. */
const SECONDS = { timeoutMs: 10_000 };

const REFUSED: readonly status[] = [status.UNAUTHENTICATED, status.PERMISSION_DENIED];

/** Identity and a second service that knows it only through the mesh. */
async function boot(t: TestContext) {
  const identity = await bootIdentity(t);
  const env = await testEnv(t, "jobs", { HERALD_MESH_IDENTITY: identity.address });
  const jobs = await started(t, startJobs({ env }));
  const office = await openOffice(identity);
  const tokens = nobodysClient(t, identity.address, TokenServiceDefinition);
  const at = (token: IssueTokenResponse) => clientAt(t, jobs.address, JobServiceDefinition, token);
  return { identity, office, tokens, jobs, at };
}

function clientAt<Definition extends GenericDefinition>(
  t: TestContext,
  address: string,
  definition: Definition,
  { accessToken }: IssueTokenResponse,
): BoundCalls<Definition> {
  const connection = connect({ address, token: () => `Bearer ${accessToken}`, deadlineMs: 20_000 });
  t.after(() => connection.close());
  return bindScope(connection.client(definition), { tenantId: "" });
}

/** A second administrator, and their token. */
async function secondAdministrator(identity: Identity, office: Office) {
  const roleId = await office.roleId("Administrator");
  const email = `second@${office.slug}.example`;
  const { user } = await office.users.createUser({ user: { email, roleIds: [roleId] }, password: PASSWORD });
  const token = await identity.signIn(office.slug, email);
  return { userId: user?.id ?? "", roleId, email, token };
}

test("an administrator who was demoted, disabled or deleted cannot use the old token to be one again", async (t) => {
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  const viewer = await office.roleId("Viewer");
  const takings = {
    demoted: (id: string) => office.users.updateUser({ user: { id, roleIds: [viewer] }, updateMask: ["role_ids"] }),
    disabled: (id: string) => office.users.updateUser({ user: { id, disabled: true }, updateMask: ["disabled"] }),
    deleted: (id: string) => office.users.deleteUser({ userId: id }),
  };
  for (const [how, take] of Object.entries(takings)) {
    const roleId = await office.roleId("Administrator");
    const email = `${how}@example.com`;
    const { user } = await office.users.createUser({ user: { email, roleIds: [roleId] }, password: PASSWORD });
    const id = user?.id ?? "";
    const token = await identity.signIn(office.slug, email);
    const [users, apiKeys] = [
      identity.client(UserServiceDefinition, token),
      identity.client(ApiKeyServiceDefinition, token),
    ];
    await take(id);
    // As one whose token is void, or, before word of that has come, as one who lacks the permission by now.
    const refused = (call: Promise<unknown>) =>
      assert.rejects(call, ({ code }: ServiceError) => REFUSED.includes(code), how);
    await refused(users.updateUser({ user: { id, roleIds: [roleId], disabled: false } }));
    await refused(users.createUser({ user: { email: "new@example.com", roleIds: [roleId] }, password: PASSWORD }));
    await refused(users.setPassword({ userId: office.adminUserId, password: PASSWORD }));
    await refused(apiKeys.createApiKey({ apiKey: { name: how, roleIds: [roleId] } }));
  }
});

test("whatever changes something in identity asks the database, also where nobody heard of a revocation", async (t) => {
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  const { userId, token } = await secondAdministrator(identity, office);
  await asEveryTenant(identity, "set role herald_identity_owner; alter table identity.users disable trigger user");
  await asEveryTenant(identity, "update identity.users set disabled = true where id = $1", [userId]);
  assert.ok(await identity.client(UserServiceDefinition, token).listUsers({}), "reads wait for word of it");
  const raw = new Client(identity.address, credentials.createInsecure());
  t.after(() => raw.close());
  const metadata = new Metadata();
  metadata.set("authorization", `Bearer ${token.accessToken}`);
  const bytes = (value: Buffer) => value;
  const changing = Object.entries(methods).filter(
    ([path, { requires, idempotency }]) =>
      path.startsWith("/herald.identity.") &&
      idempotency !== "no-side-effects" &&
      !/^(public|mesh\.|platform\.)/.test(requires ?? ""),
  );
  assert.ok(changing.length >= 10, `${changing.length} RPCs`);
  for (const [path] of changing) {
    const code = await new Promise((resolve) =>
      raw.makeUnaryRequest(path, bytes, bytes, Buffer.alloc(0), metadata, (error: ServiceError | null) =>
        resolve(error?.code),
      ),
    );
    assert.equal(code, status.UNAUTHENTICATED, path);
  }
});

test("what is taken away reaches other services within seconds, and what is left comes with the next token", async (t) => {
  const { identity, office, tokens, at } = await boot(t);
  const { role } = await office.roles.createRole({
    role: { name: "Looks", permissions: ["jobs.read", "jobs.cancel"] },
  });
  const roleId = role?.id ?? "";
  const viewer = await office.roleId("Viewer");
  const hire = async (email: string) => {
    const { user } = await office.users.createUser({ user: { email, roleIds: [roleId] }, password: PASSWORD });
    return { id: user?.id ?? "", token: await identity.signIn(office.slug, email) };
  };
  const refresh = ({ refreshToken }: IssueTokenResponse) =>
    tokens.issueToken({ grant: { $case: "refresh", refresh: { refreshToken } } });
  const ends = async (what: string, token: IssueTokenResponse, take: () => Promise<unknown>) => {
    const jobs = at(token);
    await jobs.listJobs({});
    await take();
    const refused = () =>
      jobs.listJobs({}).then(
        () => false,
        (error: ServiceError) => error.code === status.UNAUTHENTICATED,
      );
    await until(refused, { ...SECONDS, what });
  };
  const program = await office.apiKeys.createApiKey({ apiKey: { name: "CRM", roleIds: [roleId] } });
  const clientId = program.apiKey?.id ?? "";
  const programs = await tokens.issueToken({
    grant: { $case: "clientCredentials", clientCredentials: { clientId, clientSecret: program.secret } },
  });

  const [ada, ben, cleo, dan, eve] = await Promise.all(
    ["ada", "ben", "cleo", "dan", "eve"].map((n) => hire(`${n}@example.com`)),
  );
  assert.ok(ada && ben && cleo && dan && eve);
  await ends("signed out", ada.token, () => tokens.revokeToken({ refreshToken: ada.token.refreshToken }));
  await ends("disabled", ben.token, () =>
    office.users.updateUser({ user: { id: ben.id, disabled: true }, updateMask: ["disabled"] }),
  );
  await ends("deleted", cleo.token, () => office.users.deleteUser({ userId: cleo.id }));
  await ends("password set by an administrator", dan.token, () =>
    office.users.setPassword({ userId: dan.id, password: PASSWORD }),
  );
  await ends("demoted", eve.token, () =>
    office.users.updateUser({ user: { id: eve.id, roleIds: [viewer] }, updateMask: ["role_ids"] }),
  );
  const narrower = await refresh(eve.token);
  assert.ok(narrower.permissions.includes("jobs.read") && !narrower.permissions.includes("jobs.cancel"));
  await at(narrower).listJobs({});

  const fay = await hire("fay@example.com");
  await ends("role narrowed", fay.token, () =>
    office.roles.updateRole({ role: { id: roleId, permissions: ["jobs.read"] }, updateMask: ["permissions"] }),
  );
  await at(await refresh(fay.token)).listJobs({});
  await rejectsWith(at(programs).listJobs({}), status.UNAUTHENTICATED);
  const again = await tokens.issueToken({
    grant: { $case: "clientCredentials", clientCredentials: { clientId, clientSecret: program.secret } },
  });
  await ends("key deleted", again, () => office.apiKeys.deleteApiKey({ apiKeyId: clientId }));

  const { token } = await secondAdministrator(identity, office);
  const suspend = (suspended: boolean) =>
    asEveryTenant(identity, "update identity.tenants set suspended = $2 where slug = $1", [office.slug, suspended]);
  await ends("tenant suspended", token, () => suspend(true));
  await suspend(false);
  await until(
    () =>
      at(token)
        .listJobs({})
        .then(
          () => true,
          () => false,
        ),
    SECONDS,
  );
});

test("a stream ends when its caller's token is revoked, and others' go on", async (t) => {
  const { identity, office, tokens, jobs, at } = await boot(t);
  const job = aJob();
  const doer = meshClient(t, jobs.address, JobServiceDefinition, office.tenantId, "lists");
  await doer.registerJob({ job });
  const { token } = await secondAdministrator(identity, office);
  const own = await identity.signIn(office.slug, office.adminEmail);
  let seen = 0;
  const watch = async (who: IssueTokenResponse) => {
    for await (const message of at(who).watchJob({ jobId: job.id ?? "" })) seen += message.job ? 1 : 0;
  };
  // The stream may end before the answer to the revocation is here.
  const ended = rejectsWith(watch(token), status.UNAUTHENTICATED, "ERROR_REASON_NOT_AUTHENTICATED");
  watch(own).catch(() => {});
  await until(() => seen === 2);
  await tokens.revokeToken({ refreshToken: token.refreshToken });
  await ended;
  const before = seen;
  await doer.reportProgress({ job: { id: job.id, state: JobState.JOB_STATE_RUNNING, doneUnits: 10 } });
  await until(() => seen > before);
});

test("while nobody tells what was revoked, changes are refused after a while; reads and commands go on", async (t) => {
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  const token = await identity.signIn(office.slug, office.adminEmail);
  const env = await testEnv(t, "lists", { HERALD_MESH_IDENTITY: identity.address, REVOCATION_GRACE: "3s" });
  const { address } = await started(t, startLists({ env }));
  const lists = clientAt(t, address, ContactListServiceDefinition, token);
  await lists.createContactList({ contactList: { name: "Before" } });
  await identity.stop();
  const create = () =>
    lists.createContactList({ contactList: { name: "After" } }, { timeoutMs: 2_000 }).then(
      () => false,
      (error: ServiceError) => error.code === status.UNAVAILABLE,
    );
  await until(create);
  assert.equal(
    (await lists.listContactLists({})).contactLists.some(({ name }) => name === "Before"),
    true,
  );
});
