/** The RPCs of ApiKeyService. */
import type { ApiKeyServiceImplementation } from "../../../gen/herald/identity/v1/api_key_service.ts";
import type { ApiKey } from "../../../gen/herald/identity/v1/api_key.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { newId, readId } from "../../lib/request/ids.ts";
import { readPage } from "../../lib/request/page.ts";
import type { Now } from "../../lib/async/time.ts";
import { Checks } from "../../lib/request/validate.ts";
import { refuseRolesBeyondCaller } from "../roles/access.ts";
import { deleteApiKey, getApiKey, insertApiKey, listApiKeys } from "./api-key-store.ts";
import { API_KEY_SECRET, makeSecret, secretHash } from "../sign-in/credentials.ts";
import { apiKeyNotFound } from "../errors.ts";

interface Deps {
  db: Database;
  now: Now;
}

const MOST_ROLES = 50;

export const apiKeyService = ({ db, now }: Deps): Handlers<ApiKeyServiceImplementation> => ({
  async createApiKey(req, ctx) {
    const { tenantId } = ctx;
    const id = newId();
    const secret = makeSecret(API_KEY_SECRET, { tenantId, id });
    const fresh = { id, ...readNewKey(req.apiKey, now()), secretHash: secretHash(secret) };
    const apiKey = await db.transaction(tenantId, async (tx) => {
      await refuseRolesBeyondCaller(tx, ctx, fresh.roleIds);
      await insertApiKey(tx, fresh, now());
      return getApiKey(tx, id);
    });
    return { apiKey, secret };
  },

  async getApiKey(req, ctx) {
    const apiKeyId = readId(req.apiKeyId, "api_key_id");
    return { apiKey: await getApiKey(db.tenant(ctx.tenantId), apiKeyId) };
  },

  async listApiKeys(req, ctx) {
    const { items, nextPageToken } = await listApiKeys(
      db.tenant(ctx.tenantId),
      readPage(req, { usual: 50, most: 500 }),
    );
    return { apiKeys: items, nextPageToken };
  },

  async deleteApiKey(req, ctx) {
    const apiKeyId = readId(req.apiKeyId, "api_key_id");
    if (!(await deleteApiKey(db.tenant(ctx.tenantId), apiKeyId))) throw apiKeyNotFound(apiKeyId);
    return {};
  },
});

function readNewKey(apiKey: ApiKey | undefined, now: Date) {
  const check = new Checks();
  const name = check.name("api_key.name", apiKey?.name, { most: 120 });
  const roleIds = [...new Set(apiKey?.roleIds)].map((id, i) => check.id(`api_key.role_ids[${i}]`, id));
  check.count("api_key.role_ids", roleIds, { least: 1, most: MOST_ROLES });
  const expireTime = apiKey?.expireTime;
  check.that(
    !expireTime || expireTime > now,
    "api_key.expire_time",
    "Must lie in the future; leave it out for a key that does not end.",
  );
  check.done();
  return { name, roleIds, expireTime };
}
