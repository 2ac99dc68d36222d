/** The outside world on one machine: a mail inbox, a message centre and a voice network, with an HTTP API to look at them. */
import { readSettings } from "../../svc/lib/service/config.ts";
import { startHttpApi } from "./http-api.ts";
import { routesOf } from "./routes.ts";
import { type Smsc, startSmsc } from "./smsc.ts";
import { type SmtpInbox, startSmtpInbox } from "./smtp-inbox.ts";
import { startVoice, type VoiceSimulator } from "./voice.ts";

export interface SimulatorOptions {
  host: string;
  smtpPort: number;
  smppPort: number;
  voicePort: number;
  httpPort: number;
  voiceKey: string;
  keptMessages: number;
  rememberedMessages: number;
  slowEmailMs: number;
  smppSystemId: string;
  smppPassword: string;
  voiceSeed: string;
  voiceSpeed: number;
  voiceLiveShare: number;
}

/** The address of each, in the form that `dial` takes. */
export interface Addresses {
  smtp: string;
  smpp: string;
  voice: string;
  http: string;
}

export interface Simulators {
  addresses: Addresses;
  inbox: SmtpInbox;
  smsc: Smsc;
  voice: VoiceSimulator;
  stop(): Promise<void>;
}

type Source = Readonly<Record<string, string | undefined>>;

/** The settings, from the environment or from what a test gives. */
export const simulatorOptions = (source?: Source): SimulatorOptions =>
  readSettings(
    (env) => ({
      host: env.string("SIM_HOST", "127.0.0.1", "address to listen on"),
      smtpPort: env.int("SIM_SMTP_PORT", 2525, "SMTP inbox; 0 takes a free one", { most: 65_535 }),
      smppPort: env.int("SIM_SMPP_PORT", 2775, "SMPP message centre; 0 takes a free one", { most: 65_535 }),
      voicePort: env.int("SIM_VOICE_PORT", 50_070, "voice adapter, gRPC; 0 takes a free one", { most: 65_535 }),
      httpPort: env.int("SIM_HTTP_PORT", 8026, "HTTP API; 0 takes a free one", { most: 65_535 }),
      voiceKey: env.secret(
        "HERALD_VOICE_KEY",
        "verifies that the caller of the voice adapter is our dialer; never the key of the mesh",
        {
          leastBytes: 32,
        },
      ),
      keptMessages: env.int(
        "SIM_KEPT_MESSAGES",
        10_000,
        "messages of each kind kept whole; an email takes 64 KiB at the most",
        { least: 1 },
      ),
      rememberedMessages: env.int(
        "SIM_REMEMBERED_MESSAGES",
        2_000_000,
        "messages and recipients remembered by name to tell duplicates; about 100 bytes each",
        { least: 1 },
      ),
      slowEmailMs: env.durationMs("SIM_SLOW_EMAIL", 2_000, "how late slow+… is answered"),
      smppSystemId: env.string("SIM_SMPP_SYSTEM_ID", "herald", "who may bind"),
      smppPassword: env.string("SIM_SMPP_PASSWORD", "password", "and with which password, at most 8 characters"),
      voiceSeed: env.string(
        "SIM_VOICE_SEED",
        "herald",
        "the same seed gives the same fate to the nth call of a number",
      ),
      voiceSpeed: env.number("SIM_VOICE_SPEED", 1, "times faster than life", { least: 0.01, most: 10_000 }),
      voiceLiveShare: env.number("SIM_VOICE_LIVE_SHARE", 0.3, "calls that a live person answers", { most: 1 }),
    }),
    source,
  );

export async function startSimulators(options: SimulatorOptions): Promise<Simulators> {
  const { host, voiceKey } = options;
  const bounds = { kept: options.keptMessages, remembered: options.rememberedMessages };
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => void (await Promise.all(started.splice(0).map((one) => one.stop())));
  const keep = <T extends { stop(): Promise<void> }>(one: T): T => (started.push(one), one);
  try {
    const inbox = keep(await startSmtpInbox({ host, port: options.smtpPort, bounds, slowMs: options.slowEmailMs }));
    const smsc = keep(
      await startSmsc({
        host,
        port: options.smppPort,
        bounds,
        systemId: options.smppSystemId,
        password: options.smppPassword,
      }),
    );
    const { voiceSeed: seed, voiceSpeed: speed, voiceLiveShare: liveShare } = options;
    const voice = keep(await startVoice({ host, port: options.voicePort, voiceKey, bounds, seed, speed, liveShare }));
    const http = keep(await startHttpApi(routesOf({ inbox, smsc, voice }), { host, port: options.httpPort }));
    // The simulated message centre keeps the attempt's id, by which it finds duplicates.
    const addresses = { smtp: inbox.url, smpp: `${smsc.url}?attempt_tlv=true`, voice: voice.address, http: http.url };
    return { addresses, inbox, smsc, voice, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
