/** Work is given back only before its attempt has begun. Otherwise people could be contacted twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Attempt } from "../../../svc/dial/attempts/attempt.ts";
import { findAttempts, insertAttempts } from "../../../svc/dial/attempts/attempt-store.ts";
import { createEvents } from "../../../svc/dial/events.ts";
import { Results } from "../../../svc/dial/pipeline/settle/results.ts";
import { returnWork } from "../../../svc/dial/pipeline/source/return-work.ts";
import type { Work, WorkSource } from "../../../svc/dial/pipeline/source/work-source.ts";
import type { Publication, Publishing } from "../../../svc/dial/publishing/publishing.ts";
import type { SessionSettings } from "../../../svc/dial/sessions/session-settings.ts";
import { createLog } from "../../../svc/lib/observe/log.ts";
import { Metrics } from "../../../svc/lib/observe/metrics.ts";
import { newId } from "../../lib/harness.ts";
import { databaseOf, testDatabase } from "../../lib/servers.ts";
import { anAttempt, aTry } from "../an-attempt.ts";

const tenantId = newId();
const settings = { tenantId, channel: Channel.CHANNEL_SMS } as SessionSettings;

const origin = aTry();
const ours = () => anAttempt({ tenantId, origin });

test("only work that nobody has begun, and that is still ours, goes back; an intent of which nobody is sure does not stay", async (t) => {
  const { dial: url } = await testDatabase(t, "dial");
  const db = databaseOf(t, "dial", url);
  const events = createEvents(new Metrics("dial"), createLog("dial", "silent"));
  const published: Publication[] = [];
  const publishing: Publishing = {
    put: async (_, publication) => void published.push(publication),
  };
  const owner = "dialer/1";
  const results = new Results({ db, publishing, callRefusals: async () => {}, events, owner });
  const [fresh, unsure, underWay, anothers, lost] = Array.from({ length: 5 }, ours) as [
    Attempt,
    Attempt,
    Attempt,
    Attempt,
    Attempt,
  ];
  const begin = (by: string, ...attempts: Attempt[]) =>
    insertAttempts(
      db.tenant(tenantId),
      by,
      attempts.map((attempt) => ({ attempt, refusal: undefined })),
      new Date(),
    );
  await begin(owner, unsure, underWay);
  await begin("dialer/2", anothers);
  results.begun(underWay.id);

  const all = [fresh, unsure, underWay, anothers, lost];
  const works = all.map(({ id }) => ({ attemptId: id, origin }) as Work);
  const done: string[] = [];
  const source = {
    holds: (id: string) => id !== lost.id,
    done: (ids: string[]) => done.push(...ids),
  } as never as WorkSource;
  const stopping = new AbortController().signal;
  const deps = { db, publishing, results, events, owner, stopping, now: () => new Date() };
  await returnWork(deps, source, works, settings, "compliance does not answer");

  const [publication, ...more] = published;
  assert.equal(more.length, 0);
  assert.deepEqual(
    publication?.reports?.map(({ attemptId, kind }) => [attemptId, kind?.$case]),
    [
      [fresh.id, "returned"],
      [unsure.id, "returned"],
    ],
  );
  assert.deepEqual(
    publication.outcomes?.map(({ attemptId, counts }) => [attemptId, counts]),
    [
      [fresh.id, false],
      [unsure.id, false],
    ],
  );
  const ids = all.map(({ id }) => id);
  const kept = await findAttempts(db.tenant(tenantId), ids);
  assert.deepEqual(kept.map(({ id }) => id).sort(), [underWay.id, anothers.id].sort());
  assert.deepEqual(done, ids, "nothing of it is kept leased");
});
