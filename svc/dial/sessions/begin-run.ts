/** Starts the run of a session on the provider that it uses, and lets it follow when that becomes another one. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { DialingSettings } from "../../../gen/herald/dial/v1/dialing_settings.ts";
import { unknownOutcome } from "../../lib/outcomes/outcomes.ts";
import type { Orphan } from "../attempts/open-store.ts";
import { MessageRun } from "../pipeline/message-run.ts";
import type { ProviderHub } from "../providers/provider-hub.ts";
import type { Lane } from "../providers/provider-lane.ts";
import { isSameRoute } from "../providers/provider-route.ts";
import type { VoicePace } from "../voice/voice-calls.ts";
import { VoiceRun } from "../voice/voice-run.ts";
import type { Run, RunDeps } from "./run.ts";
import { choiceOf, readSessionSettings } from "./session-settings.ts";
import type { OwnedSession, SessionKey } from "./session-store.ts";

export interface BeginRunDeps extends RunDeps {
  hub: ProviderHub;
  voicePace: VoicePace;
}

/** What a run is to follow: the settings of its group, and the provider that they mean. */
interface FollowedSettings {
  lane: Lane;
  settings: DialingSettings;
  version: number;
}

export function createRuns(deps: BeginRunDeps) {
  const followed = new WeakMap<Run, FollowedSettings>();
  const apply = (run: Run, { tenantId }: Pick<SessionKey, "tenantId">) => {
    const now = followed.get(run);
    if (now) run.update(readSessionSettings(tenantId, now.settings, now.version, now.lane.state));
  };

  return {
    async begin(session: OwnedSession, orphans: readonly Orphan[]): Promise<Run> {
      const { tenantId, settings, version } = session;
      const lane = await deps.hub.lane(choiceOf(tenantId, settings));
      const read = readSessionSettings(tenantId, settings, version, lane.state);
      const run =
        settings.channel === Channel.CHANNEL_VOICE
          ? new VoiceRun(deps, lane, deps.voicePace, read, await takenOver(deps, lane, orphans))
          : new MessageRun(deps, lane, read);
      followed.set(run, { lane, settings, version });
      lane.changed = () => apply(run, session);
      apply(run, session); // it may have changed meanwhile
      return run;
    },

    async update(run: Run, session: SessionKey, settings: DialingSettings, version: number): Promise<void> {
      const before = followed.get(run);
      if (!before) return;
      followed.set(run, { ...before, settings, version });
      await deps.hub.choose(before.lane, choiceOf(session.tenantId, settings));
      apply(run, session);
    },
  };
}

/** The calls whose adapter is still the one of the session. Another adapter does not know them, and nobody knows their fate. */
async function takenOver({ results, now }: RunDeps, lane: Lane, orphans: readonly Orphan[]): Promise<Orphan[]> {
  const lost = orphans.filter(({ route }) => !isSameRoute(route, lane.state.route));
  const at = now();
  const providerStatus = "provider changed";
  await Promise.all(
    lost.map((key) =>
      results.put({ key, attempt: undefined, at, kind: "stale", outcome: unknownOutcome(key.channel), providerStatus }),
    ),
  );
  return orphans.filter((orphan) => !lost.includes(orphan));
}
