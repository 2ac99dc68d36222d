/** Decides which provider is meant: the one that is named, or the tenant's default of the channel, or the operator's. Pure. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { KINDS } from "./account.ts";
import type { StoredProvider } from "./provider-store.ts";

/** What a campaign group or a message says about its provider. */
export interface ProviderChoice {
  tenantId: string;
  channel: Channel;
  /** Empty if it names none. */
  providerId: string;
}

export type ChosenProvider =
  | { kind: "own"; provider: StoredProvider }
  | { kind: "operators" }
  /** `why`: for people, with what would be right. */
  | { kind: "none"; why: string };

/** `providers` are those of the tenant. */
export function chooseProvider(
  { channel, providerId }: ProviderChoice,
  providers: readonly StoredProvider[],
  mayUseOperators: boolean,
): ChosenProvider {
  const ofChannel = providers.filter(({ account }) => KINDS[account.$case].channel === channel);
  if (providerId === "") {
    const usual = ofChannel.find(({ isDefault }) => isDefault);
    if (usual) return usable(usual, "default provider");
    if (mayUseOperators) return { kind: "operators" };
    return none("There is no default provider for this channel. Make one of your providers the default, or name one.");
  }
  const named = providers.find(({ id }) => id === providerId);
  if (!named) return none("There is no such provider any more. Name another one, or none for the default.");
  if (!ofChannel.includes(named)) return none(`The provider “${named.name}” is for another channel. Name another one.`);
  return usable(named, "provider");
}

/** Why a group that names this sender cannot be sent through the provider that it chose; empty if it can. */
export function problemOf(channel: Channel, sender: string, chosen: ChosenProvider): string {
  if (chosen.kind === "none") return chosen.why;
  if (chosen.kind === "operators" || channel !== Channel.CHANNEL_EMAIL) return "";
  if (sender !== "" || chosen.provider.defaultSender !== "") return "";
  return `The provider “${chosen.provider.name}” has no default sender, so a sender must be named.`;
}

const usable = (provider: StoredProvider, what: string): ChosenProvider =>
  provider.disabled
    ? none(`The ${what} “${provider.name}” is disabled. Enable it, or name another one.`)
    : { kind: "own", provider };

const none = (why: string): ChosenProvider => ({ kind: "none", why });
