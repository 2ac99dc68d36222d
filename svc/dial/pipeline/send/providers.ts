/** The operator's providers that are set up, by channel; and which setting a missing one needs. */
import { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import type { DialingSettings } from "../../../../gen/herald/dial/v1/dialing_settings.ts";
import { connect } from "../../../lib/client/client.ts";
import { audienceOf, meshTokens, VOICE_ADAPTER } from "../../../lib/auth/mesh-token.ts";
import type { Metrics } from "../../../lib/observe/metrics.ts";
import type { Parts } from "../../../lib/service/service.ts";
import type { DialConfig } from "../../config.ts";
import type { SignEmail } from "../../dkim/dkim-keys.ts";
import { providerMissing } from "../../errors.ts";
import type { Events } from "../../events.ts";
import type { MessageProvider } from "./message-provider.ts";
import type { ProviderConnections } from "../../providers/open-provider.ts";
import type { OperatorsProvider } from "../../providers/provider-hub.ts";
import { ownAddress } from "../../sessions/session-settings.ts";
import { type SmppDeliveries, SmppProvider } from "../../sms/smpp-provider.ts";
import { SmtpProvider } from "../../email/smtp-provider.ts";
import { VoiceAdapter } from "../../voice/voice-adapter.ts";

export interface Providers {
  email: MessageProvider | undefined;
  sms: MessageProvider | undefined;
  voice: VoiceAdapter | undefined;
  /** Throws PROVIDER_MISSING when the channel has no provider, or email has no sender. */
  require(settings: DialingSettings): void;
  /** What there is on a channel. */
  on(channel: Channel): OperatorsProvider;
  stop(): Promise<void>;
}

export function openProviders(
  { config, metrics, now }: Pick<Parts<DialConfig>, "config" | "metrics" | "now">,
  events: Events,
  deliveries: SmppDeliveries,
  sign: SignEmail,
): Providers {
  const { unsettledMost } = config;
  const email = config.smtp && new SmtpProvider({ ...config.smtp, unsettledMost, events, sign });
  const sms = config.smpp && new SmppProvider({ ...config.smpp, unsettledMost, events, now }, deliveries);
  const voice =
    config.voiceAdapter === undefined
      ? undefined
      : new VoiceAdapter(voiceConnection(config.voiceAdapter, config, metrics), events);
  return {
    email,
    sms,
    voice,
    require(settings) {
      if (settings.channel === Channel.CHANNEL_VOICE && !voice) throw providerMissing("voice", "DIAL_VOICE_ADAPTER");
      if (settings.channel === Channel.CHANNEL_SMS && !sms) throw providerMissing("SMS", "DIAL_SMPP_URL");
      if (settings.channel !== Channel.CHANNEL_EMAIL) return;
      if (!email) throw providerMissing("email", "DIAL_SMTP_URL");
      if (ownAddress(settings, config.senders.email) === "")
        throw providerMissing("email without a sender of the group's own", "DIAL_SMTP_FROM");
    },
    on(channel) {
      const { senders } = config;
      if (channel === Channel.CHANNEL_VOICE)
        return offered(voice && { kind: "calls", adapter: voice }, senders.voice, "voice");
      const isSms = channel === Channel.CHANNEL_SMS;
      const provider = isSms ? sms : email;
      const connections = provider && ({ kind: "messages", provider } as const);
      return offered(connections, isSms ? senders.sms : senders.email, isSms ? "SMS" : "email");
    },
    async stop() {
      await Promise.all([email?.stop(), sms?.stop(), voice?.stop()]);
    },
  };
}

const offered = (connections: ProviderConnections | undefined, sender: string, channel: string): OperatorsProvider => ({
  connections,
  sender,
  missing: `The dialer that has this session has no provider for ${channel}; give every dialer the same settings, or set up a provider of your own.`,
});

function voiceConnection(address: string, { meshKey, voiceKey, tls, deadlineMs }: DialConfig, metrics: Metrics) {
  const made = audienceOf(meshKey, VOICE_ADAPTER);
  const token = meshTokens("dial", voiceKey ? { ...made, key: voiceKey } : made);
  return connect({ address, token, deadlineMs, tls, metrics });
}
