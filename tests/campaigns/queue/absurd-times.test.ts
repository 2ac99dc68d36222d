/** Reports with times before and after all that is sensible: a suppression may well end in the year 9999. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { boot, ended, lease, MOBILE, progressOf, refused, runningGroup } from "../boot.ts";
import { delivery } from "../things.ts";

const TIMES = ["0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59Z"].map((time) => new Date(time));

test("refusals until any time, and reports of any time, are stored, and the queue can be read", async (t) => {
  const here = await boot(t);
  for (const time of TIMES) {
    const id = await runningGroup(here, [[MOBILE], [MOBILE]]);
    const [one, other] = await lease(here, id);
    assert.ok(one && other);
    const reportOf = ({ recordId, attemptId, leaseNumber }: typeof one, kind: ReturnType<typeof refused>) => ({
      campaignGroupId: id,
      recordId,
      attemptId,
      leaseNumber,
      time,
      kind,
    });
    await here.mesh.reportOutcomes({
      reports: [reportOf(one, refused("suppressed_device", time)), reportOf(other, ended(delivery("DELIVERED")))],
    });
    const progress = await progressOf(here, id);
    assert.deepEqual([progress.due, progress.finished, progress.refusalsByReason], [2, 1, { suppressed_device: 1 }]);
    const isLater = time > here.clock.now();
    assert.equal(progress.waitingForLater, isLater ? 1 : 0);
    const { chains } = await here.queue.listQueued({ campaignGroupId: id });
    const waiting = chains.find(({ recordId }) => recordId === one.recordId);
    if (isLater) assert.deepEqual(waiting?.nextTime, time);
    assert.equal((await lease(here, id)).length, isLater ? 0 : 1);
  }
});
