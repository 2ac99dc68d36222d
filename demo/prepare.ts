/** Loads a list, its opt-outs and the definition of a campaign into the platform. */
import { openAsBlob, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { randomUUID } from "node:crypto";
import type { CampaignGroup, CampaignGroupInput, Import, PreviewImportResponse, RuleInput } from "../gen/rest.ts";
import { type Api, done } from "./api.ts";

/** The content of `examples/spring-campaign/campaign.json`. */
export interface CampaignDefinition {
  name: string;
  suppression: { name: string; file: string };
  rules: RuleInput[];
  groups: CampaignGroupInput[];
}

const PREVIEW_BYTES = 256 * 1024;

export const readDefinition = (file: string): CampaignDefinition =>
  JSON.parse(readFileSync(file, "utf8")) as CampaignDefinition;

/** Asks how the platform reads a file, without storing anything. */
export async function previewList(api: Api, file: string): Promise<PreviewImportResponse> {
  const blob = await openAsBlob(file);
  return api.upload("/v1/contact-lists:previewImport", new URLSearchParams(), blob.slice(0, PREVIEW_BYTES));
}

export async function importList(api: Api, name: string, file: string): Promise<Import> {
  const { contactList } = done(
    await api.rest.POST("/v1/contact-lists", { body: { contactList: { name }, requestId: randomUUID() } }),
  );
  const blob = await openAsBlob(file);
  const query = new URLSearchParams({ fileName: basename(file), totalBytes: String(blob.size) });
  const answer = await api.upload<{ import: Import }>(
    `/v1/contact-lists/${contactList?.id}/records:import`,
    query,
    blob,
  );
  return answer.import;
}

/** Creates a suppression list for the groups that name it. It is empty without a file, which is so if users bring their own list. */
export async function suppress(
  api: Api,
  name: string,
  file: string | undefined,
): Promise<{ id: string; accepted: number; rejected: number }> {
  const body = { suppressionList: { name, required: false }, requestId: randomUUID() };
  const id = done(await api.rest.POST("/v1/suppression-lists", { body })).suppressionList?.id ?? "";
  if (!file) return { id, accepted: 0, rejected: 0 };
  const query = new URLSearchParams({ fileName: basename(file) });
  const read = await api.upload<{ acceptedCount: string; rejectedCount: string }>(
    `/v1/suppression-lists/${id}/entries:import`,
    query,
    await openAsBlob(file),
  );
  return { id, accepted: Number(read.acceptedCount), rejected: Number(read.rejectedCount) };
}

export async function createGroups(
  api: Api,
  definition: CampaignDefinition,
  label: string,
  contactListId: string,
  suppressionListId: string,
): Promise<CampaignGroup[]> {
  const ruleIds: string[] = [];
  for (const rule of definition.rules) {
    const body = { rule: { ...rule, name: `${rule.name} ${label}` }, requestId: randomUUID() };
    ruleIds.push(done(await api.rest.POST("/v1/compliance-rules", { body })).rule?.id ?? "");
  }
  const groups: CampaignGroup[] = [];
  for (const group of definition.groups) {
    const campaignGroup = {
      ...group,
      name: `${group.name} ${label}`,
      contactListIds: [contactListId],
      suppressionListIds: [suppressionListId],
      ruleIds,
    };
    const made = done(await api.rest.POST("/v1/campaign-groups", { body: { campaignGroup, requestId: randomUUID() } }));
    if (made.campaignGroup) groups.push(made.campaignGroup);
  }
  return groups;
}

/**
 * Runs the work with a policy under which messages on different channels may reach somebody at the same moment. With the tenant's own policy, each of
 * the demo's groups would wait a minute for the message of another. Restores the policy afterwards.
 */
export async function withMessagesAtOnce<T>(api: Api, work: () => Promise<T>): Promise<T> {
  const before = done(await api.rest.GET("/v1/attempt-policy", {})).attemptPolicy?.messagesExclusive ?? true;
  const set = async (messagesExclusive: boolean) => {
    const body = { attemptPolicy: { messagesExclusive }, updateMask: "messagesExclusive" };
    done(await api.rest.PATCH("/v1/attempt-policy", { body }));
  };
  await set(false);
  try {
    return await work();
  } finally {
    await set(before);
  }
}

/** The opt-outs in the folder of a definition. */
export const suppressionFile = (definitionFile: string, { suppression }: CampaignDefinition): string =>
  join(dirname(definitionFile), suppression.file);
