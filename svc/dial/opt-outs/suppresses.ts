/** What an opt-out suppresses, in the words of the lists that keep it. Pure. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { type OptOut, OptOutScope, OptOutSource } from "../../../gen/herald/dial/v1/opt_out.ts";
import type { OptOutChange } from "../../../gen/herald/lists/v1/opt_out_change.ts";

/** Whether it means the person, with all devices that are known, and not one number or address alone. */
export const meansPerson = (scope: OptOutScope): boolean =>
  scope === OptOutScope.OPT_OUT_SCOPE_EVERYTHING || scope === OptOutScope.OPT_OUT_SCOPE_PROGRAM;

const isOfProgram = (scope: OptOutScope): boolean =>
  scope === OptOutScope.OPT_OUT_SCOPE_PROGRAM_CHANNEL || scope === OptOutScope.OPT_OUT_SCOPE_PROGRAM;

/** The same for every program. */
export function ofAllPrograms(scope: OptOutScope): OptOutScope {
  if (scope === OptOutScope.OPT_OUT_SCOPE_PROGRAM_CHANNEL) return OptOutScope.OPT_OUT_SCOPE_CHANNEL;
  return scope === OptOutScope.OPT_OUT_SCOPE_PROGRAM ? OptOutScope.OPT_OUT_SCOPE_EVERYTHING : scope;
}

type Suppressing = Pick<
  OptOut,
  "id" | "scope" | "channel" | "programId" | "source" | "sayTime" | "contactInfos" | "clientIds"
>;

/** For lists: everything that the opt-out suppresses now. */
export const suppresses = (optOut: Suppressing, programName: string): OptOutChange => ({
  optOutId: optOut.id,
  contactInfos: optOut.contactInfos,
  clientIds: optOut.clientIds,
  channel: meansPerson(optOut.scope) ? Channel.CHANNEL_UNSPECIFIED : optOut.channel,
  programId: isOfProgram(optOut.scope) ? optOut.programId : "",
  programName: isOfProgram(optOut.scope) ? programName : "",
  reason: reasonOf(optOut),
  withdrawn: false,
});

/** For lists: it suppresses nothing any more. */
export const suppressesNothing = (optOutId: string): OptOutChange => ({
  ...{ optOutId, contactInfos: [], clientIds: [], channel: Channel.CHANNEL_UNSPECIFIED },
  ...{ programId: "", programName: "", reason: "", withdrawn: true },
});

const BY: Readonly<Record<number, string>> = {
  [Channel.CHANNEL_VOICE]: "in a call",
  [Channel.CHANNEL_SMS]: "by SMS",
  [Channel.CHANNEL_EMAIL]: "by email",
};
const HOW: Readonly<Record<OptOutSource, string>> = {
  [OptOutSource.OPT_OUT_SOURCE_UNSPECIFIED]: "Opted out",
  [OptOutSource.OPT_OUT_SOURCE_KEYWORD]: "Opted out",
  [OptOutSource.OPT_OUT_SOURCE_UNSUBSCRIBE_LINK]: "Unsubscribed",
  [OptOutSource.OPT_OUT_SOURCE_PREFERENCE_PAGE]: "Opted out on the preference page,",
  [OptOutSource.OPT_OUT_SOURCE_COMPLAINT]: "Complained",
  [OptOutSource.OPT_OUT_SOURCE_CALL]: "Asked not to be called,",
  [OptOutSource.OPT_OUT_SOURCE_API]: "Opt-out recorded, said",
};

const reasonOf = ({ source, channel, id }: Suppressing) => `${HOW[source] ?? "Opted out"} ${BY[channel] ?? ""} (${id})`;
