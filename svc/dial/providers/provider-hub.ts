/**
 * The providers that this dialer is connected to. Each is opened when something needs it, serves all that need it, and is closed when
 * nothing has needed it for a while. A changed account is opened anew: new messages go there, and the old connections are closed after
 * the messages under way.
 */
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { ProviderState } from "../../../gen/herald/dial/v1/provider.ts";
import type { Logger } from "../../lib/observe/log.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { SecretUnreadableError } from "../../lib/secrets/secret-box.ts";
import type { ProviderEvents } from "../events.ts";
import { claimListening, endListening, noteState, noteUse, providersOf } from "./hub-store.ts";
import { type OpenProvider, openProvider, type OpenProviderDeps, type ProviderConnections } from "./open-provider.ts";
import { type ChosenProvider, chooseProvider, type ProviderChoice } from "./provider-choice.ts";
import { Lane, type LaneTarget } from "./provider-lane.ts";
import { OPERATORS, type ProviderRoute } from "./provider-route.ts";
import type { StoredProvider } from "./provider-store.ts";

/** What the operator's settings offer on a channel. */
export interface OperatorsProvider {
  connections: ProviderConnections | undefined;
  /** Sender of groups that name none; may be empty. */
  sender: string;
  /** Why there is none, for people. */
  missing: string;
}

export interface ProviderHubDeps extends OpenProviderDeps {
  db: Database;
  log: Logger;
  /** The name of this dialer and its present start. */
  owner: string;
  notSigned: ProviderEvents["notSigned"];
  operators: (channel: Channel) => OperatorsProvider;
  mayUseOperators: (tenantId: string) => boolean;
  /** Most providers of tenants to be connected to at once. */
  openMost: number;
}

/** Connections that nobody needs are kept for so long, in case somebody does. */
const KEPT_MS = 10_000;
const LISTEN_SECONDS = 15;
const STOP_MS = 1_000;

export class ProviderHub {
  readonly #deps: ProviderHubDeps;
  readonly #open = new Map<string, OpenProvider>();
  readonly #operators = new Map<Channel, OpenProvider>();
  readonly #lanes = new Set<Lane>();
  /** Message centres that are listened to although no session may use them. */
  #listened = new Map<string, OpenProvider>();

  constructor(deps: ProviderHubDeps) {
    this.#deps = deps;
  }

  /** The way to the provider that is chosen, also when it changes. Call `leave` when it is not needed any more. */
  async lane(choice: ProviderChoice): Promise<Lane> {
    const lane = new Lane(choice, (left) => this.#lanes.delete(left));
    this.#lanes.add(lane);
    await this.#lead(lane, await this.chosen(choice));
    return lane;
  }

  /** Lets a lane lead to what another choice means. */
  async choose(lane: Lane, choice: ProviderChoice): Promise<void> {
    lane.choice = choice;
    await this.#lead(lane, await this.chosen(choice));
  }

  /** Which provider is meant now. */
  async chosen(choice: ProviderChoice): Promise<ChosenProvider> {
    const providers = await providersOf(this.#deps.db.everyTenant(), [choice.tenantId]);
    return this.#choose(choice, providers);
  }

  /** Follows what has changed: leads the lanes to other connections, and closes what is not needed any more. */
  async refresh(): Promise<void> {
    const tenantIds = [...new Set([...this.#lanes].map(({ choice }) => choice.tenantId))];
    if (tenantIds.length > 0) {
      const providers = await providersOf(this.#deps.db.everyTenant(), tenantIds);
      const byTenant = Map.groupBy(providers, ({ tenantId }) => tenantId);
      for (const lane of this.#lanes)
        await this.#lead(lane, this.#choose(lane.choice, byTenant.get(lane.choice.tenantId) ?? []));
    }
    await this.#closeUnused();
  }

  /** Listens to message centres on behalf of sessions that have ended, as far as no other dialer does. */
  async listen(): Promise<void> {
    const { db, owner, now } = this.#deps;
    const providers = await claimListening(db.everyTenant(), owner, LISTEN_SECONDS, now());
    const before = this.#listened;
    this.#listened = new Map();
    for (const provider of providers) {
      const open = await this.#opened(provider);
      open.users += 1;
      this.#listened.set(keyOf(provider), open);
    }
    for (const open of before.values()) this.#release(open);
  }

  async stop(): Promise<void> {
    const ending = [...this.#open.values()].map((open) => close(open.connections));
    await Promise.allSettled([...ending, endListening(this.#deps.db.everyTenant(), this.#deps.owner)]);
  }

  #choose(choice: ProviderChoice, providers: readonly StoredProvider[]): ChosenProvider {
    const chosen = chooseProvider(choice, providers, this.#deps.mayUseOperators(choice.tenantId));
    if (chosen.kind !== "operators") return chosen;
    const { connections, missing } = this.#deps.operators(choice.channel);
    return connections ? chosen : { kind: "none", why: missing };
  }

  async #lead(lane: Lane, chosen: ChosenProvider): Promise<void> {
    if (chosen.kind === "none") {
      lane.lead(undefined, chosen.why);
      return;
    }
    const target = chosen.kind === "own" ? await this.#ownTarget(chosen.provider) : this.#operatorsTarget(lane.choice);
    const isNew = lane.lead(target, "");
    if (isNew && chosen.kind === "own") await this.#noteUse(chosen.provider);
  }

  async #ownTarget(provider: StoredProvider): Promise<LaneTarget> {
    const open = await this.#opened(provider);
    const release = () => this.#release(open);
    return { open, name: provider.name, sender: provider.defaultSender, take: () => void (open.users += 1), release };
  }

  #operatorsTarget({ channel }: ProviderChoice): LaneTarget {
    const { connections, sender } = this.#deps.operators(channel);
    const open = this.#operators.get(channel) ?? newlyOpen(OPERATORS);
    open.connections = connections;
    open.trouble = "";
    this.#operators.set(channel, open);
    return { open, name: "", sender, take: () => {}, release: () => {} };
  }

  #release(open: OpenProvider): void {
    open.users -= 1;
    open.unusedSince = performance.now();
  }

  /** The connections of a provider as it is now. */
  async #opened(provider: StoredProvider): Promise<OpenProvider> {
    const key = keyOf(provider);
    const known = this.#open.get(key);
    if (known && known.trouble === "") return known;
    const open = known ?? newlyOpen({ providerId: provider.id, accountVersion: provider.accountVersion });
    if (!known && this.#open.size >= this.#deps.openMost) {
      open.trouble = `This dialer is connected to ${this.#deps.openMost} providers already.`;
      return open;
    }
    for (const other of this.#open.values()) other.isOutdated ||= isEarlier(other.route, open.route);
    this.#open.set(key, open);
    open.opening ??= this.#connect(open, provider).finally(() => (open.opening = undefined));
    await open.opening;
    return open;
  }

  async #connect(open: OpenProvider, provider: StoredProvider): Promise<void> {
    try {
      const db = this.#deps.db.tenant(provider.tenantId);
      open.connections = await openProvider(this.#deps, db, provider, this.#eventsOf(provider));
      open.trouble = "";
    } catch (error) {
      open.trouble = troubleOf(error);
      this.#note(provider, ProviderState.PROVIDER_STATE_DOWN, open.trouble);
    }
  }

  /** Messages under way keep connections open, and so does whoever needs them. */
  async #closeUnused(): Promise<void> {
    const nowMs = performance.now();
    for (const [key, open] of this.#open) {
      const isKept = !open.isOutdated && nowMs - open.unusedSince < KEPT_MS;
      if (open.users > 0 || open.underway > 0 || open.opening || isKept) continue;
      this.#open.delete(key);
      await close(open.connections);
    }
  }

  async #noteUse({ tenantId, id }: StoredProvider): Promise<void> {
    await noteUse(this.#deps.db.tenant(tenantId), id, this.#deps.now());
  }

  #eventsOf(provider: StoredProvider): ProviderEvents {
    return {
      providerUp: () => this.#note(provider, ProviderState.PROVIDER_STATE_UP, ""),
      providerDown: (_, why) => this.#note(provider, ProviderState.PROVIDER_STATE_DOWN, why),
      throttled: () => {},
      notSigned: this.#deps.notSigned,
    };
  }

  #note(
    provider: StoredProvider,
    state: typeof ProviderState.PROVIDER_STATE_UP | typeof ProviderState.PROVIDER_STATE_DOWN,
    why: string,
  ): void {
    const { db, log, now } = this.#deps;
    const { tenantId, id: providerId } = provider;
    log.info({ tenantId, providerId, state, why }, "state of a tenant's provider");
    noteState(db.tenant(tenantId), provider, state, why, now()).catch((error: unknown) =>
      log.warn({ error, tenantId, providerId }, "the state of a provider could not be stored"),
    );
  }
}

const keyOf = ({ id, accountVersion }: StoredProvider) => `${id} ${accountVersion}`;

const isEarlier = (one: ProviderRoute, other: ProviderRoute) =>
  one.providerId === other.providerId && one.accountVersion < other.accountVersion;

const newlyOpen = (route: ProviderRoute): OpenProvider => ({
  route,
  connections: undefined,
  trouble: "It is not connected yet.",
  opening: undefined,
  isOutdated: false,
  users: 0,
  underway: 0,
  unusedSince: performance.now(),
});

function troubleOf(error: unknown): string {
  if (error instanceof SecretUnreadableError)
    return "Its password cannot be decrypted: the platform's keys have changed. Give the password again.";
  return error instanceof Error ? error.message : "It cannot be opened.";
}

/** Nobody waits longer for a good-bye. */
async function close(connections: ProviderConnections | undefined): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, STOP_MS).unref());
  const ending = connections?.kind === "messages" ? connections.provider.stop() : connections?.adapter.stop();
  await Promise.race([ending, late]);
}
