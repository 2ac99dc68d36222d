/** Which access tokens are void before they expire: a small set in memory, kept up to date by `identity`. */
import type { Identity } from "../rpc/context.ts";

/** Tokens of this subject with a lower version are void. Version 0 takes the revocation back. */
export interface Revocation {
  subjectId: string;
  version: number;
}

/** Longer than any access token lives: an older revocation concerns no token any more. */
export const REVOCATION_LIFE_MS = 1_200_000;
const MOST_REVOCATIONS = 100_000;

/** Called when something was revoked; `unsure` when more may have been revoked than is known now. */
export type RevocationListener = (news: { unsure: boolean }) => void;

export class Revocations {
  /** Oldest first: setting an entry again moves it to the end. */
  readonly #known = new Map<string, { version: number; atMs: number }>();
  readonly #listeners = new Set<RevocationListener>();
  readonly #most: number;
  readonly #nowMs: () => number;
  #heardMs: number;
  #floorMs = 0;

  constructor({ most = MOST_REVOCATIONS, nowMs = Date.now }: { most?: number; nowMs?: () => number } = {}) {
    this.#most = most;
    this.#nowMs = nowMs;
    this.#heardMs = nowMs();
  }

  /** Whether this caller's token is void. Services' tokens never are. */
  isRevoked({ caller, tenantId, sessionId, version, issuedAtMs }: Identity): boolean {
    if (caller.kind !== "user" && caller.kind !== "api_key") return false;
    if (issuedAtMs < this.#floorMs) return true;
    if (this.#known.size === 0) return false;
    return [caller.id, sessionId, tenantId].some((subject) => (this.#known.get(subject)?.version ?? 0) > version);
  }

  /** For how long no news has come, not even that there is none. */
  silentMs(): number {
    return this.#nowMs() - this.#heardMs;
  }

  /** Takes new revocations. An empty list means that there are none, which is news too. */
  add(revocations: readonly Revocation[]): void {
    this.#heard();
    if (revocations.length === 0) return;
    this.#take(revocations);
    this.#tell({ unsure: false });
  }

  /** Takes all revocations in place of those that were known. */
  replace(revocations: readonly Revocation[]): void {
    const unsure = this.silentMs() >= REVOCATION_LIFE_MS;
    this.#heard();
    this.#known.clear();
    this.#take(revocations);
    this.#tell({ unsure });
  }

  /** All known revocations, for those who follow us. */
  all(): Revocation[] {
    return [...this.#known].map(([subjectId, { version }]) => ({ subjectId, version }));
  }

  onNews(listener: RevocationListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #heard(): void {
    this.#heardMs = this.#nowMs();
  }

  #take(revocations: readonly Revocation[]): void {
    const atMs = this.#nowMs();
    for (const { subjectId, version } of revocations) {
      this.#known.delete(subjectId);
      if (version > 0) this.#known.set(subjectId, { version, atMs });
    }
    for (const [subjectId, known] of this.#known) {
      if (known.atMs > atMs - REVOCATION_LIFE_MS && this.#known.size <= this.#most) break;
      this.#known.delete(subjectId);
      // Too many to remember: all tokens issued before the forgotten one was revoked become void.
      if (known.atMs > atMs - REVOCATION_LIFE_MS) this.#floorMs = Math.max(this.#floorMs, known.atMs);
    }
  }

  #tell(news: { unsure: boolean }): void {
    for (const listener of this.#listeners) listener(news);
  }
}
