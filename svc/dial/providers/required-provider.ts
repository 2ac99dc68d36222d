/** Refuses sessions and messages that cannot be sent through the provider that they mean. */
import type { DialingSettings } from "../../../gen/herald/dial/v1/dialing_settings.ts";
import { providerUnusable } from "../errors.ts";
import type { Providers } from "../pipeline/send/providers.ts";
import { choiceOf, ownAddress } from "../sessions/session-settings.ts";
import { problemOf } from "./provider-choice.ts";
import type { OperatorsProvider, ProviderHub } from "./provider-hub.ts";

/** While the process starts. */
export const NOT_STARTED: OperatorsProvider = {
  connections: undefined,
  sender: "",
  missing: "The dialer is starting.",
};

/** Gives the sender for those that name none; throws PROVIDER_MISSING for the operator's, PROVIDER_UNUSABLE for one of the tenant. */
export const requiredProvider =
  (hub: Pick<ProviderHub, "chosen">, operators: () => Providers | undefined) =>
  async (tenantId: string, settings: DialingSettings): Promise<string> => {
    const chosen = await hub.chosen(choiceOf(tenantId, settings));
    if (chosen.kind === "own") {
      const problem = problemOf(settings.channel, ownAddress(settings, ""), chosen);
      if (problem !== "") throw providerUnusable(problem);
      return chosen.provider.defaultSender;
    }
    if (settings.providerId === "") operators()?.require(settings);
    if (chosen.kind === "none") throw providerUnusable(chosen.why);
    return operators()?.on(settings.channel).sender ?? "";
  };
