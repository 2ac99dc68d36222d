/** Asks compliance when the places of a group's contacts are open, once for all contacts at the same place. */
import { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import type {
  AttemptCheckServiceDefinition,
  FindOpenInstantsResponse,
} from "../../../../gen/herald/compliance/v1/attempt_check_service.ts";
import { RefusalReason } from "../../../../gen/herald/compliance/v1/decision.ts";
import type { AttemptPlace, OpenInstant } from "../../../../gen/herald/compliance/v1/open_instant.ts";
import { inBatches } from "../../../lib/async/batch.ts";
import type { Calls } from "../../../lib/client/client.ts";
import { isServiceError } from "../../../lib/errors/error-details.ts";
import { status } from "../../../lib/errors/errors.ts";
import type { Group } from "../../groups/group-rows.ts";
import type { ClosedPlaces } from "../queries/wait-table.ts";
import type { PlaceRow } from "./plan-store.ts";

/** Finds out when the places of some people open. */
export type FindOpenPlaces = (group: Group, places: readonly PlaceRow[]) => Promise<OpenPlaces>;

export interface OpenPlaces {
  /** The version of the contact windows, together with the rules that the group names; empty if the windows changed between the answers. */
  windows: string;
  places: readonly OpenPlace[];
}

export interface OpenPlace {
  key: string;
  openTime: Date | undefined;
  /** The reason of a refusal before that time; empty if the place is open now. */
  reason: string;
}

const PLACES_AT_ONCE = 1_000;
const TIMEOUT_MS = 10_000;
const WORDS: Partial<Record<RefusalReason, string>> = {
  [RefusalReason.REFUSAL_REASON_OUTSIDE_WINDOW]: "outside_window",
  [RefusalReason.REFUSAL_REASON_LOCATION_FORBIDDEN]: "location_forbidden",
};

/** Asks compliance in batches. Without places, asks only for the version. */
export function openPlacesOf(checks: Calls<AttemptCheckServiceDefinition>): FindOpenPlaces {
  return async ({ tenantId, shown: { channel, ruleIds } }, rows) => {
    const find = async (batch: readonly PlaceRow[]) => {
      const places = batch.map((row) => placeOf(row, channel));
      return checks
        .findOpenInstants({ channel, ruleIds, places }, { tenantId, timeoutMs: TIMEOUT_MS })
        .catch(nothingKnown);
    };
    const { windowsVersion } = await find([]);
    let isOfOneVersion = true;
    const places: OpenPlace[] = [];
    for await (const batch of inBatches(rows, PLACES_AT_ONCE)) {
      const { openInstants, windowsVersion: version } = await find(batch);
      isOfOneVersion &&= version === windowsVersion;
      openInstants.forEach((instant, i) => {
        // A place that no rule can read is not planned: the check refuses its contacts one by one at the attempt.
        if (instant.faults.length === 0) places.push(toOpenPlace(batch[i] as PlaceRow, instant));
      });
    }
    return { windows: isOfOneVersion ? [windowsVersion, ...ruleIds.toSorted()].join(" ") : "", places };
  };
}

/** If the group names a rule that never existed, the check at the attempt reports it. */
function nothingKnown(error: unknown): Pick<FindOpenInstantsResponse, "openInstants" | "windowsVersion"> {
  if (isServiceError(error) && error.code === status.INVALID_ARGUMENT) return { openInstants: [], windowsVersion: "" };
  throw error;
}

/** The places that are closed at `now`. Pure. */
export function closedPlaces({ places }: OpenPlaces, now: Date): ClosedPlaces {
  const closed = places.filter(({ openTime }) => openTime === undefined || openTime > now);
  return {
    keys: closed.map(({ key }) => key),
    dues: closed.map(({ openTime }) => openTime ?? null),
    reasons: closed.map(({ reason }) => reason),
  };
}

const toOpenPlace = ({ key }: PlaceRow, { openTime, reason }: OpenInstant): OpenPlace => ({
  key,
  openTime,
  reason: WORDS[reason] ?? "",
});

/** Makes the same place as dial does when it checks a device of such a record. */
const placeOf = (
  { zones, zoneIsCertain, country, state, contactInfo, notBefore }: PlaceRow,
  channel: Channel,
): AttemptPlace => ({
  zones: zones.split(" ").filter(Boolean),
  zoneIsCertain,
  country,
  state: country === "" ? "" : state,
  contactInfo: channel === Channel.CHANNEL_EMAIL ? "" : contactInfo,
  notBefore,
});
