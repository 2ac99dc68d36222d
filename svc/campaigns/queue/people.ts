/** Adds the names and devices of people to chains, for callers who may see them. */
import type { Chain, LeftOut } from "../../../gen/herald/campaigns/v1/chain.ts";
import type { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import type { RecordServiceDefinition } from "../../../gen/herald/lists/v1/record_service.ts";
import { mayCall } from "../../lib/auth/auth.ts";
import type { Calls } from "../../lib/client/client.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import { isServiceError } from "../../lib/errors/error-details.ts";

/** Adds the people to the rows, with one call for all of them. */
export interface People {
  nameChains(chains: readonly Chain[], ctx: Ctx): Promise<Chain[]>;
  nameLeftOut(leftOut: readonly LeftOut[], ctx: Ctx): Promise<LeftOut[]>;
}

/** After this time the page is shown without names. */
const TIMEOUT_MS = 3_000;

export function peopleOf(records: Calls<RecordServiceDefinition>): People {
  const read = async (keys: readonly { contactListId: string; recordId: string }[], ctx: Ctx) => {
    if (keys.length === 0 || !mayCall(ctx.caller, "lists.read")) return new Map<string, ContactRecord>();
    try {
      const asked = keys.map(({ contactListId, recordId }) => ({ contactListId, recordId }));
      const scope = { tenantId: ctx.tenantId, requestId: ctx.requestId, signal: ctx.signal, timeoutMs: TIMEOUT_MS };
      const answer = await records.batchGetRecords({ keys: asked }, scope);
      return new Map(answer.records.map((record) => [record.id, record]));
    } catch (error) {
      if (!isServiceError(error)) throw error;
      ctx.log.warn({ error }, "lists does not answer; the queue is shown without names");
      return new Map<string, ContactRecord>();
    }
  };
  return {
    async nameChains(chains, ctx) {
      const found = await read(chains, ctx);
      return chains.map((chain) => named(chain, found.get(chain.recordId)));
    },
    async nameLeftOut(leftOut, ctx) {
      const found = await read(leftOut, ctx);
      return leftOut.map((one) => {
        const record = found.get(one.recordId);
        return record
          ? { ...one, contactName: nameOf(record), contactInfos: record.devices.map((device) => device.contactInfo) }
          : one;
      });
    },
  };
}

/** Gives the chain with the person's name and device. Pure. */
function named(chain: Chain, record: ContactRecord | undefined): Chain {
  if (!record) return chain;
  const device = record.devices.find(({ index }) => index === chain.nextDeviceIndex);
  return {
    ...chain,
    contactName: nameOf(record),
    contactInfo: device?.contactInfo ?? "",
    zones: device?.zones ?? [],
  };
}

const nameOf = ({ firstName, lastName, company }: ContactRecord): string =>
  [firstName, lastName].filter(Boolean).join(" ") || company;
