/** Previews that take long: they hold up nobody else, and not the tenant's campaigns. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { status } from "../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { rejectsWith } from "../../lib/harness.ts";
import { boot, emailGroup, emails, makeList, startGroup, untilFinished } from "../boot.ts";
import { EMAIL, SMS, smsDraft, templateOffice } from "./template-office.ts";

/** Takes longer to read than a text may. */
const SLOW = "{{a}}".repeat(6_600);
const LANGUAGES = [
  "en",
  "de",
  "fr",
  "es",
  "it",
  "pt",
  "nl",
  "pl",
  "sv",
  "da",
  "fi",
  "nb",
  "cs",
  "sk",
  "hu",
  "ro",
  "bg",
  "el",
  "tr",
  "ja",
];
const slow = (languages: string[]) => ({
  channel: EMAIL,
  content: { variants: languages.map((language) => ({ language, subject: "News", html: SLOW })) },
});

const at = await boot(wholeFile);

test("a tenant's campaign is sent while its previews are read", async (t) => {
  const tenant = await templateOffice(t, at);
  let hasEnded = false;
  const leaving = new AbortController();
  const preview = tenant.templates
    .previewMessageTemplate(slow(LANGUAGES), { signal: leaving.signal, timeoutMs: 120_000 })
    .catch(() => {})
    .finally(() => (hasEnded = true));
  const group = await startGroup(tenant, emailGroup([await makeList(at.database("lists"), tenant, emails(20))]));
  assert.equal((await untilFinished(tenant, group)).attemptsByResult["sent"], 20);
  assert.equal(hasEnded, false);
  leaving.abort();
  await preview;
});

test("previews whose callers have gone are not read any further", async (t) => {
  const tenant = await templateOffice(t, at);
  const left = Array.from({ length: 8 }, () =>
    rejectsWith(
      tenant.templates.previewMessageTemplate(slow(LANGUAGES), { timeoutMs: 2_000 }),
      status.DEADLINE_EXCEEDED,
    ),
  );
  await Promise.all(left);
  const content = smsDraft("Hi {{ a }}");
  const { preview } = await tenant.templates.previewMessageTemplate({ channel: SMS, content, fillExamples: true });
  assert.equal(preview?.text, "Hi [a]", "it waited for one text, not for all of them, which take minutes");
});

test("more previews than may wait are refused, and say so", async (t) => {
  const tenant = await templateOffice(t, at);
  const other = await templateOffice(t, at);
  const leaving = new AbortController();
  const all = Array.from({ length: 60 }, () =>
    tenant.templates.previewMessageTemplate(slow(LANGUAGES), { signal: leaving.signal }),
  );
  const refused = await rejectsWith(Promise.race(all), status.RESOURCE_EXHAUSTED, "ERROR_REASON_RATE_LIMITED");
  assert.match(refused.message, /wait already/);
  const answer = await other.templates.previewMessageTemplate({
    channel: SMS,
    content: smsDraft("Hi {{ a }}"),
    fillExamples: true,
  });
  assert.equal(answer.preview?.text, "Hi [a]", "another tenant is not held up");
  leaving.abort();
  await Promise.allSettled(all);
});
