/** Reads how a session dials, once for each version of its settings. Pure. */
import type { DialingSettings } from "../../../gen/herald/dial/v1/dialing_settings.ts";
import { DialingMode, type VoiceSettings } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { Purpose } from "../../../gen/herald/common/v1/purpose.ts";
import type { ProviderChoice } from "../providers/provider-choice.ts";
import type { LaneState } from "../providers/provider-lane.ts";
import type { ProviderRoute } from "../providers/provider-route.ts";
import { NO_CONTENT } from "../rendering/content.ts";
import type { RenderedContent } from "../rendering/job.ts";

/** A content, or the message template whose newest (0) or named version is looked up when the first message is made. */
export type MessageSource = RenderedContent | { templateId: string; templateVersion: number };

export interface SessionSettings {
  tenantId: string;
  groupId: string;
  groupName: string;
  channel: Channel;
  version: number;
  /** Our number or address, as contacts see it. */
  ownAddress: string;
  /** The account through which its attempts go now. */
  route: ProviderRoute;
  suppressionListIds: string[];
  ruleIds: string[];
  /** Empty for the tenant's usual program. */
  programId: string;
  /** Whether people are contacted for marketing, so that an email must be one that they can unsubscribe from. */
  isMarketing: boolean;
  /** Messages a minute; 0 is unlimited. */
  messagesPerMinute: number;
  /** The key of the content; each version has its own. */
  contentKey: string;
  /** What messages are made of; missing for calls. */
  content: MessageSource | undefined;
  /** With its defaults filled in; missing for messages. */
  voice: VoiceSettings | undefined;
}

/** Our own address if the group names none, by channel. */
export type UsualSenders = Readonly<Record<"email" | "sms" | "voice", string>>;

export function readSessionSettings(
  tenantId: string,
  dialing: DialingSettings,
  version: number,
  { route, sender }: LaneState,
): SessionSettings {
  const { channel, content } = dialing;
  return {
    tenantId,
    groupId: dialing.campaignGroupId,
    groupName: dialing.campaignGroupName,
    channel,
    version,
    ownAddress: ownAddress(dialing, sender),
    route,
    suppressionListIds: dialing.suppressionListIds,
    ruleIds: dialing.ruleIds,
    programId: dialing.programId,
    isMarketing: (dialing.purpose || Purpose.PURPOSE_MARKETING) === Purpose.PURPOSE_MARKETING,
    messagesPerMinute: channel === Channel.CHANNEL_VOICE ? 0 : dialing.messagesPerMinute,
    contentKey: `${dialing.campaignGroupId} ${version}`,
    content: channel === Channel.CHANNEL_VOICE ? undefined : sourceOf(content),
    voice: channel === Channel.CHANNEL_VOICE ? withDefaults(dialing.voice) : undefined,
  };
}

export const sourceOf = (content: MessageContent = NO_CONTENT): MessageSource =>
  content.messageTemplateId
    ? { templateId: content.messageTemplateId, templateVersion: content.messageTemplateVersion ?? 0 }
    : { inline: content };

/** Our own address: the group's, or else the provider's usual one. */
export const ownAddress = ({ channel, content, voice }: DialingSettings, usual: string): string =>
  (channel === Channel.CHANNEL_VOICE ? voice?.callerId : content?.from) || usual;

/** What the settings of a session say about its provider. */
export const choiceOf = (tenantId: string, { channel, providerId }: DialingSettings): ProviderChoice => ({
  tenantId,
  channel,
  providerId,
});

function withDefaults(voice: VoiceSettings | undefined): VoiceSettings {
  return {
    mode: voice?.mode || DialingMode.DIALING_MODE_POWER,
    callsPerMinute: voice?.callsPerMinute || 1,
    linesPerAgent: voice?.linesPerAgent || 1,
    simulatedAgents: voice?.simulatedAgents || 1,
    maxPorts: voice?.maxPorts || 100,
    ringTimeoutSeconds: voice?.ringTimeoutSeconds || 25,
    callerId: voice?.callerId ?? "",
    simulatedHandlingSeconds: voice?.simulatedHandlingSeconds || 120,
  };
}
