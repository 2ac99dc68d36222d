/**
 * Follows jobs for all who watch them. A change is heard, not asked for: one notification wakes the feed of a job, which reads the
 * job once, however many watch it, and no more often than the pace allows. Slow watchers skip states and always see the last.
 */
import type { Job } from "../../gen/herald/jobs/v1/job.ts";
import { pause } from "../lib/async/time.ts";
import { hasEnded } from "./progress.ts";

type ReadJob = (tenantId: string, jobId: string) => Promise<Job | undefined>;

export interface JobFeeds {
  /** The job now and after each change, until it has ended or is gone. */
  follow(tenantId: string, job: Job, signal: AbortSignal): AsyncGenerator<Job, void>;
  /** Says that a job (`<tenant id>/<job id>`) has changed, or, with undefined, that any may have. */
  changed(tenantAndJob: string | undefined): void;
}

/** One watched job. */
interface Feed {
  watchers: Set<(news: News) => void>;
  isDirty: boolean;
  isReading: boolean;
}

/** What a feed tells its watchers: the job, that it is gone (undefined), or that it could not be read. */
type News = { job: Job | undefined } | { error: unknown };

export function createJobFeeds(read: ReadJob, paceMs: number): JobFeeds {
  const feeds = new Map<string, Feed>();

  const refresh = async (key: string, feed: Feed): Promise<void> => {
    feed.isDirty = true;
    if (feed.isReading) return;
    feed.isReading = true;
    while (feed.isDirty && feed.watchers.size > 0) {
      feed.isDirty = false;
      const [tenantId = "", jobId = ""] = key.split("/");
      const news = await read(tenantId, jobId).then(
        (job): News => ({ job }),
        (error: unknown): News => ({ error }),
      );
      for (const tell of feed.watchers) tell(news);
      await pause(paceMs);
    }
    feed.isReading = false;
  };

  return {
    changed(tenantAndJob) {
      const keys = tenantAndJob === undefined ? [...feeds.keys()] : [tenantAndJob];
      for (const key of keys) {
        const feed = feeds.get(key);
        if (feed) void refresh(key, feed);
      }
    },
    async *follow(tenantId, job, signal) {
      const key = `${tenantId}/${job.id}`;
      const feed = feeds.get(key) ?? { watchers: new Set(), isDirty: false, isReading: false };
      const latest = latestOnly<News>(signal);
      feeds.set(key, feed);
      feed.watchers.add(latest.put);
      try {
        yield job;
        if (hasEnded(job.state)) return;
        // What happened between the caller's reading and our listening is in this first look.
        void refresh(key, feed);
        await pause(paceMs, signal);
        yield* changesOf(job, latest, paceMs, signal);
      } finally {
        feed.watchers.delete(latest.put);
        if (feed.watchers.size === 0) feeds.delete(key);
      }
    },
  };
}

async function* changesOf(
  first: Job,
  latest: LatestOnly<News>,
  paceMs: number,
  signal: AbortSignal,
): AsyncGenerator<Job, void> {
  let shown = first;
  for (;;) {
    const news = await latest.take();
    if (!news) return;
    if ("error" in news) throw news.error;
    if (!news.job) return;
    if (isSame(news.job, shown)) continue;
    shown = news.job;
    yield shown;
    if (hasEnded(shown.state)) return;
    await pause(paceMs, signal);
  }
}

/** A report that changed nothing but its time is no news. */
const isSame = (a: Job, b: Job) => JSON.stringify({ ...a, updateTime: 0 }) === JSON.stringify({ ...b, updateTime: 0 });

interface LatestOnly<T> {
  put(this: void, item: T): void;
  /** Waits for the next item; undefined once the signal has aborted. */
  take(): Promise<T | undefined>;
}

/** Holds one item: a newer one takes its place, so that a slow reader costs no memory. */
function latestOnly<T>(signal: AbortSignal): LatestOnly<T> {
  let held: T | undefined;
  let wake = () => {};
  signal.addEventListener("abort", () => wake(), { once: true });
  return {
    put(item) {
      held = item;
      wake();
    },
    async take() {
      if (held === undefined && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
      const item = held;
      held = undefined;
      return item;
    },
  };
}
