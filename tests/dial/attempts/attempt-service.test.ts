import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { DeliveryState as D } from "../../../gen/herald/common/v1/outcome.ts";
import { AttemptOrigin, AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import { newId, rejectsWith, status, until } from "../../lib/harness.ts";
import {
  attemptsOf,
  boot,
  emailGroup,
  emails,
  makeList,
  office,
  progressOf,
  startGroup,
  untilFinished,
} from "../boot.ts";

const { ATTEMPT_STATE_STALE: STALE, ATTEMPT_STATE_ENDED: ENDED } = AttemptState;
const delivered = { result: { $case: "deliveryState", deliveryState: D.DELIVERY_STATE_DELIVERED } } as const;

test("attempts are shown and resolved", async (file) => {
  const at = await boot(file);
  const tenant = await office(file, at);
  const stranger = await office(file, at);
  const people = [
    ...emails(25),
    { email: "bounce+1@example.com" },
    { email: "cut+1@example.com" },
    { email: "cut+2@example.com" },
  ];
  const groupId = await startGroup(tenant, emailGroup([await makeList(at.database("lists"), tenant, people)]));
  const progress = await untilFinished(tenant, groupId);
  const { attempts } = tenant;

  await file.test("ListAttempts returns them newest first, in pages without gap or repeat", async () => {
    const all = await attemptsOf(tenant, groupId);
    assert.equal(all.length, 28);
    const paged = [];
    for (let pageToken = ""; ;) {
      const page = await attempts.listAttempts({ campaignGroupId: groupId, pageSize: 9, pageToken });
      paged.push(...page.attempts.map(({ id }) => id));
      pageToken = page.nextPageToken;
      if (pageToken === "") break;
    }
    assert.deepEqual(
      paged,
      all
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    );
  });

  await file.test("ListAttempts is narrowed by group, state, channel, device, record and result", async () => {
    const [one] = await attemptsOf(tenant, groupId);
    const counts = async (filter: object) =>
      (await attempts.listAttempts({ pageSize: 500, ...filter })).attempts.length;
    assert.equal(await counts({ campaignGroupId: newId() }), 0);
    assert.equal(await counts({ state: STALE }), 2);
    assert.equal(await counts({ state: ENDED }), 26);
    assert.equal(await counts({ channel: Channel.CHANNEL_EMAIL }), 28);
    assert.equal(await counts({ channel: Channel.CHANNEL_SMS }), 0);
    assert.equal(await counts({ contactInfo: " USER3@example.com" }), 1);
    assert.equal(await counts({ recordId: one?.recordId }), 1);
    assert.equal(await counts({ result: "sent" }), 25);
    assert.equal(await counts({ result: "hard_bounce" }), 1);
    assert.equal(await counts({ result: "outside_window" }), 0);
    await rejectsWith(attempts.listAttempts({ pageSize: -1 }), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
    await rejectsWith(
      attempts.listAttempts({ campaignGroupId: "x" }),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FIELDS_INVALID",
    );
    await rejectsWith(attempts.listAttempts({ result: "foo" }), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
    const { nextPageToken } = await attempts.listAttempts({ pageSize: 2 });
    await rejectsWith(
      attempts.listAttempts({ pageSize: 2, pageToken: nextPageToken, result: "sent" }),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_PAGE_TOKEN_INVALID",
    );
  });

  await file.test("GetAttempt returns one; another tenant's is not found", async () => {
    const [one] = (await attempts.listAttempts({ result: "hard_bounce" })).attempts;
    assert.deepEqual((await attempts.getAttempt({ attemptId: one?.id })).attempt, one);
    assert.equal(one?.origin, AttemptOrigin.ATTEMPT_ORIGIN_CHAIN);
    assert.ok(
      one?.campaignGroupId && one.contactListId && one.recordId && one.attemptNumber,
      "it has what a chain has",
    );
    await rejectsWith(attempts.getAttempt({ attemptId: newId() }), status.NOT_FOUND, "ERROR_REASON_ATTEMPT_NOT_FOUND");
    await rejectsWith(
      stranger.attempts.getAttempt({ attemptId: one?.id }),
      status.NOT_FOUND,
      "ERROR_REASON_ATTEMPT_NOT_FOUND",
    );
    assert.deepEqual((await stranger.attempts.listAttempts({})).attempts, []);
  });

  await file.test(
    "a connection cut off after the message leaves a stale attempt, which is counted and not made again",
    async () => {
      assert.equal(progress.stale, 2);
      const { interactions } = (await until(async () => {
        const page = await tenant.interactions.searchInteractions({ contactInfo: "cut+1@example.com" });
        return page.interactions[0]?.outcome ? page : undefined;
      })) as { interactions: { outcome: unknown }[] };
      assert.deepEqual(
        interactions.map(({ outcome }) => outcome),
        [{ result: { $case: "deliveryState", deliveryState: D.DELIVERY_STATE_UNKNOWN } }],
      );
      assert.equal(at.simulators.inbox.arrivals.recipients()["cut+1@example.com"], 1);
    },
  );

  await file.test("ResolveStaleAttempt records what a person found out, and the chain goes on by it", async () => {
    const [one] = (await attempts.listAttempts({ state: STALE })).attempts;
    const attemptId = one?.id;
    await rejectsWith(
      attempts.resolveStaleAttempt({ attemptId }),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FIELDS_INVALID",
    );
    const busy = { result: { $case: "callResult", callResult: 6 } } as const;
    await rejectsWith(
      attempts.resolveStaleAttempt({ attemptId, outcome: busy }),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FIELDS_INVALID",
    );
    await rejectsWith(
      stranger.attempts.resolveStaleAttempt({ attemptId, outcome: delivered }),
      status.NOT_FOUND,
      "ERROR_REASON_ATTEMPT_NOT_FOUND",
    );
    const { attempt } = await attempts.resolveStaleAttempt({ attemptId, outcome: delivered });
    assert.deepEqual([attempt?.state, attempt?.outcome], [ENDED, delivered]);
    await rejectsWith(
      attempts.resolveStaleAttempt({ attemptId, outcome: delivered }),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_ATTEMPT_NOT_STALE",
    );
    const after = await until(async () => {
      const now = await progressOf(tenant, groupId);
      return now.stale === 1 ? now : undefined;
    });
    assert.equal(after?.attemptsByResult["delivered"], 1);
  });
});
