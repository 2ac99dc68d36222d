import assert from "node:assert/strict";
import { test } from "node:test";
import { RoleServiceDefinition } from "../../../gen/herald/identity/v1/role_service.ts";
import { UserServiceDefinition } from "../../../gen/herald/identity/v1/user_service.ts";
import { newId, rejectsWith, status } from "../../lib/harness.ts";
import { allPages, badFields, bootIdentity, openOffice, PASSWORD } from "../identity.ts";

test("a tenant is born with roles that cannot be changed or removed", async (t) => {
  const office = await openOffice(await bootIdentity(t));
  const { roles } = await office.roles.listRoles({});
  assert.deepEqual(
    roles.map(({ name }) => name),
    ["Administrator", "Supervisor", "Integration", "Viewer"],
  );
  assert.ok(roles.every(({ builtIn, description }) => builtIn && description));
  assert.deepEqual(roles[0]?.permissions, ["*"]);
  const permissionsOf = (name: string) => roles.find((role) => role.name === name)?.permissions ?? [];
  assert.ok(permissionsOf("Supervisor").includes("campaigns.start"));
  assert.ok(
    !permissionsOf("Supervisor").some((permission) =>
      /^(users|roles|api-keys)\.|rules\.write|tenant\.write/.test(permission),
    ),
  );
  assert.ok(permissionsOf("Viewer").includes("lists.read"));
  assert.ok(permissionsOf("Viewer").every((permission) => /\.(read|check)$/.test(permission)));
  assert.ok(
    permissionsOf("Integration").includes("lists.import") && !permissionsOf("Integration").includes("campaigns.start"),
  );
  for (const { id } of roles) {
    await rejectsWith(
      office.roles.updateRole({ role: { id, name: "Mine" } }),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_ROLE_BUILT_IN",
    );
    await rejectsWith(
      office.roles.deleteRole({ roleId: id }),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_ROLE_BUILT_IN",
    );
  }
});

test("CreateRole makes a role; the same request again gives the same role, and a name is used once", async (t) => {
  const office = await openOffice(await bootIdentity(t));
  const role = {
    name: "Importer",
    description: "Brings lists",
    permissions: ["lists.import", "lists.read", "lists.read"],
  };
  const request = { role, requestId: newId() };
  const answers = await Promise.all([1, 2, 3].map(() => office.roles.createRole(request)));
  const [first] = answers;
  assert.deepEqual(first?.role?.permissions, ["lists.import", "lists.read"]);
  assert.equal(first?.role?.builtIn, false);
  assert.ok(answers.every((answer) => answer.role?.id === first?.role?.id));
  assert.deepEqual((await office.roles.getRole({ roleId: first?.role?.id ?? "" })).role, first?.role);
  for (const name of ["importer", "Administrator"]) {
    const again = office.roles.createRole({ role: { name, permissions: ["lists.read"] } });
    await rejectsWith(again, status.ALREADY_EXISTS, "ERROR_REASON_ROLE_NAME_TAKEN");
  }
});

test("a role holds what the contract knows and tenants may grant, nothing else", async (t) => {
  const office = await openOffice(await bootIdentity(t));
  const make = (permissions: string[]) => badFields(office.roles.createRole({ role: { name: "X", permissions } }));
  for (const permission of ["mesh.jobs", "platform.write", "public", "lists.fly", "", "lists.*"]) {
    assert.deepEqual(await make([permission]), ["role.permissions"], permission);
  }
  assert.deepEqual(await make([]), ["role.permissions"]);
  assert.deepEqual(await badFields(office.roles.createRole({})), ["role.name", "role.permissions"]);
  const { permissions } = await office.roles.listPermissions({});
  const names = permissions.map(({ name }) => name);
  assert.deepEqual(names, names.toSorted());
  assert.ok(names.includes("lists.import") && !names.some((name) => /^(mesh|platform)\.|^public$/.test(name)));
  const writers = permissions.find(({ name }) => name === "users.write")?.rpcs;
  assert.ok(writers?.includes("herald.identity.v1.UserService/SetPassword"));
  await office.roles.createRole({ role: { name: "Everything there is", permissions: names } });
});

test("UpdateRole changes the masked fields, refuses a stale etag and a name that is used", async (t) => {
  const office = await openOffice(await bootIdentity(t));
  const { role } = await office.roles.createRole({
    role: { name: "Importer", description: "Brings lists", permissions: ["lists.import"] },
  });
  const id = role?.id ?? "";
  const etag = role?.etag ?? "";
  const emptied = await office.roles.updateRole({ role: { id, etag }, updateMask: ["description"] });
  assert.equal(emptied.role?.description, "");
  assert.equal(emptied.role?.name, "Importer");
  await rejectsWith(
    office.roles.updateRole({ role: { id, etag, name: "X" } }),
    status.ABORTED,
    "ERROR_REASON_ROLE_CHANGED",
  );
  await rejectsWith(
    office.roles.updateRole({ role: { id, name: "VIEWER" } }),
    status.ALREADY_EXISTS,
    "ERROR_REASON_ROLE_NAME_TAKEN",
  );
  assert.deepEqual(
    await badFields(office.roles.updateRole({ role: { id, builtIn: true }, updateMask: ["built_in"] })),
    ["update_mask"],
  );
});

test("a role goes only when nobody holds it", async (t) => {
  const office = await openOffice(await bootIdentity(t));
  const { role } = await office.roles.createRole({ role: { name: "Importer", permissions: ["lists.import"] } });
  const roleId = role?.id ?? "";
  const { user } = await office.users.createUser({
    user: { email: "ada@example.com", roleIds: [roleId] },
    password: PASSWORD,
  });
  const { apiKey } = await office.apiKeys.createApiKey({ apiKey: { name: "CRM", roleIds: [roleId] } });
  const inUse = () =>
    rejectsWith(office.roles.deleteRole({ roleId }), status.FAILED_PRECONDITION, "ERROR_REASON_ROLE_IN_USE");
  await inUse();
  await office.users.deleteUser({ userId: user?.id ?? "" });
  await inUse();
  await office.apiKeys.deleteApiKey({ apiKeyId: apiKey?.id ?? "" });
  await office.roles.deleteRole({ roleId });
  await rejectsWith(office.roles.getRole({ roleId }), status.NOT_FOUND, "ERROR_REASON_ROLE_NOT_FOUND");
});

test("the role of the last administrator keeps everything", async (t) => {
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  const { role } = await office.roles.createRole({ role: { name: "Boss", permissions: ["*"] } });
  const id = role?.id ?? "";
  const roleIds = [await office.roleId("Administrator")];
  await office.users.createUser({ user: { email: "boss@example.com", roleIds: [id] }, password: PASSWORD });
  const boss = identity.client(RoleServiceDefinition, await identity.signIn(office.slug, "boss@example.com"));
  await office.users.updateUser({ user: { id: office.adminUserId, disabled: true }, updateMask: ["disabled"] });
  const narrowed = () => boss.updateRole({ role: { id, permissions: ["users.write"] } });
  await rejectsWith(narrowed(), status.FAILED_PRECONDITION, "ERROR_REASON_LAST_ADMINISTRATOR");
  const users = identity.client(UserServiceDefinition, await identity.signIn(office.slug, "boss@example.com"));
  await users.createUser({
    user: { email: "second@example.com", roleIds },
    password: PASSWORD,
  });
  await narrowed();
});

test("a role that is not there, or is another tenant's, is NOT_FOUND", async (t) => {
  const identity = await bootIdentity(t);
  const [office, other] = [await openOffice(identity), await openOffice(identity)];
  const { role } = await other.roles.createRole({ role: { name: "Theirs", permissions: ["lists.read"] } });
  for (const roleId of [newId(), role?.id ?? ""]) {
    const calls = [
      () => office.roles.getRole({ roleId }),
      () => office.roles.updateRole({ role: { id: roleId, name: "Mine" } }),
      () => office.roles.deleteRole({ roleId }),
    ];
    for (const call of calls) await rejectsWith(call(), status.NOT_FOUND, "ERROR_REASON_ROLE_NOT_FOUND");
  }
  assert.equal((await office.roles.listRoles({})).roles.length, 4);
});

test("pages of roles meet without gap or repeat, oldest first", async (t) => {
  const office = await openOffice(await bootIdentity(t));
  const names = ["Administrator", "Supervisor", "Integration", "Viewer"];
  for (let i = 0; i < 5; i++) {
    await office.roles.createRole({ role: { name: `Role ${i}`, permissions: ["lists.read"] } });
    names.push(`Role ${i}`);
  }
  const roles = await allPages(async (pageToken) => {
    const page = await office.roles.listRoles({ pageSize: 4, pageToken });
    return { items: page.roles, nextPageToken: page.nextPageToken };
  });
  assert.deepEqual(
    roles.map(({ name }) => name),
    names,
  );
});
