/** Runs the echo service as a process of its own. */
import { runService } from "../../svc/lib/service/run.ts";

await runService("lists", async () => (await import("./echo-start.ts")).startEcho());
