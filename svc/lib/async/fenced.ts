/** The inside of a fence (fence.ts): answers one job after another, and ends with the process that sent them. */
export function serveFenced(work: (job: never) => unknown): void {
  process.on("message", ({ job }: { job: never }) => process.send?.({ answer: work(job) }));
  process.once("disconnect", () => process.exit());
  // A terminal's Ctrl-C is for the service, which ends us when it is done.
  process.on("SIGINT", () => {});
  process.send?.({ ready: true });
}
