/** The main job with the `herald` command, as a person types it and as a script reads it. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../deploy/local/paths.ts";
import { cleanup } from "../lib/cleanup.ts";
import { newId, until } from "../lib/harness.ts";
import { bootPlatform } from "../lib/platform.ts";
import { setAsideForDemo } from "../lib/set-aside.ts";
import { asCsv, makePeople } from "./people.ts";

interface ProgramResult {
  code: number;
  out: string;
  err: string;
}

test("the herald command", async (t) => {
  const { platform } = await bootPlatform(t);
  const home = await mkdtemp(join(tmpdir(), "herald-home-"));
  cleanup(t, () => rm(home, { recursive: true, force: true }));
  const server = new URL(platform.edgeUrl).host;
  const password = platform.demo?.password ?? "";
  const carriersUrl = `http://127.0.0.1:${platform.settings.ports.HERALD_ARRIVALS_PORT}`;

  const herald = (args: string[], env: Record<string, string> = {}): Promise<ProgramResult> =>
    new Promise((resolve) => {
      const options = { cwd: home, env: { PATH: process.env["PATH"], XDG_CONFIG_HOME: home, ...env } };
      const child = execFile(
        process.execPath,
        [join(projectRoot, "cli", "herald.mjs"), ...args],
        options,
        (error, out, err) => {
          resolve({ code: error ? Number(error.code ?? 1) : 0, out, err });
        },
      );
      child.stdin?.end();
    });
  const well = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await herald(args);
    assert.equal(code, 0, err);
    return out;
  };
  const answer = async <Answer>(...args: string[]): Promise<Answer> =>
    JSON.parse(await well(...args, "--json")) as Answer;

  await t.test("says what to do when nobody is signed in, and when a command does not exist", async () => {
    const nobody = await herald(["lists", "ls"]);
    assert.deepEqual([nobody.code, nobody.err.includes("herald login")], [1, true]);
    assert.equal((await herald(["lists", "fly"])).code, 2);
    const away = await herald(["--server", "127.0.0.1:1", "login", "--tenant", "demo", "--email", "a@example.com"], {
      HERALD_PASSWORD: "x",
    });
    assert.match(away.err, /npm start/);
  });

  await t.test("tells what is wrong with a call before it asks anybody, as JSON where JSON is asked for", async () => {
    for (const [args, words] of [
      [["lists", "fly"], "unknown command 'fly'"],
      [["attempts", "-n", "abc"], "It is a whole number from 1 to 500."],
      [["lists", "ls", "-n", "501"], "It is a whole number from 1 to 500."],
      [["check"], "missing required argument 'device'"],
      [["campaigns"], "The command is not complete."],
    ] as const) {
      const { code, out, err } = await herald([...args, "--json"]);
      assert.deepEqual([code, out], [2, ""]);
      assert.ok((JSON.parse(err) as { error: { message: string } }).error.message.includes(words), err);
    }
    const { code, err } = await herald(["lists", "ls", "-n", "abc"]);
    assert.deepEqual([code, err.split("whole number").length], [2, 2], "once");
  });

  await t.test("tells its version", async () => {
    assert.match(await well("--version"), /^\d+\.\d+\.\d+\n$/);
  });

  await t.test("signs in, keeps the session for its owner alone, and refuses a wrong password", async () => {
    const login = ["--server", server, "login", "--tenant", "demo", "--email", "demo@example.com"];
    const wrong = await herald(login, { HERALD_PASSWORD: "wrong" });
    assert.deepEqual([wrong.code, /not valid/.test(wrong.err)], [1, true]);
    assert.doesNotMatch(wrong.err, /herald login/, "which is what the person just did");
    assert.equal((await herald(login, { HERALD_PASSWORD: password })).code, 0);
    assert.equal((await stat(join(home, "herald", "session.json"))).mode & 0o777, 0o600);
    assert.match(await well("whoami"), /demo@example\.com/);
  });

  await t.test("imports a file: shows the mapping, counts, and gives the rejected rows back", async () => {
    const file = join(home, "people.csv");
    await writeFile(file, `${asCsv(makePeople(30))}\nP-X,Nobody,not a number,not an address\n`);
    const { code, out, err } = await herald(["lists", "import", file, "--list", "People"]);
    assert.equal(code, 0, err);
    assert.match(err, /Mobile +device1/);
    assert.match(out, /accepted +30/);
    const { imports } = await answer<{ imports: { id: string; rejectedCount: number }[] }>(
      "lists",
      "imports",
      "People",
    );
    assert.equal(imports[0]?.rejectedCount, 1);
    await well("lists", "rejected", imports[0]?.id ?? "", "-o", join(home, "rejected.csv"));
    assert.match(await readFile(join(home, "rejected.csv"), "utf8"), /\n32,/);
    assert.equal((await well("lists", "export", "People")).trim().split("\n").length, 31);
    assert.match(await well("lists", "records", "People", "--client-id", "P-00003"), /person\.3@example\.com/);
  });

  await t.test("sets up a provider, tests it step by step, and never shows its password", async () => {
    const file = join(home, "provider.json");
    const smpp = { host: "127.0.0.1", port: platform.settings.ports.HERALD_SMPP_PORT, systemId: "herald" };
    await writeFile(file, JSON.stringify({ name: "Own SMS", smpp }));
    const made = await herald(["providers", "create", file, "--secret"], { HERALD_SECRET: "not-the-password" });
    assert.deepEqual([made.code, made.err], [0, ""]);
    const wrong = await herald(["providers", "test", "Own SMS"]);
    assert.deepEqual([wrong.code, /refuses the password \(0x0e\)\. Check the password/.test(wrong.out)], [3, true]);
    assert.equal((await herald(["providers", "set-secret", "Own SMS"], { HERALD_SECRET: "password" })).code, 0);
    assert.match(await well("providers", "test", "Own SMS"), /credentials +passed/);
    const shown = (await well("providers", "show", "Own SMS")) + (await well("providers", "ls", "--json"));
    assert.match(shown, /smpp\.password +set since/);
    assert.doesNotMatch(shown, /not-the-password|"password"/);
    await writeFile(file, JSON.stringify({ smpp: { ...smpp, hosts: "x" } }));
    assert.match((await herald(["providers", "update", "Own SMS", file])).err, /hosts/);
    assert.match(await well("providers", "disable", "Own SMS"), /disabled/);
    assert.match(await well("providers", "ls"), /Own SMS +sms +disabled/);
    await well("providers", "delete", "Own SMS", "--yes");
    assert.match(await well("providers", "ls"), /There are no providers/);
  });

  await t.test("writes a message template, previews, tests and publishes it, and takes a version back", async () => {
    const file = join(home, "template.json");
    const draft = {
      variants: [
        { language: "en", text: "Hi {{ first_name }}" },
        { language: "de", text: "Hallo {{ first_name }}" },
      ],
      pricePerPart: { amount: "0.05", currency: "EUR" },
    };
    await writeFile(file, JSON.stringify({ name: "Welcome", channel: "CHANNEL_SMS", draft }));
    assert.match(await well("templates", "create", file), /can be used when it is published/);
    const preview = await well("templates", "preview", "Welcome", "--value", "first_name=Zoë ™", "--language", "de");
    assert.match(preview, /Hallo Zoë ™[^]*UCS-2, for ë ™/);
    assert.match(preview, /0\.05 EUR/);
    const missing = await herald(["templates", "preview", "Welcome"]);
    assert.deepEqual([missing.code, /no first_name/.test(missing.out)], [3, true]);
    assert.match(await well("templates", "publish", "Welcome", "--note", "first"), /published as version 1/);
    await writeFile(file, JSON.stringify({ draft: { variants: [{ text: "{{ name | upcas }}" }] } }));
    const faulty = await herald(["templates", "update", "Welcome", file]);
    assert.match(faulty.err, /line 1, column 1: undefined filter: upcas; did you mean upcase/);
    await writeFile(file, JSON.stringify({ draft: { variants: [{ text: "Other" }] } }));
    assert.match(await well("templates", "update", "Welcome", file), /with unpublished changes/);
    assert.match(await well("templates", "restore", "Welcome", "1"), /draft of Welcome is that of version 1/);
    assert.match(await well("templates", "versions", "Welcome"), /first/);
    assert.match(await well("templates", "preview", "Welcome", "--published", "1", "--examples"), /Hi Ann/);
    assert.match(await well("templates", "ls"), /Welcome +sms +en de +version 1 /);
    assert.match(await well("templates", "uses", "Welcome"), /No campaign uses it/);
    await well("templates", "clone", "Welcome", "Copy");
    await well("templates", "delete", "Copy", "--yes");
    const tested = await herald(["templates", "test", "Welcome", "+12125550166", "--json"]);
    assert.match(tested.out, /"contactInfo": "\+12125550166"/, tested.err);
  });

  await t.test("suppresses, and says so when asked", async () => {
    const [person] = makePeople(1);
    await well("suppression", "create", "Never");
    assert.match(await well("suppression", "add", "Never", person?.phone ?? "", "--reason", "asked us"), /1 new/);
    assert.match(await well("suppression", "lookup", person?.phone ?? ""), /Never +yes/);
    await until(async () => /is refused/.test((await herald(["check", person?.phone ?? "", "--channel", "sms"])).out));
    const wrong = await herald(["suppression", "add", "Never", "12"]);
    assert.deepEqual([wrong.code, wrong.err.split("entries[0]").length], [1, 2], "said once");
  });

  await t.test("ends in a way that scripts can tell: refused, declined, done", async () => {
    const [suppressed, free] = makePeople(2);
    assert.equal((await herald(["check", suppressed?.phone ?? "", "--channel", "sms"])).code, 3);
    assert.equal((await herald(["check", free?.email ?? ""])).code, 0);
    assert.equal((await herald(["attempts", "--result", "foo"])).code, 1);
    await well("lists", "create", "Short-lived");
    const unasked = await herald(["lists", "delete", "Short-lived"]);
    assert.deepEqual([unasked.code, /--yes/.test(unasked.err)], [4, true]);
    const { deleted } = await answer<{ deleted: string }>("lists", "delete", "Short-lived", "--yes");
    assert.match(deleted, /^[0-9a-f-]{36}$/);
    const saved = join(home, "saved.csv");
    assert.deepEqual(await answer("lists", "export", "People", "-o", saved), { saved });
    assert.equal((await herald(["lists", "export", "People", "--json"])).code, 2);
  });

  await t.test("makes, starts and watches a campaign group to its end, and explains its attempts", async () => {
    const { contactLists } = await answer<{ contactLists: { id: string }[] }>("lists", "ls");
    const definition = {
      name: "By command",
      channel: "CHANNEL_EMAIL",
      contactListIds: [contactLists[0]?.id],
      content: { subject: "Hello", text: "Hello {{ first_name }}" },
    };
    await writeFile(join(home, "typo.json"), JSON.stringify({ ...definition, suppressionListsIds: [newId()] }));
    const typo = await herald(["campaigns", "create", join(home, "typo.json")]);
    assert.deepEqual([typo.code, /suppressionListsIds/.test(typo.err)], [1, true], "it is not dropped");
    const misspelt = { ...definition, name: "Misspelt", content: { subject: "Hello", text: "Hello {{ first_nme }}" } };
    await writeFile(join(home, "misspelt.json"), JSON.stringify(misspelt));
    assert.match(await well("campaigns", "create", join(home, "misspelt.json")), /first_nme .*Did you mean first_name/);
    await writeFile(join(home, "group.json"), JSON.stringify(definition));
    assert.doesNotMatch(await well("campaigns", "create", join(home, "group.json")), /\{\{/);
    await writeFile(join(home, "shown.json"), await well("campaigns", "show", "By command", "--json"));
    const again = await herald(["campaigns", "create", join(home, "shown.json")]);
    assert.match(again.err, /By command/, "what show printed is understood: only its name is taken");
    const tested = ["campaigns", "test", "By command"];
    assert.match(
      await well(...tested, "Me@example.com", "--value", "first_name=Zoe"),
      /accepted by the provider[\s\S]*me@example\.com/,
    );
    const suppressed = await herald(["suppression", "add", "Never", "held@example.com"]);
    assert.equal(suppressed.code, 0, suppressed.err);
    await until(async () => (await herald([...tested, "held@example.com"])).code === 3, { everyMs: 1_000 });
    assert.equal((await herald([...tested, "bounce+cli@example.com"])).code, 1);
    assert.equal((await herald([...tested, "me@example.com", "--value", "nothing"])).code, 2);
    await well("campaigns", "start", "By command");
    const lines = (await well("campaigns", "watch", "By command", "--json")).trim().split("\n");
    const last = JSON.parse(lines.at(-1) ?? "") as { progress: { due: number; attempted: number } };
    assert.deepEqual([last.progress.due, last.progress.attempted], [30, 30]);
    const { attempts } = await answer<{ attempts: { id: string; test: boolean }[] }>(
      "attempts",
      "--group",
      "By command",
    );
    assert.equal(attempts.filter(({ test }) => !test).length, 30);
    assert.match(await well("explain", attempts[0]?.id ?? ""), /verdict +allowed/);
    await until(async () => /By command/.test((await herald(["contacts", "history", "person.3@example.com"])).out));
  });

  await t.test("records opt-outs, shows them, ends them, and reads what people write", async () => {
    await well(
      "opt-outs",
      "record",
      "(212) 555-0190",
      "--channel",
      "voice",
      "--source",
      "call",
      "--words",
      "Never again",
    );
    const listed = await well("opt-outs", "ls", "--of", "+12125550190");
    assert.match(listed, /holding +call +\+12125550190 .*Never again/);
    const id = /[0-9a-f-]{36}/.exec(listed)?.[0] ?? "";
    await well("opt-outs", "withdraw", id, "--reason", "Asked to be called");
    assert.match(await well("opt-outs", "show", id), /because +Asked to be called/);
    assert.match(await well("opt-outs", "policy", "channel"), /closes +channel/);
    await well("opt-outs", "policy", "everything");
    const wrong = await herald(["opt-outs", "policy", "nothing"]);
    assert.match(wrong.err, /program-channel/);
    assert.match(await well("programs", "ls"), /Our messages .*yes/);
    await well("keywords", "create", "own", "--words", "hours", "--answer", "Nine to five");
    assert.match(await well("keywords", "ls"), /own .*hours +Nine to five/);
    assert.match(await well("keywords", "read", "Hours?!"), /answer +Nine to five/);
    assert.match(await well("keywords", "read", "wrong number"), /perhaps a refusal/);
  });

  await t.test("shows and changes the attempt policy, and says what it cannot be", async () => {
    assert.match(await well("attempt-policy", "show"), /after a message +others wait 60 s/);
    const changed = await well("attempt-policy", "set", "--messages-exclusive", "no", "--call-hold-seconds", "600");
    assert.match(changed, /during a call +others wait, at most 600 s/);
    assert.match(changed, /after a message +others may follow at once/);
    assert.match(
      await well("attempt-policy", "set", "--messages-exclusive", "yes"),
      /after a message +others wait 60 s/,
    );
    const wrong = await herald(["attempt-policy", "set", "--call-hold-seconds", "59"]);
    assert.deepEqual([wrong.code, /call_hold_seconds/.test(wrong.err)], [1, true]);
    assert.equal((await herald(["attempt-policy", "set", "--calls-exclusive", "maybe"])).code, 2);
    assert.equal((await herald(["attempt-policy", "set"])).code, 1);
  });

  await t.test("claims and releases senders, and says what is no sender", async () => {
    assert.match(await well("senders", "claim", "+1 (212) 555-0177"), /The number \+12125550177 is this tenant's/);
    assert.match(await well("senders", "claim", "Ada <ada@acme.example>"), /The email domain @acme\.example is/);
    await well("senders", "release", "@acme.example", "--yes");
    assert.match(await well("senders", "ls"), /@acme\.example +email domain +released/);
    assert.match(await well("senders", "ls"), /\+12125550177 +number +claimed/);
    const unasked = await herald(["senders", "release", "+12125550177"]);
    assert.deepEqual([unasked.code, /--yes/.test(unasked.err)], [4, true]);
    await well("senders", "release", "+12125550177", "--yes");
    assert.match(await well("senders", "ls"), /\+12125550177 +number +released/);
    const wrong = await herald(["senders", "claim", "   "]);
    assert.deepEqual([wrong.code, /sender/.test(wrong.err)], [1, true]);
  });

  await t.test("takes an opt-out back with a reason alone, and shows who did", async () => {
    const stop = { from: "+12125550144", to: "+12125550177", text: "STOP" };
    await fetch(`${carriersUrl}/sms/inbound`, { method: "POST", body: JSON.stringify(stop) });
    await until(async () => /Opt-outs \(all channels\)/.test(await well("suppression", "ls")));
    const remove = ["suppression", "remove", "Opt-outs (all channels)", "+12125550144"];
    assert.match((await herald(remove)).err, /one entry at a time, with a reason/);
    assert.match(await well(...remove, "--reason", "Consented again"), /^1 removed/);
    assert.match(
      await well("suppression", "corrections", "Opt-outs (all channels)"),
      /\+12125550144 +Consented again +user /,
    );
  });

  await t.test("shows what was refused, and delivers it once more", async () => {
    assert.equal(await well("undelivered", "list"), "Nothing was refused.\n");
    const [good, bad] = [
      await setAsideForDemo(platform.databaseUrl, { good: true }),
      await setAsideForDemo(platform.databaseUrl, { good: false }),
    ];
    assert.match(await well("undelivered", "list"), new RegExp(`${bad} +lists +audit +1 +8 .*: … is not an id`));
    for (const args of [[], ["--all", good], [good, "--topic", "audit"]])
      assert.equal((await herald(["undelivered", "redeliver", ...args])).code, 2, args.join(" "));
    await well("undelivered", "redeliver", good);
    const gone = await herald(["undelivered", "redeliver", good]);
    assert.deepEqual([gone.code, /delivered meanwhile/.test(gone.err)], [1, true]);
    assert.match(await well("undelivered", "redeliver", "--all", "--service", "lists"), /^1 are delivered once more/);
    await until(async () => / audit +1 +9 /.test(await well("undelivered", "ls")));
  });

  await t.test("leaves messages of strangers to the platform's administrators", async () => {
    const { code, err } = await herald(["held-messages", "ls"]);
    assert.deepEqual([code, /platform\.read/.test(err)], [1, true]);
    await fetch(`${carriersUrl}/sms/inbound`, {
      method: "POST",
      body: JSON.stringify({ from: "+12125550168", to: "99999", text: "Who is this?" }),
    });
    const { email, password: secret } = platform.secrets.platformAdmin;
    const login = ["--server", server, "login", "--tenant", "platform", "--email", email];
    const elsewhere = { XDG_CONFIG_HOME: join(home, "platform") };
    assert.equal((await herald(login, { ...elsewhere, HERALD_PASSWORD: secret })).code, 0);
    const shown = await until(async () => {
      const { out } = await herald(["held-messages", "ls"], elsewhere);
      return out.includes("Who is this?") && out;
    });
    const id = /^([0-9a-f-]{36}) +stranger /m.exec(shown)?.[1] ?? "";
    assert.equal((await herald(["held-messages", "delete", id, "--yes"], elsewhere)).code, 0);
    assert.equal((await herald(["held-messages", "ls"], elsewhere)).out, "Nothing is held.\n");
    assert.equal((await herald(["held-messages", "delete", id, "--yes"], elsewhere)).code, 1);
    await well("senders", "claim", "@taken.example");
    assert.equal((await herald(["senders", "release-any", "@taken.example", "--yes"])).code, 1);
    assert.equal((await herald(["senders", "release-any", "@taken.example"], elsewhere)).code, 4);
    const released = await herald(["senders", "release-any", "@taken.example", "--yes"], elsewhere);
    assert.match(released.out, /@taken\.example was taken from [0-9a-f-]{36}\./);
    assert.match(await well("senders", "ls"), /@taken\.example +email domain +released/);
  });

  await t.test("makes keys for an email domain, and lets them sign", async () => {
    assert.match(
      await well("domains", "add", "signed.example"),
      /_domainkey\.signed\.example TXT\n +v=DKIM1; k=rsa; p=/,
    );
    assert.match(await well("domains", "check", "signed.example", "--without-dns"), /RSA, signs/);
    assert.match(await well("domains", "rotate", "signed.example"), /waits for its record/);
    assert.match(await well("domains", "ls"), /signed\.example/);
    assert.equal((await herald(["domains", "add", "gmail.com"])).code, 1);
    assert.equal((await herald(["domains", "rm", "signed.example", "--yes"])).code, 0);
  });

  await t.test("shows and changes the settings of the tenant", async () => {
    assert.match(await well("tenant", "set", "--link-host", "News.example.com", "--color", "#1A5FB4"), /#1a5fb4/);
    assert.match(await well("tenant", "show"), /links lead to +news\.example\.com/);
    assert.equal((await herald(["tenant", "set", "--color", "red"])).code, 1);
    assert.equal((await herald(["tenant", "set"])).code, 1);
    const before = await well("tenant", "set", "--link-host", "", "--color", "");
    assert.match(before, /links lead to +the platform's own address/);
  });

  await t.test("tells errors as JSON where JSON is asked for", async () => {
    const { code, err } = await herald(["explain", newId(), "--json"]);
    const { error } = JSON.parse(err) as { error: { code: string; reason: string } };
    assert.deepEqual([code, error.code, error.reason], [1, "NOT_FOUND", "ERROR_REASON_DECISION_NOT_FOUND"]);
  });

  await t.test("completes commands in bash and zsh", async () => {
    assert.deepEqual((await well("__complete", "campaigns", "st")).trim().split("\n"), ["start", "stop"]);
    for (const shell of ["bash", "zsh"]) assert.match(await well("completion", shell), /herald __complete/);
  });

  await t.test("forgets the session on request", async () => {
    await well("logout");
    assert.equal((await herald(["whoami"])).code, 1);
  });
});
