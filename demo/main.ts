// `npm run demo`: the main job on a list of 10,000 people who do not exist, or on a list of your own. Nobody real is reached: the carriers are simulated.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runningPlatform } from "../deploy/local/lock.ts";
import { projectRoot } from "../deploy/local/paths.ts";
import { startPlatform } from "../deploy/local/platform.ts";
import { keepSecrets } from "../deploy/local/secrets.ts";
import { privateSettings, readPlatformSettings } from "../deploy/local/settings.ts";
import { type Api, signIn } from "./api.ts";
import { countArrivals, since } from "./arrivals.ts";
import { createGroups, importList, previewList, readDefinition, suppress, suppressionFile } from "./prepare.ts";
import { makeReport, type Report, showReport } from "./report.ts";
import { runGroups } from "./run.ts";

const HELP = `npm run demo -- [--list file.csv] [--json] [--minutes 10]
  --list     a list of your own instead of examples/spring-campaign/list.csv; its columns are guessed and shown
  --json     prints the report as one JSON object, as the last line
  --minutes  gives up waiting after so long (default 10)`;

const { values: options } = parseArgs({
  options: {
    list: { type: "string" },
    json: { type: "boolean" },
    minutes: { type: "string", default: "10" },
    help: { type: "boolean" },
  },
});
const definitionFile = join(projectRoot, "examples", "spring-campaign", "campaign.json");
const say = (line: string): void => console.log(line);

/** Where the platform is; one of our own when none runs here. */
interface Place {
  edgeUrl: string;
  arrivalsUrl: string;
  password: string;
  stop(): Promise<void>;
}

async function findPlatform(): Promise<Place> {
  const settings = readPlatformSettings(process.env);
  if (Object.values(settings.carriers).some(Boolean))
    throw new Error("Carriers are set up here (DIAL_…). The demo must reach nobody real: run it without them.");
  const running = runningPlatform(settings.dataDir);
  if (running) {
    say(`Herald runs at ${running.edgeUrl}.`);
    const { demoPassword: password } = keepSecrets(settings.dataDir);
    return {
      edgeUrl: running.edgeUrl,
      arrivalsUrl: `http://127.0.0.1:${settings.ports.HERALD_ARRIVALS_PORT}`,
      password,
      stop: async () => {},
    };
  }
  say("No platform runs here; one is started for the demo and removed with it.\n");
  const own = await privateSettings(mkdtempSync(join(tmpdir(), "herald-demo-")), process.env);
  const platform = await startPlatform({ settings: own, say, ui: "any", durable: false });
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void platform.stop().then(() => process.exit(130)));
  const arrivalsUrl = `http://127.0.0.1:${own.ports.HERALD_ARRIVALS_PORT}`;
  return {
    edgeUrl: platform.edgeUrl,
    arrivalsUrl,
    password: platform.demo?.password ?? "",
    stop: () => platform.stop(),
  };
}

async function perform(api: Api, arrivalsUrl: string): Promise<Report> {
  const startedAt = performance.now();
  const definition = readDefinition(definitionFile);
  const label = new Date().toISOString().slice(0, 19).replace("T", " ");
  const file = options.list ?? join(definitionFile, "..", "list.csv");

  say(`\n1. The list: ${file}`);
  const preview = await previewList(api, file);
  for (const { header, field } of preview.columns) say(`   ${header} → ${field || "(left out)"}`);
  const imported = await importList(api, `${definition.name} ${label}`, file);
  say(`   ${imported.acceptedCount} of ${imported.rowCount} rows accepted.`);

  say("2. Who must not be contacted");
  const optOuts = options.list ? undefined : suppressionFile(definitionFile, definition);
  const suppressed = await suppress(api, `${definition.suppression.name} ${label}`, optOuts);
  say(`   ${suppressed.accepted} numbers and addresses suppressed, ${suppressed.rejected} rows not readable.`);

  say("3. The campaign");
  const before = await countArrivals(arrivalsUrl);
  const groups = await createGroups(api, definition, label, imported.contactListId, suppressed.id);
  const results = await runGroups(api, groups, Number(options.minutes) * 60_000, (line) => say(`   ${line}`));
  const arrived = since(before, await countArrivals(arrivalsUrl));
  return makeReport(imported, results, arrived, (performance.now() - startedAt) / 1000);
}

if (options.help) {
  say(HELP);
} else {
  let place: Place | undefined;
  try {
    place = await findPlatform();
    const api = await signIn(place.edgeUrl, { tenant: "demo", email: "demo@example.com", password: place.password });
    const report = await perform(api, place.arrivalsUrl);
    say(showReport(report));
    if (options.json) say(JSON.stringify(report));
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  } finally {
    await place?.stop();
  }
}
