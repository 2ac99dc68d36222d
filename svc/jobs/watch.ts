/**
 * Follows jobs for all who watch them. A notification wakes the reader of a job. It reads the job once, however many watch it, and no more
 * often than the pace allows. Slow watchers skip states and always see the last one.
 */
import type { Job } from "../../gen/herald/jobs/v1/job.ts";
import { pause } from "../lib/async/time.ts";
import { ChangeStream, type Watch } from "../lib/watch/change-stream.ts";
import { hasEnded } from "./progress.ts";

interface JobFeedsDeps {
  /** Tells that a job (`<tenant id>/<job id>`) has changed. */
  changes: ChangeStream;
  read: (tenantId: string, jobId: string) => Promise<Job | undefined>;
  /** Shortest time between two reads of a job, and between two states that a watcher gets. */
  paceMs: number;
}

export interface JobFeeds {
  /** The job now and after each change, until it has ended or is gone. */
  follow(tenantId: string, job: Job, signal: AbortSignal): AsyncGenerator<Job, void>;
}

/** The newest that was read of one job, for all who watch it. */
interface JobFeed {
  watchers: number;
  /** The job, that it is gone (undefined), or that it could not be read. */
  newest: { job: Job | undefined } | { error: unknown } | undefined;
  stopping: AbortController;
}

export function createJobFeeds({ changes, read, paceMs }: JobFeedsDeps): JobFeeds {
  const feeds = new Map<string, JobFeed>();
  /** Tells the watchers of a job that it was read. */
  const reads = new ChangeStream();

  const keepReading = async (key: string, feed: JobFeed): Promise<void> => {
    const { signal } = feed.stopping;
    const [tenantId = "", jobId = ""] = key.split("/");
    const heard = changes.watch(key, signal);
    while (!signal.aborted) {
      feed.newest = await read(tenantId, jobId).then(
        (job) => ({ job }),
        (error: unknown) => ({ error }),
      );
      reads.changed(key);
      await pause(paceMs, signal);
      await heard.changed();
    }
  };

  /** Joining leads to a new read, which finds what happened since the watcher read the job itself. */
  const join = (key: string): JobFeed => {
    let feed = feeds.get(key);
    if (feed) changes.changed(key);
    else {
      feed = { watchers: 0, newest: undefined, stopping: new AbortController() };
      feeds.set(key, feed);
      void keepReading(key, feed);
    }
    feed.watchers += 1;
    return feed;
  };

  const leave = (key: string, feed: JobFeed): void => {
    feed.watchers -= 1;
    if (feed.watchers > 0) return;
    feed.stopping.abort();
    feeds.delete(key);
  };

  return {
    async *follow(tenantId, job, signal) {
      yield job;
      if (hasEnded(job.state)) return;
      const key = `${tenantId}/${job.id}`;
      const news = reads.watch(key, signal);
      const feed = join(key);
      try {
        await pause(paceMs, signal);
        yield* statesAfter(job, { feed, news, paceMs, signal });
      } finally {
        news.end();
        leave(key, feed);
      }
    },
  };
}

async function* statesAfter(
  first: Job,
  { feed, news, paceMs, signal }: { feed: JobFeed; news: Watch; paceMs: number; signal: AbortSignal },
): AsyncGenerator<Job, void> {
  let shown = first;
  for (;;) {
    await news.changed();
    const { newest } = feed;
    if (signal.aborted || !newest) return;
    if ("error" in newest) throw newest.error;
    if (!newest.job) return;
    if (isSame(newest.job, shown)) continue;
    shown = newest.job;
    yield shown;
    if (hasEnded(shown.state)) return;
    await pause(paceMs, signal);
  }
}

/** A report that changed nothing but its time is no news. */
const isSame = (a: Job, b: Job) => JSON.stringify({ ...a, updateTime: 0 }) === JSON.stringify({ ...b, updateTime: 0 });
