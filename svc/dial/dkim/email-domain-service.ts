/** The RPCs of EmailDomainService. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { DkimKeyState } from "../../../gen/herald/dial/v1/email_domain.ts";
import type { EmailDomainServiceImplementation } from "../../../gen/herald/dial/v1/email_domain_service.ts";
import { SenderKind } from "../../../gen/herald/dial/v1/sender.ts";
import type { Now } from "../../lib/async/time.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { invalidField } from "../../lib/errors/errors.ts";
import { Checks } from "../../lib/request/validate.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import { emailDomainLimitReached } from "../errors.ts";
import type { SenderClaims } from "../senders/sender-claims.ts";
import { type SenderName, senderOf } from "../senders/senders.ts";
import { problemOf, recordName } from "./dkim-key.ts";
import type { DkimKeys } from "./dkim-keys.ts";
import {
  beginSigning,
  countDomains,
  deleteDomain,
  findKeys,
  getDomain,
  insertDomain,
  listDomains,
  lockDomain,
  noteCheck,
  removePending,
  type StoredKey,
} from "./dkim-store.ts";
import type { TxtLookup } from "./dns-records.ts";

export interface EmailDomainDeps {
  db: Database;
  keys: Pick<DkimKeys, "makeKeys">;
  claims: Pick<SenderClaims, "claim">;
  lookUp: TxtLookup;
  now: Now;
}

const MOST_DOMAINS = 100;
const { DKIM_KEY_STATE_PENDING: PENDING, DKIM_KEY_STATE_RETIRED: RETIRED } = DkimKeyState;

export const emailDomainService = ({
  db,
  keys,
  claims,
  lookUp,
  now,
}: EmailDomainDeps): Handlers<EmailDomainServiceImplementation> => ({
  async addEmailDomain(req, ctx) {
    const sender = readOwnDomain(req.domain);
    const domain = sender.address;
    const makeKeysOf = await keys.makeKeys();
    await claims.claim(ctx.tenantId, sender, ctx.caller.id);
    await db.transaction(ctx.tenantId, async (tx) => {
      if (!(await insertDomain(tx, domain, now()))) return;
      if ((await countDomains(tx)) > MOST_DOMAINS) throw emailDomainLimitReached(MOST_DOMAINS);
      await makeKeysOf(tx, domain);
    });
    return { emailDomain: await getDomain(db.tenant(ctx.tenantId), domain) };
  },

  getEmailDomain: async (req, ctx) => ({
    emailDomain: await getDomain(db.tenant(ctx.tenantId), readDomain(req.domain)),
  }),

  listEmailDomains: async (_req, ctx) => ({ emailDomains: await listDomains(db.tenant(ctx.tenantId)) }),

  async checkEmailDomain(req, ctx) {
    const domain = readDomain(req.domain);
    const scope = db.tenant(ctx.tenantId);
    await getDomain(scope, domain);
    const asked = (await findKeys(scope, domain)).filter(({ state }) => state !== RETIRED);
    const problems = req.withoutDns ? new Map<string, string>() : await problemsOf(asked, lookUp);
    await db.transaction(ctx.tenantId, async (tx) => {
      await lockDomain(tx, domain);
      for (const key of asked) {
        const problem = problems.get(key.selector) ?? "";
        if (!req.withoutDns) await noteCheck(tx, key, problem, now());
        if (key.state === PENDING && problem === "") await beginSigning(tx, key, now());
      }
    });
    return { emailDomain: await getDomain(scope, domain) };
  },

  async rotateDkimKeys(req, ctx) {
    const domain = readDomain(req.domain);
    const makeKeysOf = await keys.makeKeys();
    await db.transaction(ctx.tenantId, async (tx) => {
      await lockDomain(tx, domain);
      await removePending(tx, domain);
      await makeKeysOf(tx, domain);
    });
    return { emailDomain: await getDomain(db.tenant(ctx.tenantId), domain) };
  },

  async deleteEmailDomain(req, ctx) {
    await deleteDomain(db.tenant(ctx.tenantId), readDomain(req.domain));
    return {};
  },
});

/** By selector, what is wrong with the record of each key. */
async function problemsOf(keys: readonly StoredKey[], lookUp: TxtLookup): Promise<Map<string, string>> {
  const found = keys.map(async ({ selector, domain, publicKey }) => {
    const answer = await lookUp(recordName(selector, domain));
    return [selector, "unknown" in answer ? answer.unknown : problemOf(answer.records, publicKey)] as const;
  });
  return new Map(await Promise.all(found));
}

/** A domain that somebody can own. */
function readOwnDomain(text: string): SenderName {
  const written = readText(text);
  const sender = senderOf(Channel.CHANNEL_EMAIL, `any@${written.replace(/^@/, "")}`);
  if (sender?.kind === SenderKind.SENDER_KIND_EMAIL_DOMAIN && sender.address.includes(".")) return sender;
  throw invalidField(
    "domain",
    "Must be a domain of your own, such as news.example.com; those of free mail and public suffixes belong to nobody.",
  );
}

/** As it is stored, whatever its script. What is no domain is not found. */
function readDomain(text: string): string {
  const written = readText(text);
  return senderOf(Channel.CHANNEL_EMAIL, `any@${written}`)?.address ?? written;
}

function readText(text: string): string {
  const check = new Checks();
  const written = check.text("domain", text, { most: 253 });
  check.done();
  return written;
}
