/** The echo service as a process of its own. */
import { runService } from "../../svc/lib/run.ts";

await runService("lists", async () => (await import("./echo-start.ts")).startEcho());
