/** The sessions that the `herald` command keeps, against two platforms at once. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { projectRoot } from "../../deploy/local/paths.ts";
import { bootIdentity, openOffice, PASSWORD } from "../identity/identity.ts";

interface ProgramResult {
  code: number;
  out: string;
  err: string;
}

/** A home folder, and the command in it. */
async function atHome(t: TestContext) {
  const home = await mkdtemp(join(tmpdir(), "herald-home-"));
  t.after(() => rm(home, { recursive: true, force: true }));
  const run = (...args: string[]): Promise<ProgramResult> =>
    new Promise((resolve) => {
      const env = { PATH: process.env["PATH"], XDG_CONFIG_HOME: home, HERALD_PASSWORD: PASSWORD };
      const program = join(projectRoot, "cli", "herald.mjs");
      const child = execFile(process.execPath, [program, ...args], { cwd: home, env }, (error, out, err) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
      );
      child.stdin?.end();
    });
  const well = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await run(...args);
    assert.equal(code, 0, err);
    return out;
  };
  return { run, well, file: join(home, "herald", "session.json") };
}

test("a login is kept for its server and shown to no other, however the server is written", async (t) => {
  const { run, well, file } = await atHome(t);
  const [here, there] = await Promise.all([bootIdentity(t), bootIdentity(t)]);
  const [ours, theirs] = [await here.newTenant(), await there.newTenant()];
  const login = (server: string, slug: string) =>
    well("--server", server, "login", "--tenant", slug, "--email", `admin@${slug}.example`);
  await login(here.address, ours.slug);
  assert.equal((await stat(file)).mode & 0o777, 0o600);

  let calls = 0;
  const stranger = createServer((socket) => (calls++, socket.destroy())).listen(0, "127.0.0.1");
  await once(stranger, "listening");
  t.after(() => stranger.close());
  const { port } = stranger.address() as AddressInfo;
  for (const server of [there.address, `127.0.0.1:${port}`, `https://${here.address}`]) {
    const { code, err } = await run("--server", server, "whoami");
    assert.deepEqual([code, err.includes(`Nobody is signed in here at ${server}`)], [1, true], err);
  }
  assert.equal(calls, 0, "a server without a session is not even called");

  await login(there.address, theirs.slug);
  assert.match(await well("whoami"), new RegExp(theirs.slug), "the last login is the one that counts");
  for (const server of [here.address, `http://${here.address}`, `HTTP://${here.address}/`])
    assert.match(await well("--server", server, "whoami"), new RegExp(ours.slug));

  await well("--server", here.address, "logout");
  assert.equal((await run("--server", here.address, "whoami")).code, 1);
  assert.match(await well("whoami"), new RegExp(theirs.slug));
  await login(here.address, ours.slug);
  await well("logout", "--all");
  for (const server of [here.address, there.address]) assert.equal((await run("--server", server, "whoami")).code, 1);
  assert.ok(!(await readFile(file, "utf8")).includes("hr_"), "no token is left");
});

test("the one session that an older version kept is taken over for its server alone", async (t) => {
  const { run, well, file } = await atHome(t);
  const [here, there] = await Promise.all([bootIdentity(t), bootIdentity(t)]);
  const { slug, adminEmail } = await here.newTenant();
  const { accessToken, refreshToken } = await here.signIn(slug, adminEmail);
  const old = { server: here.address, tenant: slug, who: adminEmail, accessToken, expiresAt: 0, refreshToken };
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, JSON.stringify(old));
  assert.match(await well("whoami"), new RegExp(slug));
  assert.equal((await run("--server", there.address, "whoami")).code, 1);
});

test("a session whose rights changed is renewed, and the command asks to be given again", async (t) => {
  const { run, well } = await atHome(t);
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  const roleIds = [await office.roleId("Viewer"), await office.roleId("Integration")];
  const email = `ada@${office.slug}.example`;
  const { user } = await office.users.createUser({ user: { email, roleIds }, password: PASSWORD });
  await well("--server", identity.address, "login", "--tenant", office.slug, "--email", email);
  await office.users.updateUser({ user: { id: user?.id ?? "", roleIds: roleIds.slice(0, 1) } });
  const told = await run("whoami");
  assert.deepEqual([told.code, /rights have changed.*\n.*again/.test(told.err)], [1, true], told.err);
  assert.match(await well("whoami"), new RegExp(office.slug));
});

test("what is no address of a platform is refused, saying what is right", async (t) => {
  const { run } = await atHome(t);
  for (const server of ["ftp://example.com", "https://user@example.com", "http://example.com/path", "a b"]) {
    const { code, err } = await run("--server", server, "whoami");
    assert.deepEqual([code, /host:port or https/.test(err)], [2, true], err);
  }
});
