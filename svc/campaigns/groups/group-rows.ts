/** Rows of campaign groups: as they are stored, and as the service knows them. */
import type { CampaignGroup, CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import { Treatment } from "../../../gen/herald/campaigns/v1/treatment.ts";
import { VoiceSettings } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Purpose } from "../../../gen/herald/common/v1/purpose.ts";
import { etagOf } from "../../lib/request/etag.ts";
import type { GroupSettings } from "./group-checks.ts";

/** A group as it is stored: what callers see, and what the service knows about its progress. */
export interface Group {
  tenantId: string;
  shown: CampaignGroup;
  version: number;
  startWhenLoaded: boolean;
  syncedVersion: number;
  mayDial: boolean;
  syncProblem: string;
  queueCleared: boolean;
  loadedListIds: readonly string[];
  cancelling: boolean;
  /** While loading: the queue of the run before is kept. */
  continuing: boolean;
  /** The record up to which that run's chains are opened again; undefined when none is left to open. */
  reopenedTo: string | undefined;
  /** Why loading waits; empty when it does not. */
  loadProblem: string;
  /** Names the windows that the queue was planned by. */
  plannedWindows: string;
  /** When compliance was asked for the last plan of the whole queue. */
  plannedTime: Date | undefined;
  /** Names the suppression lists by which records were left out. */
  plannedSuppression: string;
  /** Open chains that a plan by changed windows or lists has not come to yet. */
  chainsToPlan: number;
}

/** The row of a group. */
export interface GroupRow {
  tenant_id: string;
  id: string;
  name: string;
  description: string;
  state: CampaignGroupState;
  contact_list_ids: string[];
  channel: Channel;
  content: unknown;
  voice: unknown;
  suppression_list_ids: string[];
  rule_ids: string[];
  treatments: unknown[];
  messages_per_minute: number;
  allow_duplicates: boolean;
  purpose: Purpose;
  create_time: Date;
  update_time: Date;
  version: number;
  start_when_loaded: boolean;
  told_version: number;
  may_dial: boolean;
  tell_problem: string;
  queue_cleared: boolean;
  loaded_list_ids: string[];
  cancelling: boolean;
  continuing: boolean;
  reopened_to: string | null;
  stop_reason: string;
  load_problem: string;
  planned_windows: string;
  planned_suppression: string;
  planned_time: Date | null;
  chains_to_plan: string | number;
  program_id: string | null;
  provider_id: string | null;
}

/** The columns of a GroupRow. */
export const COLUMNS = `tenant_id, id, name, description, state, contact_list_ids, channel, content, voice, suppression_list_ids, rule_ids,
  treatments, messages_per_minute, allow_duplicates, purpose, create_time, update_time, version, start_when_loaded, told_version, may_dial, tell_problem,
  queue_cleared, loaded_list_ids, cancelling, continuing, reopened_to, stop_reason, load_problem, planned_windows, planned_suppression, planned_time, chains_to_plan, program_id, provider_id`;

/** The values of the columns that hold settings. */
export function settingValues(settings: GroupSettings): unknown[] {
  return [
    settings.name,
    settings.description,
    settings.contactListIds,
    settings.channel,
    settings.content ? JSON.stringify(MessageContent.toJSON(settings.content)) : null,
    settings.voice ? JSON.stringify(VoiceSettings.toJSON(settings.voice)) : null,
    settings.suppressionListIds,
    settings.ruleIds,
    JSON.stringify(settings.treatments.map((treatment) => Treatment.toJSON(treatment))),
    settings.messagesPerMinute,
    settings.allowDuplicates,
    settings.purpose,
    settings.programId || null,
    settings.providerId || null,
  ];
}

export function toGroup(row: GroupRow): Group {
  return {
    tenantId: row.tenant_id,
    shown: {
      id: row.id,
      name: row.name,
      description: row.description,
      state: row.state,
      contactListIds: row.contact_list_ids,
      channel: row.channel,
      content: row.content ? MessageContent.fromJSON(row.content) : undefined,
      voice: row.voice ? VoiceSettings.fromJSON(row.voice) : undefined,
      suppressionListIds: row.suppression_list_ids,
      ruleIds: row.rule_ids,
      treatments: row.treatments.map((treatment) => Treatment.fromJSON(treatment)),
      messagesPerMinute: row.messages_per_minute,
      allowDuplicates: row.allow_duplicates,
      purpose: row.purpose,
      createTime: row.create_time,
      updateTime: row.update_time,
      etag: etagOf(row.version),
      stopReason: row.stop_reason,
      programId: row.program_id ?? "",
      providerId: row.provider_id ?? "",
    },
    version: row.version,
    startWhenLoaded: row.start_when_loaded,
    syncedVersion: row.told_version,
    mayDial: row.may_dial,
    syncProblem: row.tell_problem,
    queueCleared: row.queue_cleared,
    loadedListIds: row.loaded_list_ids,
    cancelling: row.cancelling,
    continuing: row.continuing,
    reopenedTo: row.reopened_to ?? undefined,
    loadProblem: row.load_problem,
    plannedWindows: row.planned_windows,
    plannedSuppression: row.planned_suppression,
    plannedTime: row.planned_time ?? undefined,
    chainsToPlan: Number(row.chains_to_plan),
  };
}
