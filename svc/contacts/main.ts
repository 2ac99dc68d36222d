import { runService } from "../lib/run.ts";

await runService("contacts", async () => (await import("./service.ts")).startContacts());
