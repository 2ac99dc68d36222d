/** Fenced work that a test ends: a job runs until the file that it names exists. */
import { existsSync, writeFileSync } from "node:fs";
import { serveFenced } from "../../../svc/lib/async/fenced.ts";

export interface HeldJob {
  name: string;
  /** Without it the job ends at once. `<until>.begun` is written when the job begins. */
  until?: string;
}

serveFenced(({ name, until }: HeldJob): string => {
  if (until !== undefined) {
    writeFileSync(`${until}.begun`, "");
    while (!existsSync(until));
  }
  return name;
});
