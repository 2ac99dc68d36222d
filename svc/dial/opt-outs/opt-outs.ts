/**
 * The one place that turns "this person said no, in this way" into suppressions. STOP, links in emails, complaints, calls and people who
 * record it all come here. What is recorded in a transaction holds when it commits: the outbox tells `lists` at once, and `compliance`
 * follows within a second.
 */
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { type OptOut, type OptOutScope, type OptOutSource, OptOutState } from "../../../gen/herald/dial/v1/opt_out.ts";
import type { Now } from "../../lib/async/time.ts";
import type { TenantQueryable, TenantTransaction } from "../../lib/postgres/db.ts";
import { optOutNotFound, optOutWithdrawn } from "../errors.ts";
import { findProgram } from "../programs/program-store.ts";
import type { Publishing } from "../publishing/publishing.ts";
import { confirm, insertOptOut, lockHolding, lockOptOut, withdraw } from "./opt-out-store.ts";
import { readPolicy } from "./policy-store.ts";
import { meansPerson, ofAllPrograms, suppresses, suppressesNothing } from "./suppresses.ts";

/** A person said no. */
export interface SaidNo {
  /** Makes it one: the same id again changes nothing. UUID. */
  id: string;
  source: OptOutSource;
  /** The channel by which it was said. */
  channel: Channel;
  /** The number (E.164) or address of the person, as suppression lists write it. */
  contactInfo: string;
  /** Other ways in which the number may have been meant; all of them are suppressed. */
  alsoMeant?: readonly string[];
  /** Empty if not known. */
  clientId: string;
  /** Empty for the tenant's usual program. */
  programId: string;
  /** Nobody knows to which program it was said: where the policy means one program, it holds for all of them. */
  isProgramUnknown?: boolean;
  /** What it suppresses; the tenant's policy decides if it is left out. */
  scope?: OptOutScope;
  /** Held at once, but a person decides whether it was a refusal. */
  provisional?: boolean;
  /** The person's words; empty if there are none. */
  words: string;
  /** Our number or address to which it was said; empty if there is none. */
  ownAddress: string;
  sayTime: Date;
  /** The attempt that it answers; empty if not known. */
  attemptId: string;
  /** `user` or `api_key` and the id; empty if Herald heard it from the person. */
  recordedBy: string;
}

/** Who ends an opt-out, and why. */
export interface Withdrawal {
  /** `user` or `api_key` and the id, or `person`. */
  by: string;
  reason: string;
}

export interface OptOuts {
  /** Records it in the caller's transaction of the tenant. Gives the opt-out; the earlier one when its id is there already. */
  record(tx: TenantTransaction, said: SaidNo): Promise<OptOut>;
  /** Says that a provisional one is one. Throws NOT_FOUND, or FAILED_PRECONDITION when it was withdrawn. */
  confirm(tx: TenantTransaction, id: string, by: string): Promise<OptOut>;
  /** Ends it, and nothing that another opt-out or list holds. Throws NOT_FOUND. */
  withdraw(tx: TenantTransaction, id: string, withdrawal: Withdrawal): Promise<OptOut>;
  /** Ends all that hold for one of these numbers or addresses and came from one of these sources: START undoes STOP. Gives them. */
  withdrawAll(
    tx: TenantTransaction,
    contactInfos: readonly string[],
    sources: readonly OptOutSource[],
    withdrawal: Withdrawal,
  ): Promise<OptOut[]>;
}

export interface OptOutsDeps {
  publishing: Publishing;
  now: Now;
  /** Called after a commit when a person's other devices are to be looked for. */
  lookForKin: () => void;
}

const { OPT_OUT_STATE_HOLDING, OPT_OUT_STATE_PROVISIONAL, OPT_OUT_STATE_WITHDRAWN } = OptOutState;

export function createOptOuts({ publishing, now, lookForKin }: OptOutsDeps): OptOuts {
  async function end(tx: TenantTransaction, optOut: OptOut, withdrawal: Withdrawal): Promise<OptOut> {
    if (optOut.state === OPT_OUT_STATE_WITHDRAWN) return optOut;
    await publishing.put(tx, { optOuts: [suppressesNothing(optOut.id)] });
    return withdraw(tx, optOut.id, withdrawal, now());
  }

  return {
    async record(tx, said) {
      const scope = said.scope || scopeByPolicy((await readPolicy(tx)).scope, said);
      const isOfPerson = meansPerson(scope);
      const optOut = await insertOptOut(
        tx,
        {
          id: said.id,
          state: said.provisional ? OPT_OUT_STATE_PROVISIONAL : OPT_OUT_STATE_HOLDING,
          source: said.source,
          scope,
          channel: said.channel,
          contactInfo: said.contactInfo,
          clientId: said.clientId,
          programId: said.programId || tx.tenantId,
          words: said.words,
          ownAddress: said.ownAddress,
          sayTime: said.sayTime,
          attemptId: said.attemptId,
          recordedBy: said.recordedBy,
          contactInfos: [...new Set([said.contactInfo, ...(said.alsoMeant ?? [])])],
          clientIds: isOfPerson && said.clientId !== "" ? [said.clientId] : [],
        },
        { kinDue: isOfPerson ? now() : null, now: now() },
      );
      if (!optOut) return known(await lockOptOut(tx, said.id), said.id);
      await publishing.put(tx, { optOuts: [suppresses(optOut, await programName(tx, optOut, now()))] });
      if (isOfPerson) tx.afterCommit(lookForKin);
      return optOut;
    },

    async confirm(tx, id, by) {
      const optOut = known(await lockOptOut(tx, id), id);
      if (optOut.state === OPT_OUT_STATE_WITHDRAWN) throw optOutWithdrawn(id);
      return optOut.state === OPT_OUT_STATE_HOLDING ? optOut : confirm(tx, id, by);
    },

    withdraw: async (tx, id, withdrawal) => end(tx, known(await lockOptOut(tx, id), id), withdrawal),

    async withdrawAll(tx, contactInfos, sources, withdrawal) {
      const ended = [];
      for (const optOut of await lockHolding(tx, contactInfos, sources)) ended.push(await end(tx, optOut, withdrawal));
      return ended;
    },
  };
}

const scopeByPolicy = (scope: OptOutScope, { isProgramUnknown }: SaidNo): OptOutScope =>
  isProgramUnknown ? ofAllPrograms(scope) : scope;

function known(optOut: OptOut | undefined, id: string): OptOut {
  if (!optOut) throw optOutNotFound(id);
  return optOut;
}

/** For the name of the list that keeps the program's opt-outs. */
export const programName = async (db: TenantQueryable, { programId }: OptOut, now: Date): Promise<string> =>
  (await findProgram(db, programId, now))?.name ?? "";
