/** The RPCs of InteractionService. */
import type { InteractionServiceImplementation } from "../../../gen/herald/contacts/v1/interaction_service.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { readId, readOptionalId } from "../../lib/request/ids.ts";
import { readPage } from "../../lib/request/page.ts";
import type { Now } from "../../lib/async/time.ts";
import type { Events } from "../events.ts";
import { getInteraction, hear, searchInteractions, upsertInteractions } from "./interaction-store.ts";
import type { RegionLookup } from "../../lib/devices/written.ts";
import { searchedForms } from "../contacts/comparable-forms.ts";
import { identify, lastTimes } from "../contacts/people.ts";
import { inWaves, readRecorded } from "./record.ts";

interface Deps {
  db: Database;
  regionOf: (ctx: Ctx) => RegionLookup;
  events: Events;
  now: Now;
}

export const interactionService = ({
  db,
  regionOf,
  events,
  now,
}: Deps): Handlers<InteractionServiceImplementation> => ({
  async recordInteractions(req, ctx) {
    const { tenantId } = ctx;
    const recorded = readRecorded(req.interactions);
    if (recorded.length === 0) return {};
    const details = recorded.map((one) => one.details);
    const times = recorded.map(({ interaction }) => interaction.startTime);
    const { contactIds, changes } = await identify(db, tenantId, details, now(), times);
    const heard = lastTimes(contactIds, times);
    // New contacts were created with this time.
    for (const { id } of changes.made) heard.delete(id);
    const interactions = recorded.map(({ interaction }, i) => ({ ...interaction, contactId: contactIds[i] ?? "" }));
    await db.transaction(tenantId, async (tx) => {
      for (const wave of inWaves(interactions)) await upsertInteractions(tx, wave);
      if (heard.size > 0) await hear(tx, heard);
    });
    events.interactionsRecorded(interactions.length, changes.made.length);
    return {};
  },

  async getInteraction(req, ctx) {
    const interactionId = readId(req.interactionId, "interaction_id");
    return { interaction: await getInteraction(db.tenant(ctx.tenantId), interactionId) };
  },

  async searchInteractions(req, ctx) {
    const page = readPage(req, { usual: 50, most: 500 });
    const contactInfos =
      req.contactInfo.trim() === "" ? [] : await searchedForms(req.contactInfo.trim(), regionOf(ctx));
    const { items, nextPageToken } = await searchInteractions(
      db.tenant(ctx.tenantId),
      { ...req, contactInfos, campaignGroupId: readOptionalId(req.campaignGroupId, "campaign_group_id") ?? "" },
      page,
    );
    return { interactions: items, nextPageToken };
  },
});
