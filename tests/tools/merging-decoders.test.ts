import assert from "node:assert/strict";
import { test } from "node:test";
import { CampaignGroup } from "../../gen/herald/campaigns/v1/campaign_group.ts";
import { UpdateCampaignGroupRequest } from "../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { IssueTokenRequest } from "../../gen/herald/identity/v1/token_service.ts";
import { Job } from "../../gen/herald/jobs/v1/job.ts";
import { GetJobResponse } from "../../gen/herald/jobs/v1/job_service.ts";
import { mergeRepeatedMessages } from "../../tools/contract/merging-decoders.ts";

/** Protobuf: the encodings of two messages one after the other are the encoding of both merged. */
const joined = (...encodings: { finish(): Uint8Array }[]): Uint8Array =>
  Buffer.concat(encodings.map((each) => each.finish()));

test("A message that is on the wire twice is one message with the fields of both", () => {
  const wire = joined(
    UpdateCampaignGroupRequest.encode(
      UpdateCampaignGroupRequest.fromPartial({
        campaignGroup: { name: "Spring", messagesPerMinute: 30, content: { subject: "Hello" }, contactListIds: ["a"] },
        updateMask: ["name"],
      }),
    ),
    UpdateCampaignGroupRequest.encode(
      UpdateCampaignGroupRequest.fromPartial({
        campaignGroup: { id: "7", name: "Summer", content: { text: "Sun" }, contactListIds: ["b"] },
        updateMask: ["content"],
      }),
    ),
  );
  assert.deepEqual(
    UpdateCampaignGroupRequest.decode(wire),
    UpdateCampaignGroupRequest.fromPartial({
      campaignGroup: {
        id: "7",
        name: "Summer",
        messagesPerMinute: 30,
        content: { subject: "Hello", text: "Sun" },
        contactListIds: ["a", "b"],
      },
      updateMask: ["name", "content"],
    }),
  );
});

test("Times and maps merge, and a list keeps its items apart", () => {
  const first = GetJobResponse.encode(GetJobResponse.fromPartial({ job: { counts: { read: 1, kept: 1 } } }));
  // Field 1, the job, with its create_time in two parts: the seconds, then the nanoseconds.
  const createTime = Job.encode(Job.fromPartial({ createTime: new Date(1_000) }))
    .finish()
    .subarray(0, 1);
  const parts = Buffer.concat([
    createTime,
    Buffer.from([2, 0x08, 5]),
    createTime,
    Buffer.from([4, 0x10, 0x80, 0x89, 0x7a]),
  ]);
  const second = GetJobResponse.encode(GetJobResponse.fromPartial({ job: { counts: { kept: 2 } } }));
  const { job } = GetJobResponse.decode(
    joined(first, second, { finish: () => Buffer.concat([Buffer.from([0x0a, parts.length]), parts]) }),
  );
  assert.deepEqual(job?.counts, { read: 1, kept: 2 });
  assert.deepEqual(job?.createTime, new Date(5_002));
  const groups = joined(
    CampaignGroup.encode(CampaignGroup.fromPartial({ ruleIds: ["a"] })),
    CampaignGroup.encode(CampaignGroup.fromPartial({ ruleIds: ["a"] })),
  );
  assert.deepEqual(CampaignGroup.decode(groups).ruleIds, ["a", "a"]);
});

test("Of a oneof the last case stays, merged with what was there of the same case", () => {
  const refresh = { $case: "refresh", refresh: { refreshToken: "r" } } as const;
  const password = (tenant: string, email: string) =>
    ({ $case: "password", password: { tenant, email, password: "", deviceToken: "" } }) as const;
  const read = (...grants: IssueTokenRequest["grant"][]) =>
    IssueTokenRequest.decode(joined(...grants.map((grant) => IssueTokenRequest.encode({ grant })))).grant;
  assert.deepEqual(read(password("demo", ""), password("", "a@b.c")), password("demo", "a@b.c"));
  assert.deepEqual(read(password("demo", ""), refresh), refresh);
  assert.deepEqual(read(password("demo", ""), refresh, password("", "a@b.c")), password("", "a@b.c"));
});

test("Generated code in a form that is not known here stops `npm run gen`, so that no decoder replaces in silence", () => {
  const source = "            message.name = StringValue.decode(reader, reader.uint32()).value;\n";
  assert.throws(
    () => mergeRepeatedMessages(new Map([["a.ts", Buffer.from(source)]])),
    /a\.ts .*replace[^]*StringValue/,
  );
});
