/** The states of a campaign group, and which command leads from which state to which. Pure. */
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";

const {
  CAMPAIGN_GROUP_STATE_NOT_LOADED: NOT_LOADED,
  CAMPAIGN_GROUP_STATE_LOADING: LOADING,
  CAMPAIGN_GROUP_STATE_ACTIVE: ACTIVE,
  CAMPAIGN_GROUP_STATE_RUNNING: RUNNING,
  CAMPAIGN_GROUP_STATE_PAUSED: PAUSED,
  CAMPAIGN_GROUP_STATE_STOPPED: STOPPED,
} = CampaignGroupState;

/** A command that people give. */
export type GroupCommand = "load" | "start" | "pause" | "resume" | "stop" | "delete";

/** The part of a group that commands change. */
export interface GroupLife {
  state: CampaignGroupState;
  /** While it is loading: whether dialing begins as soon as it is loaded. */
  startWhenLoaded: boolean;
}

/** The effect of a command: it changes the state, changes nothing because the group is in that state already, or is not possible now. */
export type GroupTransition =
  | { kind: "moved"; life: GroupLife; loads: boolean }
  | { kind: "already" }
  | { kind: "refused"; allowed: CampaignGroupState[] };

type Rule = (life: GroupLife) => GroupTransition | undefined;

/** For each command, what it does in each state in which it is possible. */
const RULES: Record<GroupCommand, Partial<Record<CampaignGroupState, Rule>>> = {
  load: { [NOT_LOADED]: () => load(false), [STOPPED]: () => load(false) },
  start: {
    [NOT_LOADED]: () => load(true),
    [STOPPED]: () => load(true),
    [LOADING]: ({ startWhenLoaded }) => (startWhenLoaded ? already : moved(LOADING, true)),
    [ACTIVE]: () => moved(RUNNING),
    [RUNNING]: () => already,
  },
  pause: { [RUNNING]: () => moved(PAUSED), [PAUSED]: () => already },
  resume: { [PAUSED]: () => moved(RUNNING) },
  stop: {
    [LOADING]: () => moved(STOPPED),
    [ACTIVE]: () => moved(STOPPED),
    [RUNNING]: () => moved(STOPPED),
    [PAUSED]: () => moved(STOPPED),
    [STOPPED]: () => already,
  },
  delete: { [NOT_LOADED]: () => already, [STOPPED]: () => already },
};

/** Applies a command to a group. */
export function applyCommand(command: GroupCommand, life: GroupLife): GroupTransition {
  const rules = RULES[command];
  return (
    rules[life.state]?.(life) ?? { kind: "refused", allowed: Object.keys(rules).map(Number) as CampaignGroupState[] }
  );
}

/** The state of a group after its lists were put into the queue. */
export const whenLoaded = ({ startWhenLoaded }: GroupLife): CampaignGroupState => (startWhenLoaded ? RUNNING : ACTIVE);

/** True while chains may be scheduled again. This includes the loading of a run that continues the queue of the previous run. */
export const isOpen = (state: CampaignGroupState, continuing = false): boolean =>
  state === ACTIVE || state === RUNNING || state === PAUSED || (state === LOADING && continuing);

/** The name of a state as people see it: `RUNNING`. */
export function stateName(state: CampaignGroupState): string {
  const name = Object.entries(CampaignGroupState).find(([, value]) => value === state)?.[0] ?? "UNSPECIFIED";
  return name.slice("CAMPAIGN_GROUP_STATE_".length);
}

const already: GroupTransition = { kind: "already" };
const moved = (state: CampaignGroupState, startWhenLoaded = false): GroupTransition => ({
  kind: "moved",
  life: { state, startWhenLoaded },
  loads: false,
});
const load = (startWhenLoaded: boolean): GroupTransition => ({
  kind: "moved",
  life: { state: LOADING, startWhenLoaded },
  loads: true,
});
