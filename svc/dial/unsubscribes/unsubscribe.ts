/** Does what somebody chose on the page of a link, once, however often it is asked for, and notes it in the contact's history. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { InteractionDirection, type RecordedInteraction } from "../../../gen/herald/contacts/v1/interaction.ts";
import { type OptOut, OptOutScope, OptOutSource } from "../../../gen/herald/dial/v1/opt_out.ts";
import type { Now } from "../../lib/async/time.ts";
import type { Database, TenantTransaction } from "../../lib/postgres/db.ts";
import { newId } from "../../lib/request/ids.ts";
import type { AttemptRow } from "../attempts/attempt-rows.ts";
import { findAttempts } from "../attempts/attempt-store.ts";
import type { OptOuts } from "../opt-outs/opt-outs.ts";
import type { Publishing } from "../publishing/publishing.ts";
import type { Choice } from "./form.ts";
import type { LinkFacts } from "./link-token.ts";
import { changeLink, lockLink, STOPPED, type Stopped, type UsedLink } from "./unsubscribe-store.ts";

export interface UnsubscribeDeps {
  db: Database;
  optOuts: OptOuts;
  publishing: Publishing;
  now: Now;
}

/** Nobody changes their mind more often; unsubscribing still works then. */
const MOST_CHANGES = 20;

export const mayUndo = ({ stopped, changes }: UsedLink): boolean =>
  stopped !== STOPPED.nothing && changes < MOST_CHANGES;

/** Gives what the link says afterwards. */
export function unsubscribe(deps: UnsubscribeDeps, link: LinkFacts, choice: Choice): Promise<UsedLink> {
  const { tenantId, attemptId } = link;
  return deps.db.transaction(tenantId, async (tx) => {
    const before = await lockLink(tx, attemptId, deps.now());
    if (!isChange(before, choice)) return before;
    const [attempt] = await findAttempts(tx, [attemptId]);
    const after =
      choice === "undo" ? await undo(deps, tx, before) : await stop(deps, tx, { link, before, choice, attempt });
    await changeLink(tx, attemptId, after, deps.now());
    await deps.publishing.put(tx, { interactions: [interaction(link, attempt, after.stopped, deps.now())] });
    return after;
  });
}

/** A click after another, or the same at the same time, finds that it is done. */
function isChange(before: UsedLink, choice: Choice): boolean {
  if (choice === "undo") return mayUndo(before);
  return choice === "everything" ? before.stopped !== STOPPED.everything : before.stopped === STOPPED.nothing;
}

interface Stopping {
  link: LinkFacts;
  before: UsedLink;
  choice: Exclude<Choice, "undo">;
  attempt: AttemptRow | undefined;
}

const SCOPES = { program: OptOutScope.OPT_OUT_SCOPE_PROGRAM_CHANNEL, everything: OptOutScope.OPT_OUT_SCOPE_EVERYTHING };

async function stop(
  { optOuts, now }: UnsubscribeDeps,
  tx: TenantTransaction,
  { link, before, choice, attempt }: Stopping,
): Promise<UsedLink> {
  const optOut = await optOuts.record(tx, {
    id: newId(),
    source:
      choice === "one-click"
        ? OptOutSource.OPT_OUT_SOURCE_UNSUBSCRIBE_LINK
        : OptOutSource.OPT_OUT_SOURCE_PREFERENCE_PAGE,
    channel: Channel.CHANNEL_EMAIL,
    contactInfo: link.address,
    clientId: attempt?.client_id ?? "",
    programId: link.programId,
    // One click means what the tenant's policy says.
    ...(choice !== "one-click" && { scope: SCOPES[choice] }),
    words: "",
    ownAddress: attempt?.own_address ?? "",
    sayTime: now(),
    attemptId: link.attemptId,
    recordedBy: "",
  });
  return { optOutIds: [...before.optOutIds, optOut.id], stopped: stoppedBy(optOut), changes: before.changes + 1 };
}

/** Nothing is promised that the opt-out does not hold. */
function stoppedBy({ scope }: OptOut): Stopped {
  if (scope === OptOutScope.OPT_OUT_SCOPE_EVERYTHING) return STOPPED.everything;
  return scope === OptOutScope.OPT_OUT_SCOPE_CHANNEL ? STOPPED.emails : STOPPED.program;
}

/** Takes back what this link did, and nothing that somebody else or another link did. */
async function undo({ optOuts }: UnsubscribeDeps, tx: TenantTransaction, before: UsedLink): Promise<UsedLink> {
  for (const id of before.optOutIds) await optOuts.withdraw(tx, id, { by: "person", reason: UNDONE });
  return { optOutIds: [], stopped: STOPPED.nothing, changes: before.changes + 1 };
}

const UNDONE = "Undone on the page to unsubscribe";
const SUBJECTS: Readonly<Record<Stopped, string>> = {
  [STOPPED.nothing]: "Subscribed again on the page to unsubscribe",
  [STOPPED.program]: "Unsubscribed from the emails of the program",
  [STOPPED.emails]: "Unsubscribed from all emails",
  [STOPPED.everything]: "Unsubscribed from everything",
};

/** What the contact's history shows. */
function interaction(
  { attemptId, address }: LinkFacts,
  attempt: AttemptRow | undefined,
  stopped: Stopped,
  time: Date,
): RecordedInteraction {
  return {
    interaction: {
      id: newId(),
      contactId: "",
      direction: InteractionDirection.INTERACTION_DIRECTION_INBOUND,
      channel: Channel.CHANNEL_EMAIL,
      contactInfo: address,
      ownAddress: attempt?.own_address ?? "",
      campaignGroupId: attempt?.campaign_group_id ?? "",
      campaignGroupName: "",
      recordId: "",
      outcome: undefined,
      refusalReason: "",
      subject: SUBJECTS[stopped],
      text: `By the link in the email ${attemptId}`,
      startTime: time,
      endTime: time,
      zones: [],
    },
    clientId: attempt?.client_id ?? "",
    firstName: "",
    lastName: "",
  };
}
