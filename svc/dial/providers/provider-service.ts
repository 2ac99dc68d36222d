/** The RPCs of ProviderService. */
import { isIP } from "node:net";
import type { Provider } from "../../../gen/herald/dial/v1/provider.ts";
import type { ProviderServiceImplementation } from "../../../gen/herald/dial/v1/provider_service.ts";
import type { Now } from "../../lib/async/time.ts";
import type { AddressFence } from "../../lib/outbound/address-fence.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { readEtag } from "../../lib/request/etag.ts";
import { newId, readId, readOptionalId } from "../../lib/request/ids.ts";
import { readPage } from "../../lib/request/page.ts";
import { Checks } from "../../lib/request/validate.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import type { DkimKeys } from "../dkim/dkim-keys.ts";
import { providerChanged, providerInUse, providerTestLimitReached, senderTaken } from "../errors.ts";
import type { SenderClaims } from "../senders/sender-claims.ts";
import { hostOf, KINDS } from "./account.ts";
import { type ProviderChange, readNewProvider, readProviderChange } from "./provider-change.ts";
import { checkSender } from "./provider-checks.ts";
import { findUsers } from "./hub-store.ts";
import { problemOf } from "./provider-choice.ts";
import type { ProviderHub } from "./provider-hub.ts";
import { checkHost } from "./provider-host.ts";
import type { ProviderSecrets } from "./provider-secrets.ts";
import {
  countTest,
  deleteProvider,
  getProvider,
  insertProvider,
  listProviders,
  type ProviderSettings,
  updateProvider,
} from "./provider-store.ts";
import { type ProviderTester, summary } from "./trying/test-provider.ts";

export interface ProviderServiceDeps {
  db: Database;
  secrets: ProviderSecrets;
  dkim: Pick<DkimKeys, "reseal">;
  fence: AddressFence;
  claims: Pick<SenderClaims, "ownSender" | "isTaken">;
  test: ProviderTester;
  hub: Pick<ProviderHub, "chosen">;
  /** Makes every dialer look at its providers. */
  changed: () => Promise<void>;
  now: Now;
}

const TESTS_A_MINUTE = 10;
const MINUTE_MS = 60_000;
const USERS_TOLD = 5;

export const providerService = (deps: ProviderServiceDeps): Handlers<ProviderServiceImplementation> => {
  const { db, secrets, dkim, fence, claims, test, hub, changed, now } = deps;
  const show = async (tenantId: string, id: string): Promise<{ provider: Provider }> => ({
    provider: (await getProvider(db.tenant(tenantId), id)).shown,
  });
  /** Counts a test, or a name that is looked up as in a test: both tell what there is in the network. */
  const countTry = async (tenantId: string) => {
    const { count, since } = await countTest(db.tenant(tenantId), now());
    if (count > TESTS_A_MINUTE)
      throw providerTestLimitReached(TESTS_A_MINUTE, since.getTime() + MINUTE_MS - now().getTime());
  };
  const checkOthers = async ({ tenantId, log }: Ctx, { secret, settings }: ProviderChange, hostBefore: string) => {
    secrets.requireKey(secret);
    const host = hostOf(settings.account);
    if (host !== hostBefore) {
      if (isIP(host) === 0) await countTry(tenantId);
      await checkHost(fence, settings.account, log);
    }
    for (const sender of sendersOf(settings)) await checkFree(claims, tenantId, settings, sender);
  };

  return {
    async createProvider(req, ctx) {
      const change = readNewProvider(req.provider);
      const requestId = readOptionalId(req.requestId, "request_id") ?? newId();
      await checkOthers(ctx, change, "");
      const made = await db.transaction(ctx.tenantId, async (tx) => {
        const { id, isNew } = await insertProvider(tx, newId(), requestId, change.settings, now());
        if (isNew) await secrets.write(tx, id, change.settings.account, change.secret, now());
        return id;
      });
      await changed();
      return show(ctx.tenantId, made);
    },

    async getProvider(req, ctx) {
      return show(ctx.tenantId, readId(req.providerId, "provider_id"));
    },

    async listProviders(req, ctx) {
      const page = readPage(req, { usual: 50, most: 500 });
      const { items, nextPageToken } = await listProviders(db.tenant(ctx.tenantId), req, page);
      return { providers: items, nextPageToken };
    },

    async updateProvider(req, ctx) {
      const id = readId(req.provider?.id, "provider.id");
      const version = readEtag(req.provider?.etag, "provider.etag");
      const before = await getProvider(db.tenant(ctx.tenantId), id);
      await checkOthers(ctx, readProviderChange(before, req.provider, req.updateMask), hostOf(before.account));
      await db.transaction(ctx.tenantId, async (tx) => {
        const current = await getProvider(tx, id, true);
        if (version !== undefined && version !== current.version) throw providerChanged(id);
        const { settings, secret, isMoved } = readProviderChange(current, req.provider, req.updateMask);
        await updateProvider(tx, id, settings, isMoved, now());
        await secrets.write(tx, id, settings.account, secret, now());
      });
      await changed();
      return show(ctx.tenantId, id);
    },

    async deleteProvider(req, ctx) {
      const id = readId(req.providerId, "provider_id");
      await db.transaction(ctx.tenantId, async (tx) => {
        const provider = await getProvider(tx, id, true);
        const groups = await findUsers(tx, provider, KINDS[provider.account.$case].channel, USERS_TOLD);
        if (groups.length > 0) throw providerInUse(groups);
        await deleteProvider(tx, id);
      });
      await changed();
      return {};
    },

    async testProvider(req, ctx) {
      const scope = db.tenant(ctx.tenantId);
      const provider = await getProvider(scope, readId(req.providerId, "provider_id"));
      const check = new Checks();
      const sender = checkSender(check, "sender", req.sender, KINDS[provider.account.$case].channel);
      check.done();
      if (sender !== "") await checkFree(claims, ctx.tenantId, provider, sender);
      await countTry(ctx.tenantId);
      return summary(await test(scope, provider, sender || provider.defaultSender, ctx.signal));
    },

    async checkProvider(req, ctx) {
      const { tenantId } = ctx;
      const { channel, providerId, sender } = req;
      return { problem: problemOf(channel, sender, await hub.chosen({ tenantId, channel, providerId })) };
    },

    async resealSecrets(_req, ctx) {
      const both = await Promise.all([secrets.reseal(db, ctx.signal), dkim.reseal(ctx.signal)]);
      const total = (kind: "resealed" | "unreadable") => both.reduce((sum, counts) => sum + counts[kind], 0);
      return { resealedCount: total("resealed"), unreadableCount: total("unreadable") };
    },
  };
};

const sendersOf = ({ account, defaultSender }: ProviderSettings): string[] =>
  [defaultSender, account.$case === "smtp" ? account.smtp.envelopeSender : ""].filter((sender) => sender !== "");

/** Throws SENDER_TAKEN for a sender of another tenant. Claims nothing: that is done when a group starts with it. */
async function checkFree(
  claims: ProviderServiceDeps["claims"],
  tenantId: string,
  { account }: Pick<ProviderSettings, "account">,
  text: string,
): Promise<void> {
  const sender = await claims.ownSender(tenantId, KINDS[account.$case].channel, text);
  if (sender && (await claims.isTaken(tenantId, sender))) throw senderTaken(sender.address);
}
