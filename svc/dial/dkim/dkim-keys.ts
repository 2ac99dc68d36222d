/** The keys of email domains: made and sealed, opened when an email is signed, and sealed anew when that key changes. */
import { createPrivateKey, randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Now } from "../../lib/async/time.ts";
import type { Database, TenantQueryable } from "../../lib/postgres/db.ts";
import { type SecretBox, type SecretPlace, SecretUnreadableError } from "../../lib/secrets/secret-box.ts";
import { secretsKeyMissing } from "../errors.ts";
import { freshKeys, selectorOf } from "./dkim-key.ts";
import { signEmail, type SigningKey } from "./dkim-signature.ts";
import { findSealedOtherwise, findSigning, insertKey, replaceSealed, type StoredKey } from "./dkim-store.ts";

/** Signs an email of a domain; gives it as it is when the domain has no keys that sign. Rejects when a key cannot be opened. */
export type SignEmail = (tenantId: string, domain: string, email: string) => Promise<string>;

export interface DkimKeys {
  /** Makes keys that wait for their records. Throws SECRETS_KEY_MISSING. */
  makeKeys(): Promise<(tx: TenantQueryable, domain: string) => Promise<void>>;
  sign: SignEmail;
  /** Seals everything with the first key that another has sealed. */
  reseal(signal: AbortSignal): Promise<{ resealed: number; unreadable: number }>;
}

const REMEMBERED_DOMAINS = 5_000;
/** How soon a key that began to sign, or retired, is noticed. */
const REMEMBERED_MS = 10_000;
const BATCH = 100;
const SELECTOR_BYTES = 2;

const placeOf = (tenantId: string, domain: string, selector: string): SecretPlace => ({
  table: "dial.dkim_keys",
  tenantId,
  rowId: domain,
  field: selector,
});

export function createDkimKeys(db: Database, box: SecretBox | undefined, now: Now): DkimKeys {
  const remembered = new LRUCache<string, readonly SigningKey[], { tenantId: string; domain: string }>({
    max: REMEMBERED_DOMAINS,
    ttl: REMEMBERED_MS,
    fetchMethod: async (_name, _stale, { context: { tenantId, domain } }) => {
      const stored = await findSigning(db.tenant(tenantId), withParents(domain));
      return stored.map((key) => ({ ...key, key: createPrivateKey(opened(box, key)) }));
    },
  });

  return {
    async makeKeys() {
      if (!box) throw secretsKeyMissing();
      const fresh = await freshKeys();
      return async (tx, domain) => {
        const at = now();
        const letters = randomBytes(SELECTOR_BYTES).toString("hex");
        for (const { algorithm, publicKey, pem } of fresh) {
          const selector = selectorOf(algorithm, at, letters);
          const sealed = box.seal(pem, placeOf(tx.tenantId, domain, selector));
          await insertKey(tx, { domain, selector, algorithm, publicKey, ...sealed }, at);
        }
      };
    },

    async sign(tenantId, domain, email) {
      const keys = await remembered.fetch(`${tenantId} ${domain}`, { context: { tenantId, domain } });
      return keys && keys.length > 0 ? signEmail(email, keys, now()) : email;
    },

    async reseal(signal) {
      if (!box) throw secretsKeyMissing();
      const counts = { resealed: 0, unreadable: 0 };
      const across = db.everyTenant();
      for (let batch: StoredKey[] = []; !signal.aborted;) {
        batch = await findSealedOtherwise(across, box.keyId, batch.at(-1), BATCH);
        for (const key of batch) {
          const renewed = sealedAnew(box, key);
          if (!renewed) counts.unreadable += 1;
          else if (await replaceSealed(across, key, renewed)) counts.resealed += 1;
        }
        if (batch.length < BATCH) break;
      }
      return counts;
    },
  };
}

/** The domain, then those above it: `news.example.com`, `example.com`. */
function withParents(domain: string): string[] {
  const labels = domain.toLowerCase().split(".");
  return labels.slice(0, -1).map((_, i) => labels.slice(i).join("."));
}

function opened(box: SecretBox | undefined, { tenantId, domain, selector, ...sealed }: StoredKey): string {
  if (!box) throw new SecretUnreadableError();
  return box.open(sealed, placeOf(tenantId, domain, selector));
}

function sealedAnew(box: SecretBox, key: StoredKey) {
  try {
    return box.seal(opened(box, key), placeOf(key.tenantId, key.domain, key.selector));
  } catch (error) {
    if (error instanceof SecretUnreadableError) return undefined;
    throw error;
  }
}
