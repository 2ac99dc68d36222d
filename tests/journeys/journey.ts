/** The steps of the main job through REST, as an integrator would take them. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { CampaignGroupInput, Import, Progress } from "../../gen/rest.ts";
import { type BootedPlatform, ok } from "../lib/platform.ts";

export interface StartedGroup {
  id: string;
  name: string;
}

export async function importList(
  { platform, rest, token }: BootedPlatform,
  name: string,
  csv: string,
): Promise<Import> {
  const { contactList } = ok(
    await rest.POST("/v1/contact-lists", { body: { contactList: { name }, requestId: randomUUID() } }),
  );
  const response = await fetch(
    `${platform.edgeUrl}/v1/contact-lists/${contactList?.id}/records:import?fileName=people.csv`,
    {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "text/csv" },
      body: csv,
    },
  );
  const answer = (await response.json()) as { import: Import };
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer.import;
}

/** Suppresses values for all campaigns, and returns the list that contains them. */
export async function suppress({ rest }: BootedPlatform, name: string, values: readonly string[]): Promise<string> {
  const body = { suppressionList: { name, required: true }, requestId: randomUUID() };
  const suppressionListId = ok(await rest.POST("/v1/suppression-lists", { body })).suppressionList?.id ?? "";
  const path = { suppressionListId };
  ok(
    await rest.POST("/v1/suppression-lists/{suppressionListId}/entries:add", {
      params: { path },
      body: { entries: values.map((value) => ({ value })) },
    }),
  );
  return suppressionListId;
}

/** Allows several groups to contact the same people at the same moment. */
export async function allowAtOnce({ rest }: BootedPlatform): Promise<void> {
  const body = {
    attemptPolicy: { callsExclusive: false, messagesExclusive: false },
    updateMask: "callsExclusive,messagesExclusive",
  };
  ok(await rest.PATCH("/v1/attempt-policy", { body }));
}

export async function startGroup({ rest }: BootedPlatform, group: CampaignGroupInput): Promise<StartedGroup> {
  const { campaignGroup } = ok(
    await rest.POST("/v1/campaign-groups", { body: { campaignGroup: group, requestId: randomUUID() } }),
  );
  const id = campaignGroup?.id ?? "";
  ok(
    await rest.POST("/v1/campaign-groups/{campaignGroupId}:start", {
      params: { path: { campaignGroupId: id } },
      body: {},
    }),
  );
  return { id, name: campaignGroup?.name ?? "" };
}

export async function progressOf(
  { rest }: BootedPlatform,
  campaignGroupId: string,
): Promise<{ state: string; progress: Progress }> {
  const answer = ok(await rest.GET("/v1/campaign-groups/{campaignGroupId}", { params: { path: { campaignGroupId } } }));
  if (!answer.campaignGroup || !answer.progress) throw new Error("The campaign group has no progress.");
  return { state: answer.campaignGroup.state, progress: answer.progress };
}

/** Waits until a group has stopped by itself, even if calls fail in the meantime. */
export async function untilFinished(
  booted: BootedPlatform,
  { id, name }: StartedGroup,
  withinMs: number,
): Promise<Progress> {
  const deadline = performance.now() + withinMs;
  let last: unknown;
  while (performance.now() < deadline) {
    try {
      const { state, progress } = await progressOf(booted, id);
      if (state === "CAMPAIGN_GROUP_STATE_STOPPED") return progress;
      last = progress;
    } catch (error) {
      last = error;
    }
    await wait(200);
  }
  throw new Error(
    `${name} did not finish within ${withinMs} ms: ${last instanceof Error ? last.message : JSON.stringify(last)}`,
  );
}

export const total = (counts: Readonly<Record<string, string | number>>): number =>
  Object.values(counts).reduce<number>((sum, count) => sum + Number(count), 0);
