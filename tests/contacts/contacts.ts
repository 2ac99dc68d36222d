/** Boots `contacts` for its tests. */
import type { TestContext } from "node:test";
import { Channel } from "../../gen/herald/common/v1/channel.ts";
import { type Interaction, InteractionDirection } from "../../gen/herald/contacts/v1/interaction.ts";
import { ContactServiceDefinition } from "../../gen/herald/contacts/v1/contact_service.ts";
import { InteractionServiceDefinition } from "../../gen/herald/contacts/v1/interaction_service.ts";
import type { BoundCalls } from "../../svc/lib/client/client.ts";
import type { RunningService } from "../../svc/lib/service/run.ts";
import { startContacts } from "../../svc/contacts/service.ts";
import { fakeClock, meshClient, newId, started, testEnv, testKeys, userClient } from "../lib/harness.ts";

export type ContactCalls = BoundCalls<typeof ContactServiceDefinition>;
export type InteractionCalls = BoundCalls<typeof InteractionServiceDefinition>;

export interface Contacts extends RunningService {
  env: Record<string, string>;
  clock: ReturnType<typeof fakeClock>;
  /** What a person of this tenant works with. */
  person(tenantId: string): Promise<{ contacts: ContactCalls; interactions: InteractionCalls }>;
  /** A service that records interactions of this tenant. */
  recorder(tenantId: string): InteractionCalls;
}

const PERMISSIONS = ["contacts.read", "contacts.write", "interactions.read"];

export async function bootContacts(t: TestContext, more: Record<string, string> = {}): Promise<Contacts> {
  const clock = fakeClock();
  const env = await testEnv(t, "contacts", more);
  const service = await started(t, startContacts({ env, keys: testKeys, now: clock.now }));
  return {
    ...service,
    env,
    clock,
    async person(tenantId) {
      const who = { tenantId, permissions: PERMISSIONS };
      const [contacts, interactions] = await Promise.all([
        userClient(t, service.address, ContactServiceDefinition, who),
        userClient(t, service.address, InteractionServiceDefinition, who),
      ]);
      return { contacts, interactions };
    },
    recorder: (tenantId) => meshClient(t, service.address, InteractionServiceDefinition, tenantId, "dial"),
  };
}

/** An attempt as `dial` would record it. */
export const anAttempt = (more: Partial<Interaction> = {}): Partial<Interaction> => ({
  id: newId(),
  direction: InteractionDirection.INTERACTION_DIRECTION_OUTBOUND,
  channel: Channel.CHANNEL_SMS,
  contactInfo: "+12025550123",
  startTime: new Date("2026-03-02T15:00:00Z"),
  ...more,
});

/** Reads all pages of a list. */
export async function allPages<Item>(
  read: (pageToken: string) => Promise<{ items: Item[]; nextPageToken: string }>,
): Promise<Item[][]> {
  const pages: Item[][] = [];
  let pageToken = "";
  do {
    const { items, nextPageToken } = await read(pageToken);
    pages.push(items);
    pageToken = nextPageToken;
  } while (pageToken);
  return pages;
}
