import assert from "node:assert/strict";
import { test } from "node:test";
import { errorDetails } from "../../../svc/lib/errors/error-details.ts";
import { newId, rejectsWith, status } from "../../lib/harness.ts";
import { allPages, badFields, bootIdentity, openOffice, PASSWORD } from "../identity.ts";

test("CreateUser makes a user who can sign in; the same request again gives the same user, even at once", async (t) => {
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  const roleIds = [await office.roleId("Viewer")];
  const request = {
    user: { email: "Ada@Example.com", displayName: "Ada", roleIds },
    password: PASSWORD,
    requestId: newId(),
  };
  const answers = await Promise.all([1, 2, 3].map(() => office.users.createUser(request)));
  const [first] = answers;
  assert.equal(first?.user?.email, "Ada@Example.com");
  assert.deepEqual(first?.user?.roleIds, roleIds);
  assert.equal(first?.user?.lastSignInTime, undefined);
  assert.ok(answers.every(({ user }) => user?.id === first?.user?.id));
  const token = await identity.signIn(office.slug, "ada@example.com");
  assert.equal(token.subjectId, first?.user?.id);
  const { user } = await office.users.getUser({ userId: first?.user?.id ?? "" });
  assert.ok(user?.lastSignInTime instanceof Date);
});

test("an email belongs to one user of a tenant, however it is written, and may be used in another tenant", async (t) => {
  const identity = await bootIdentity(t);
  const [office, other] = [await openOffice(identity), await openOffice(identity)];
  const make = async (where: typeof office, email: string) =>
    where.users.createUser({ user: { email, roleIds: [await where.roleId("Viewer")] }, password: PASSWORD });
  await make(office, "ada@example.com");
  await rejectsWith(make(office, "ADA@example.com"), status.ALREADY_EXISTS, "ERROR_REASON_USER_EMAIL_TAKEN");
  await make(other, "ada@example.com");
  const { user } = await make(office, "bob@example.com");
  const taken = office.users.updateUser({ user: { id: user?.id ?? "", email: "Ada@example.com" } });
  await rejectsWith(taken, status.ALREADY_EXISTS, "ERROR_REASON_USER_EMAIL_TAKEN");
});

test("bad fields are refused by name, all at once", async (t) => {
  const office = await openOffice(await bootIdentity(t));
  assert.deepEqual(await badFields(office.users.createUser({})), [
    "user.email",
    "user.display_name",
    "user.role_ids",
    "password",
  ]);
  const user = { email: "ada@example.com", displayName: "x".repeat(121), roleIds: ["nope"] };
  const made = office.users.createUser({ user, password: "short" });
  assert.deepEqual(await badFields(made), ["user.display_name", "user.role_ids[0]", "password"]);
  for (const email of [
    "ada",
    "ada@",
    "@example.com",
    "a b@example.com",
    "ada@exa_mple..com",
    `${"a".repeat(250)}@example.com`,
  ]) {
    assert.deepEqual(
      await badFields(office.users.updateUser({ user: { id: office.adminUserId, email } })),
      ["user.email"],
      email,
    );
  }
  const id = office.adminUserId;
  assert.deepEqual(await badFields(office.users.updateUser({ user: { id } })), ["user"]);
  assert.deepEqual(await badFields(office.users.updateUser({ user: { id }, updateMask: ["role_ids"] })), [
    "user.role_ids",
  ]);
  assert.deepEqual(await badFields(office.users.updateUser({ user: { id }, updateMask: ["last_sign_in_time"] })), [
    "update_mask",
  ]);
  assert.deepEqual(await badFields(office.users.updateUser({ user: { id, etag: "x", displayName: "A" } })), [
    "user.etag",
  ]);
  assert.deepEqual(await badFields(office.users.setPassword({ userId: id, password: "ten chars" })), ["password"]);
  assert.deepEqual(await badFields(office.users.getUser({ userId: "12" })), ["user_id"]);
  assert.deepEqual(await badFields(office.users.listUsers({ pageSize: -1 })), ["page_size"]);
});

test("UpdateUser changes the masked fields alone, and refuses a stale etag", async (t) => {
  const office = await openOffice(await bootIdentity(t));
  const roleIds = [await office.roleId("Viewer")];
  const { user } = await office.users.createUser({ user: { email: "ada@example.com", roleIds }, password: PASSWORD });
  const id = user?.id ?? "";
  const etag = user?.etag ?? "";
  const renamed = await office.users.updateUser({
    user: { id, etag, displayName: "Ada L.", email: "other@example.com" },
    updateMask: ["display_name"],
  });
  assert.equal(renamed.user?.displayName, "Ada L.");
  assert.equal(renamed.user?.email, "ada@example.com");
  const stale = office.users.updateUser({ user: { id, etag, displayName: "Eve" } });
  await rejectsWith(stale, status.ABORTED, "ERROR_REASON_USER_CHANGED");
  const supervisor = await office.roleId("Supervisor");
  const moved = await office.users.updateUser({ user: { id, roleIds: [supervisor, supervisor] } });
  assert.deepEqual(moved.user?.roleIds, [supervisor]);
  assert.notEqual(moved.user?.etag, renamed.user?.etag);
  assert.equal((await office.users.getUser({ userId: id })).user?.displayName, "Ada L.");
});

test("SetPassword takes effect at once", async (t) => {
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  await office.users.setPassword({ userId: office.adminUserId, password: "another password" });
  await rejectsWith(identity.signIn(office.slug, office.adminEmail), status.UNAUTHENTICATED);
  await identity.signIn(office.slug, office.adminEmail, "another password");
});

test("a user or role that is not there, or is another tenant's, is NOT_FOUND", async (t) => {
  const identity = await bootIdentity(t);
  const [office, other] = [await openOffice(identity), await openOffice(identity)];
  for (const userId of [newId(), other.adminUserId]) {
    const calls = [
      () => office.users.getUser({ userId }),
      () => office.users.updateUser({ user: { id: userId, displayName: "Eve" } }),
      () => office.users.setPassword({ userId, password: PASSWORD }),
      () => office.users.deleteUser({ userId }),
    ];
    for (const call of calls) await rejectsWith(call(), status.NOT_FOUND, "ERROR_REASON_USER_NOT_FOUND");
  }
  await identity.signIn(other.slug, other.adminEmail);
  for (const roleId of [newId(), await other.roleId("Viewer")]) {
    const made = office.users.createUser({ user: { email: "x@example.com", roleIds: [roleId] }, password: PASSWORD });
    await rejectsWith(made, status.NOT_FOUND, "ERROR_REASON_ROLE_NOT_FOUND");
    const moved = office.users.updateUser({ user: { id: office.adminUserId, roleIds: [roleId] } });
    await rejectsWith(moved, status.NOT_FOUND, "ERROR_REASON_ROLE_NOT_FOUND");
  }
  assert.equal((await office.users.listUsers({})).users.length, 1, "nothing half happened");
});

test("pages of users meet without gap or repeat, newest first, and the query narrows them", async (t) => {
  const office = await openOffice(await bootIdentity(t));
  const roleIds = [await office.roleId("Viewer")];
  const made: string[] = [];
  for (let i = 0; i < 7; i++) {
    const { user } = await office.users.createUser({
      user: { email: `person${i}@example.com`, displayName: i % 2 ? `Ödd ${i}` : `Even ${i}`, roleIds },
      password: PASSWORD,
    });
    made.unshift(user?.id ?? "");
  }
  const idsOf = async (query: string) => {
    const users = await allPages(async (pageToken) => {
      const page = await office.users.listUsers({ query, pageSize: 3, pageToken });
      return { items: page.users, nextPageToken: page.nextPageToken };
    });
    return users.map(({ id }) => id);
  };
  assert.deepEqual(await idsOf(""), [...made, office.adminUserId]);
  assert.deepEqual(await idsOf("PERSON3@"), [made[3]]);
  assert.deepEqual(await idsOf("ödd"), [made[1], made[3], made[5]]);
  assert.deepEqual(await idsOf("%"), []);
  const { nextPageToken } = await office.users.listUsers({ pageSize: 3 });
  const mixed = office.users.listUsers({ pageSize: 3, query: "x", pageToken: nextPageToken });
  await rejectsWith(mixed, status.INVALID_ARGUMENT, "ERROR_REASON_PAGE_TOKEN_INVALID");
});

test("the last enabled administrator can be neither removed, disabled nor moved to another role", async (t) => {
  const office = await openOffice(await bootIdentity(t));
  const { users, adminUserId: id } = office;
  const administrator = await office.roleId("Administrator");
  const viewer = await office.roleId("Viewer");
  const { user } = await users.createUser({
    user: { email: "second@example.com", roleIds: [administrator], disabled: true },
    password: PASSWORD,
  });
  const attempts = [
    () => users.deleteUser({ userId: id }),
    () => users.updateUser({ user: { id, disabled: true } }),
    () => users.updateUser({ user: { id, roleIds: [viewer] } }),
  ];
  for (const attempt of attempts)
    await rejectsWith(attempt(), status.FAILED_PRECONDITION, "ERROR_REASON_LAST_ADMINISTRATOR");
  await users.updateUser({ user: { id: user?.id ?? "", disabled: false }, updateMask: ["disabled"] });
  await users.updateUser({ user: { id, roleIds: [viewer] } });
});

test("two administrators who remove each other at the same moment: one stays", async (t) => {
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  const { user } = await office.users.createUser({
    user: { email: "second@example.com", roleIds: [await office.roleId("Administrator")] },
    password: PASSWORD,
  });
  const answers = await Promise.allSettled([
    office.users.deleteUser({ userId: user?.id ?? "" }),
    office.users.deleteUser({ userId: office.adminUserId }),
  ]);
  assert.equal(answers.filter((answer) => answer.status === "fulfilled").length, 1);
  const refusal = answers.find((answer) => answer.status === "rejected");
  // If the one who asks was removed first, their token is no longer valid when the other removal is looked at.
  const { reason = "no refusal" } = errorDetails(refusal?.reason) ?? {};
  assert.ok(reason === "ERROR_REASON_LAST_ADMINISTRATOR" || reason === "ERROR_REASON_NOT_AUTHENTICATED", reason);
});

test("nobody gives, or takes over, more than they hold themselves", async (t) => {
  const office = await openOffice(await bootIdentity(t));
  const clerk = await office.hire("clerk@example.com", [
    "users.read",
    "users.write",
    "roles.read",
    "roles.write",
    "api-keys.write",
    "lists.read",
  ]);
  const administrator = await office.roleId("Administrator");
  const id = clerk.userId;
  const beyond = [
    () => clerk.users.createUser({ user: { email: "x@example.com", roleIds: [administrator] }, password: PASSWORD }),
    () => clerk.users.updateUser({ user: { id, roleIds: [administrator] } }),
    () => clerk.users.setPassword({ userId: office.adminUserId, password: "taken over now" }),
    () => clerk.users.updateUser({ user: { id: office.adminUserId, email: "clerk2@example.com" } }),
    () => clerk.users.deleteUser({ userId: office.adminUserId }),
    () => clerk.roles.createRole({ role: { name: "More", permissions: ["lists.write"] } }),
    () => clerk.roles.createRole({ role: { name: "All", permissions: ["*"] } }),
    () => clerk.apiKeys.createApiKey({ apiKey: { name: "More", roleIds: [administrator] } }),
  ];
  for (const call of beyond) await rejectsWith(call(), status.PERMISSION_DENIED, "ERROR_REASON_PERMISSION_MISSING");
  const { role } = await clerk.roles.createRole({ role: { name: "Reader", permissions: ["lists.read"] } });
  const { user } = await clerk.users.createUser({
    user: { email: "reader@example.com", roleIds: [role?.id ?? ""] },
    password: PASSWORD,
  });
  await clerk.users.setPassword({ userId: user?.id ?? "", password: "another password" });
  await clerk.users.deleteUser({ userId: user?.id ?? "" });
  const widened = clerk.roles.updateRole({ role: { id: role?.id ?? "", permissions: ["lists.write"] } });
  await rejectsWith(widened, status.PERMISSION_DENIED, "ERROR_REASON_PERMISSION_MISSING");
});
