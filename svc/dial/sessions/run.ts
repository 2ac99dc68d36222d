/** What the dialing of one group needs and offers, for any channel. */
import type { DialQueueServiceDefinition } from "../../../gen/herald/campaigns/v1/dial_queue_service.ts";
import type { RecordServiceDefinition } from "../../../gen/herald/lists/v1/record_service.ts";
import type { Calls } from "../../lib/client/client.ts";
import type { Logger } from "../../lib/observe/log.ts";
import { CampaignWork } from "../pipeline/source/campaign-work.ts";
import type { WorkSource } from "../pipeline/source/work-source.ts";
import type { LifeDeps } from "../pipeline/attempt-life.ts";
import type { SessionMarks } from "./marks.ts";
import type { SettleDeps } from "../pipeline/settle/settle.ts";
import type { SessionSettings } from "./session-settings.ts";
import type { SessionStatus } from "./session-store.ts";

export interface RunDeps extends LifeDeps, SettleDeps {
  marks: SessionMarks;
  queue: Calls<typeof DialQueueServiceDefinition>;
  records: Calls<typeof RecordServiceDefinition>;
  log: Logger;
  /** Who leases: the name of this dialer, which stays the same over restarts. */
  holder: string;
}

export interface Run {
  /** Applies new settings to everything that has not begun. */
  update(settings: SessionSettings): void;
  status(): SessionStatus;
  /** When this call returns, nothing more begins. What is running goes on. */
  halt(): void;
  /** Whether nothing is running any more. */
  readonly idle: boolean;
  /** Leaves calls, which go on without us, to the next owner of the session. */
  abandon(): void;
  /** Halts, gives unused leases back, and resolves when nothing is running. */
  stop(): Promise<void>;
}

export const openWork = (
  { queue, records, log, holder, now }: RunDeps,
  settings: () => SessionSettings,
  target: () => number,
): WorkSource => new CampaignWork({ queue, records, log, holder, now }, settings, target);
