/** The rules that are part of Herald: legal contact windows, read from `packs/`. They always hold and cannot change. */
import { readdirSync, readFileSync } from "node:fs";
import { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import type { OpenTime, Rule } from "../../../../gen/herald/compliance/v1/rule.ts";

/** One file of `packs/`. */
interface Pack {
  about: string;
  windows: PackWindow[];
}

interface PackWindow {
  id: string;
  name: string;
  places: string[];
  /** Email has no quiet hours anywhere: it waits in the mailbox and rings nobody, and no law in these packs names hours for it. */
  channels: ("voice" | "sms")[];
  /** `Mon-Fri 08:00-20:00`. */
  times: string[];
  source: string;
  confidence: "A" | "B" | "C";
  note?: string;
}

/** Holds in every country that has no other built-in window, and where the country is not known. */
export const ELSEWHERE = "builtin:elsewhere";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const CHANNELS = { voice: Channel.CHANNEL_VOICE, sms: Channel.CHANNEL_SMS };

/** Reads every pack; in the order in which they are asked: country, then its states. */
export function readPacks(folder: URL): Rule[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return files.sort().flatMap((file) => {
    const pack = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Pack;
    return pack.windows.map(toRule);
  });
}

function toRule({ id, name, places, channels, times, source, confidence, note }: PackWindow): Rule {
  return {
    id: `builtin:${id}`,
    name,
    description: [`Source: ${source}. Confidence ${confidence}.`, ...(note ? [note] : [])].join(" "),
    required: true,
    channels: channels.map((channel) => CHANNELS[channel]),
    body: { $case: "contactWindow", contactWindow: { places, openTimes: times.map(readOpenTime) } },
    createTime: undefined,
    updateTime: undefined,
    etag: "",
  };
}

/** `Mon-Fri 08:00-20:00` or `Sat 10:00-17:00`. */
export function readOpenTime(text: string): OpenTime {
  const match = /^(\w{3})(?:-(\w{3}))? (\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text);
  const [, first = "", last = first, ...clock] = match ?? [];
  const from = WEEKDAYS.indexOf(first) + 1;
  const until = WEEKDAYS.indexOf(last) + 1;
  if (from < 1 || until < from) throw new Error(`"${text}" is not an open time such as "Mon-Fri 08:00-20:00".`);
  const [fromHour, fromMinute, untilHour, untilMinute] = clock.map(Number) as [number, number, number, number];
  return {
    weekdays: WEEKDAYS.slice(from - 1, until).map((_, i) => from + i),
    fromMinute: fromHour * 60 + fromMinute,
    untilMinute: untilHour * 60 + untilMinute,
  };
}
