/** What a session needs of its campaign group, read once for each version of it. Pure. */
import type { CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { DialingMode, type VoiceSettings } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { NO_CONTENT } from "../rendering/content.ts";

export interface SessionSettings {
  tenantId: string;
  groupId: string;
  groupName: string;
  channel: Channel;
  version: number;
  /** Our number or address, as contacts see it. */
  ownAddress: string;
  suppressionListIds: string[];
  ruleIds: string[];
  /** Messages a minute; 0 is unlimited. */
  messagesPerMinute: number;
  /** Names the content: another version is another content. */
  contentKey: string;
  /** What messages are made of; absent for calls. */
  content: MessageContent | undefined;
  /** With its defaults filled in; absent for messages. */
  voice: VoiceSettings | undefined;
}

/** Our own address where the group names none, by channel. */
export type UsualSenders = Readonly<Record<"email" | "sms" | "voice", string>>;

export function readSessionSettings(
  tenantId: string,
  group: CampaignGroup,
  version: number,
  usual: UsualSenders,
): SessionSettings {
  const { channel, content } = group;
  return {
    tenantId,
    groupId: group.id,
    groupName: group.name,
    channel,
    version,
    ownAddress: ownAddress(group, usual),
    suppressionListIds: group.suppressionListIds,
    ruleIds: group.ruleIds,
    messagesPerMinute: channel === Channel.CHANNEL_VOICE ? 0 : group.messagesPerMinute,
    contentKey: `${group.id} ${version}`,
    content: channel === Channel.CHANNEL_VOICE ? undefined : (content ?? NO_CONTENT),
    voice: channel === Channel.CHANNEL_VOICE ? withDefaults(group.voice) : undefined,
  };
}

export function ownAddress({ channel, content, voice }: CampaignGroup, usual: UsualSenders): string {
  if (channel === Channel.CHANNEL_VOICE) return voice?.callerId || usual.voice;
  return content?.from || (channel === Channel.CHANNEL_EMAIL ? usual.email : usual.sms);
}

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
