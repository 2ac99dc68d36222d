/** Learns from the database what was revoked, for this process and for those who follow it. */
import type { WatchRevocationsResponse } from "../../../gen/herald/identity/v1/revocation_service.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { type Revocation, REVOCATION_LIFE_MS, type Revocations } from "../../lib/auth/revocations.ts";
import { deleteOldRevocations, listRevocations } from "./revocation-store.ts";

/** The channel on which the database announces each revocation when it is committed: `<subject> <version>`. */
export const REVOCATION_CHANNEL = "identity_revocations";

const SWEEP_ROWS = 1_000;

export class RevocationFeed {
  readonly #db: Database;
  readonly #revocations: Revocations;
  #heardMeanwhile: Revocation[] = [];
  readonly #followers = new Set<(news: WatchRevocationsResponse) => void>();

  constructor(db: Database, revocations: Revocations) {
    this.#db = db;
    this.#revocations = revocations;
  }

  /** Reads all revocations: at the start, after the listening connection was made anew, and at intervals to be sure. */
  async read(): Promise<void> {
    this.#heardMeanwhile = [];
    const read = await listRevocations(this.#db.everyTenant(), REVOCATION_LIFE_MS);
    const revocations = merged(read, this.#heardMeanwhile);
    const isNews = !sameAs(this.#revocations.all(), revocations);
    if (isNews) this.#revocations.replace(revocations);
    else this.#revocations.add([]);
    this.#tell(isNews ? { whole: true, revocations } : { whole: false, revocations: [] });
  }

  /** Takes one notification. */
  heard(payload: string): void {
    const [subjectId = "", version = ""] = payload.split(" ");
    const revocations = [{ subjectId, version: Number(version) }];
    this.#heardMeanwhile.push(...revocations);
    this.#revocations.add(revocations);
    this.#tell({ whole: false, revocations });
  }

  /** Sends a follower all present revocations, and then each new one, until it leaves. */
  follow(tell: (news: WatchRevocationsResponse) => void): () => void {
    tell({ whole: true, revocations: this.#revocations.all() });
    this.#followers.add(tell);
    return () => this.#followers.delete(tell);
  }

  /** Removes revocations that can concern no token any more; returns whether there may be more. */
  sweep(): Promise<boolean> {
    return deleteOldRevocations(this.#db.everyTenant(), REVOCATION_LIFE_MS, SWEEP_ROWS);
  }

  #tell(news: WatchRevocationsResponse): void {
    for (const follower of this.#followers) follower(news);
  }
}

/** What was read, updated by the notifications that came during the read. */
function merged(read: readonly Revocation[], heard: readonly Revocation[]): Revocation[] {
  const versions = new Map(read.map(({ subjectId, version }) => [subjectId, version]));
  for (const { subjectId, version } of heard) versions.set(subjectId, version);
  return [...versions].filter(([, version]) => version > 0).map(([subjectId, version]) => ({ subjectId, version }));
}

function sameAs(known: readonly Revocation[], read: readonly Revocation[]): boolean {
  if (known.length !== read.length) return false;
  const versions = new Map(known.map(({ subjectId, version }) => [subjectId, version]));
  return read.every(({ subjectId, version }) => versions.get(subjectId) === version);
}
