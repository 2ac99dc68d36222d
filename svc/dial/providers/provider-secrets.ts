/** The providers' passwords and keys: sealed when they are stored, opened when a connection needs them. */
import type { Database, TenantQueryable } from "../../lib/postgres/db.ts";
import { type SecretBox, type SecretPlace, SecretUnreadableError } from "../../lib/secrets/secret-box.ts";
import { secretsKeyMissing } from "../errors.ts";
import { type Account, KINDS, withSecret } from "./account.ts";
import type { SecretChange } from "./provider-checks.ts";
import {
  findSealedOtherwise,
  findSecret,
  putSecret,
  removeSecrets,
  replaceSecret,
  type StoredSecret,
} from "./secret-store.ts";

const BATCH = 100;

const placeOf = (tenantId: string, providerId: string, field: string): SecretPlace => ({
  table: "dial.provider_secrets",
  tenantId,
  rowId: providerId,
  field,
});

export class ProviderSecrets {
  readonly #box: SecretBox | undefined;

  /** `box`: missing when the operator has set no key. */
  constructor(box: SecretBox | undefined) {
    this.#box = box;
  }

  /** Throws SECRETS_KEY_MISSING when a secret is to be stored and there is no key. */
  requireKey(change: SecretChange): void {
    if (change.kind === "set" && !this.#box) throw secretsKeyMissing();
  }

  async write(
    tx: TenantQueryable,
    providerId: string,
    account: Account,
    change: SecretChange,
    now: Date,
  ): Promise<void> {
    if (change.kind === "remove") await removeSecrets(tx, providerId);
    if (change.kind !== "set") return;
    if (!this.#box) throw secretsKeyMissing();
    const { secretField } = KINDS[account.$case];
    const sealed = this.#box.seal(change.secret, placeOf(tx.tenantId, providerId, secretField));
    await putSecret(tx, providerId, secretField, sealed, now);
  }

  /** The account with its secret; without one if none is set. Throws SecretUnreadableError. */
  async open(db: TenantQueryable, providerId: string, account: Account): Promise<Account> {
    const { secretField } = KINDS[account.$case];
    const sealed = await findSecret(db, providerId, secretField);
    if (!sealed) return account;
    if (!this.#box) throw new SecretUnreadableError();
    return withSecret(account, this.#box.open(sealed, placeOf(db.tenantId, providerId, secretField)));
  }

  /** Seals everything with the first key that another has sealed. Each secret is replaced by itself, so that it can be interrupted. */
  async reseal(db: Database, signal: AbortSignal): Promise<{ resealed: number; unreadable: number }> {
    const box = this.#box;
    if (!box) throw secretsKeyMissing();
    const counts = { resealed: 0, unreadable: 0 };
    const across = db.everyTenant();
    for (let batch: StoredSecret[] = []; !signal.aborted;) {
      batch = await findSealedOtherwise(across, box.keyId, batch.at(-1), BATCH);
      for (const secret of batch) {
        const renewed = sealedAnew(box, secret);
        if (!renewed) counts.unreadable += 1;
        else if (await replaceSecret(across, secret, renewed)) counts.resealed += 1;
      }
      if (batch.length < BATCH) break;
    }
    return counts;
  }
}

function sealedAnew(box: SecretBox, secret: StoredSecret) {
  const place = placeOf(secret.tenantId, secret.providerId, secret.field);
  try {
    return box.seal(box.open(secret, place), place);
  } catch (error) {
    if (error instanceof SecretUnreadableError) return undefined;
    throw error;
  }
}
