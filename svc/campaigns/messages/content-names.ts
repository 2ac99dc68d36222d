/** Finds the placeholders of a content that would be empty for people of a group's lists. */
import { distance } from "fastest-levenshtein";
import type { MessageContent, PlaceholderProblem } from "../../../gen/herald/campaigns/v1/content.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { RecordServiceDefinition } from "../../../gen/herald/lists/v1/record_service.ts";
import { ImportMode, ImportState } from "../../../gen/herald/lists/v1/import.ts";
import { forEachConcurrently } from "../../lib/async/batch.ts";
import type { Calls, CallScope } from "../../lib/client/client.ts";
import { isServiceAway, isServiceError } from "../../lib/errors/error-details.ts";
import { status } from "../../lib/errors/errors.ts";
import { placeholderUnknown, referenceNotFound } from "../errors.ts";
import type { NameUse } from "../../lib/templates/placeholders.ts";
import type { ReadContent, ReadTemplates } from "./read-content.ts";

/** The names that every record has, even if its file had no column for them. */
const RECORD_NAMES = ["client_id", "first_name", "last_name", "company", "postal_code", "state", "country"];
/** Fields that a column of an import can have and that are not names in templates. */
const NO_NAME = /^(device\d+(_type)?|zone)$/;
/** The names that `dial` gives a value in every email. */
const NAMES_OF_EMAILS = ["unsubscribe_url"];
/** How many of the newest imports of a list are read. */
const MOST_IMPORTS = 500;
const LISTS_AT_ONCE = 5;

/** For each list, the names for which it has a column. */
export type NamesOfLists = ReadonlyMap<string, ReadonlySet<string>>;

/** Asks `lists` which columns the records of these lists have. */
export async function namesOfLists(
  records: Calls<RecordServiceDefinition>,
  contactListIds: readonly string[],
  scope: CallScope,
): Promise<NamesOfLists> {
  const found = new Map<string, ReadonlySet<string>>(contactListIds.map((id) => [id, new Set()]));
  await forEachConcurrently(contactListIds, LISTS_AT_ONCE, async (id) => {
    found.set(id, new Set([...RECORD_NAMES, ...(await importedNames(records, id, scope))]));
  });
  return found;
}

async function importedNames(records: Calls<RecordServiceDefinition>, id: string, scope: CallScope): Promise<string[]> {
  try {
    const { imports } = await records.listImports({ contactListId: id, pageSize: MOST_IMPORTS }, scope);
    const done = imports.filter(({ state }) => state === ImportState.IMPORT_STATE_SUCCEEDED);
    // Newest first. Imports before a replacement no longer count.
    const replaced = done.findIndex(({ mode }) => mode === ImportMode.IMPORT_MODE_REPLACE);
    const counting = replaced < 0 ? done : done.slice(0, replaced + 1);
    return counting.flatMap(({ mapping }) => Object.values(mapping)).filter((name) => !NO_NAME.test(name));
  } catch (error) {
    if (isServiceError(error) && error.code === status.NOT_FOUND)
      throw referenceNotFound("contact list", "contact_list_ids", id);
    throw error;
  }
}

/** Throws if a placeholder of the content would be empty for some people of the group's lists. */
export type CheckContent = (
  group: { channel: Channel; content?: MessageContent | undefined; contactListIds: readonly string[] },
  scope: CallScope,
) => Promise<void>;

export const contentChecks =
  (records: Calls<RecordServiceDefinition>, readTemplates: ReadTemplates): CheckContent =>
  async ({ channel, content, contactListIds }, scope) => {
    const read = await readOrSkip(() => readTemplates(content, scope));
    if (!read || !asksForNames(read)) return;
    const problems = placeholderProblems(read, await namesOfLists(records, contactListIds, scope), channel);
    const preventing = problems.filter(({ preventsStart }) => preventsStart);
    if (preventing.length > 0) throw placeholderUnknown(preventing);
  };

/** While `dial` is unavailable, its templates are not checked here: it does so itself before it sends. */
async function readOrSkip(read: () => Promise<ReadContent>): Promise<ReadContent | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isServiceAway(error)) return undefined;
    throw error;
  }
}

const asksForNames = ({ parts, askedIn, needed }: ReadContent): boolean =>
  needed.length > 0 || parts.some(({ template }) => askedIn(template).size > 0);

/** The names that the content uses without a default and that are not columns of every list. Pure. */
export function placeholderProblems(
  { parts, askedIn, hasDefault, needed }: Pick<ReadContent, "parts" | "askedIn" | "hasDefault" | "needed">,
  names: NamesOfLists,
  channel: Channel,
): PlaceholderProblem[] {
  const uses = parts.flatMap(({ field, template }) =>
    [...askedIn(template)].map(([name, use]) => ({ field, name, use: needed.includes(name) ? "shown" : use }) as const),
  );
  const unshown = needed.filter((name) => !uses.some((one) => one.name === name));
  return [...uses, ...unshown.map((name) => ({ field: "fields", name, use: "shown" }) as const)]
    .filter(({ name }) => !hasDefault(name) && !givenNames(channel).includes(name))
    .flatMap(({ field, name, use }) => problemOf(field, name, use, names) ?? []);
}

/** The names that have a value for everybody: columns of every list, and what the channel gives. In alphabetical order. Pure. */
export function commonNames(names: NamesOfLists, channel: Channel): string[] {
  const [first = new Set<string>(RECORD_NAMES), ...others] = names.values();
  const common = [...first].filter((name) => others.every((other) => other.has(name)));
  return [...common, ...givenNames(channel)].sort();
}

const givenNames = (channel: Channel): readonly string[] => (channel === Channel.CHANNEL_EMAIL ? NAMES_OF_EMAILS : []);

function problemOf(field: string, name: string, use: NameUse, names: NamesOfLists): PlaceholderProblem | undefined {
  const lacking = [...names].filter(([, known]) => !known.has(name)).map(([id]) => id);
  if (lacking.length === 0 && (names.size > 0 || RECORD_NAMES.includes(name))) return undefined;
  const nearest = nearestName(name, new Set([...names.values()].flatMap((known) => [...known])));
  const preventsStart = use === "shown" && lacking.length > 0;
  return {
    field,
    name,
    nearest,
    contactListIds: lacking,
    preventsStart,
    explanation: explain(name, nearest, use, lacking.length, names.size),
  };
}

function explain(name: string, nearest: string, use: NameUse, lacking: number, lists: number): string {
  const who = lacking === lists ? "No list of the campaign has" : `${lacking} of its ${lists} lists have no`;
  const column = lacking === lists ? `a column ${name}` : `column ${name}`;
  const meant = nearest === "" ? "" : ` Did you mean ${nearest}?`;
  return use === "tested"
    ? `${who} ${column}, so this condition is never met${lacking === lists ? "" : " for them"}.${meant}`
    : `${who} ${column}, so this would be empty.${meant} Or say what to put there instead: {{ ${name} | default: "there" }}.`;
}

/** The known name that differs least, if it differs by no more than a third of its letters. */
function nearestName(name: string, known: ReadonlySet<string>): string {
  const [best] = [...known]
    .filter((one) => one !== name)
    .map((one) => ({ one, far: distance(name.toLowerCase(), one.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(1, Math.floor(best.one.length / 3)) ? best.one : "";
}
