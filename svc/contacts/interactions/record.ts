/** Checks the interactions that other services record, and puts them into the form in which they are stored. */
import type { RecordedInteraction } from "../../../gen/herald/contacts/v1/interaction.ts";
import { Checks } from "../../lib/request/validate.ts";
import type { KeptInteraction } from "./interaction-store.ts";
import { comparable } from "../contacts/comparable-forms.ts";
import type { PersonDetails } from "../contacts/resolve.ts";

/** One recorded interaction, and the details of its contact. */
export interface InteractionOfContact {
  interaction: KeptInteraction;
  details: PersonDetails;
}

const MOST_INTERACTIONS = 1_000;
const LONGEST_TEXT = 65_536;
const LONGEST_MARK = 320;
const LONGEST_NAME = 200;

/** Reads all interactions of a call. If a field is wrong, refuses the whole call and names every wrong field. */
export function readRecorded(all: readonly RecordedInteraction[]): InteractionOfContact[] {
  const check = new Checks();
  check.count("interactions", all, { most: MOST_INTERACTIONS });
  const recorded = all.slice(0, MOST_INTERACTIONS).map((one, i) => readOne(check, `interactions[${i}]`, one));
  check.done();
  return recorded;
}

function readOne(
  check: Checks,
  field: string,
  { interaction, clientId, firstName, lastName }: RecordedInteraction,
): InteractionOfContact {
  const at = `${field}.interaction`;
  const client = check.text(`${field}.client_id`, clientId, { least: 0, most: LONGEST_MARK });
  const info = comparable(check.text(`${at}.contact_info`, interaction?.contactInfo, { least: 0, most: LONGEST_MARK }));
  check.that(client !== "" || info.value !== "", at, "Give contact_info or client_id to find the contact by.");
  check.chosen(`${at}.direction`, interaction?.direction ?? 0);
  check.chosen(`${at}.channel`, interaction?.channel ?? 0);
  check.that(interaction?.startTime !== undefined, `${at}.start_time`, "Required.");
  const short = (name: string, value: string | undefined) =>
    check.text(`${at}.${name}`, value, { least: 0, most: LONGEST_MARK });
  return {
    interaction: {
      id: check.id(`${at}.id`, interaction?.id),
      contactId: "",
      direction: interaction?.direction ?? 0,
      channel: interaction?.channel ?? 0,
      contactInfo: info.value,
      ownAddress: short("own_address", interaction?.ownAddress),
      campaignGroupId: short("campaign_group_id", interaction?.campaignGroupId),
      campaignGroupName: short("campaign_group_name", interaction?.campaignGroupName),
      recordId: short("record_id", interaction?.recordId),
      outcome: interaction?.outcome,
      refusalReason: short("refusal_reason", interaction?.refusalReason),
      subject: clean(interaction?.subject ?? "", 1_000),
      text: clean(interaction?.text ?? "", LONGEST_TEXT),
      startTime: interaction?.startTime ?? new Date(0),
      endTime: interaction?.endTime,
    },
    details: {
      clientId: client,
      values: info.value === "" ? [] : [info],
      firstName: clean(firstName, LONGEST_NAME).trim(),
      lastName: clean(lastName, LONGEST_NAME).trim(),
    },
  };
}

/** Removes what Postgres cannot store, and cuts texts that are too long, since a message must not be lost for either. */
const clean = (text: string, most: number) => text.replaceAll("\0", "").slice(0, most);

/**
 * Splits recorded interactions into waves in which each id comes once: an attempt and its outcome may arrive together, and one statement
 * cannot write the same row twice.
 */
export function inWaves(recorded: readonly KeptInteraction[]): KeptInteraction[][] {
  const waves: Map<string, KeptInteraction>[] = [];
  for (const interaction of recorded) {
    const wave = waves.find((taken) => !taken.has(interaction.id));
    if (wave) wave.set(interaction.id, interaction);
    else waves.push(new Map([[interaction.id, interaction]]));
  }
  return waves.map((wave) => [...wave.values()]);
}
