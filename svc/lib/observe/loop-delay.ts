/**
 * How late the event loop is, under the names of prom-client. Its own way is a timer of ten milliseconds, which wakes a process that has nothing to do a hundred
 * times a second and took more of its time than all else together. Here each turn of the loop is measured, and none is made for it.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Gauge, type Registry } from "prom-client";

const SHOWN: Readonly<
  Record<string, { help: string; of: (delays: ReturnType<typeof monitorEventLoopDelay>) => number }>
> = {
  min: { help: "The minimum recorded event loop delay.", of: ({ min }) => min },
  max: { help: "The maximum recorded event loop delay.", of: ({ max }) => max },
  mean: { help: "The mean of the recorded event loop delays.", of: ({ mean }) => mean },
  stddev: { help: "The standard deviation of the recorded event loop delays.", of: ({ stddev }) => stddev },
  p50: { help: "The 50th percentile of the recorded event loop delays.", of: (delays) => delays.percentile(50) },
  p90: { help: "The 90th percentile of the recorded event loop delays.", of: (delays) => delays.percentile(90) },
  p99: { help: "The 99th percentile of the recorded event loop delays.", of: (delays) => delays.percentile(99) },
};

/** Shows the delays since the last look, 0 where the loop made no turn. */
export function addLoopDelay(registry: Registry): void {
  const delays = monitorEventLoopDelay({ samplePerIteration: true });
  delays.enable();
  // Asked for all by the first, so that one look reads them together.
  const collect = () => {
    for (const { gauge, of } of shown) gauge.set(delays.count === 0 ? 0 : of(delays) / 1e9);
    delays.reset();
  };
  const shown = Object.entries(SHOWN).map(([part, { help, of }], i) => {
    const name = `nodejs_eventloop_lag_${part}_seconds`;
    registry.removeSingleMetric(name);
    return { of, gauge: new Gauge({ name, help, registers: [registry], ...(i === 0 && { collect }) }) };
  });
}
