/** The options of `npm run demo -- …`. */
import { statSync } from "node:fs";
import { parseArgs } from "node:util";

export const HELP = `npm run demo -- [--list file.csv] [--json] [--minutes 10]
  --list     a list of your own instead of examples/spring-campaign/list.csv; its columns are guessed and shown
  --json     prints the report as one JSON object, as the last line
  --minutes  gives up waiting after so long (default 10)`;

export interface DemoOptions {
  /** The user's own list. */
  list: string | undefined;
  json: boolean;
  minutes: number;
  help: boolean;
}

/** Throws an Error that says what is wrong with the arguments, before anything is started. */
export function readOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      list: { type: "string" },
      json: { type: "boolean", default: false },
      minutes: { type: "string", default: "10" },
      help: { type: "boolean", default: false },
    },
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes ${values.minutes} is no number of minutes above 0.`);
  if (values.list !== undefined && !statSync(values.list, { throwIfNoEntry: false })?.isFile())
    throw new Error(`--list ${values.list}: there is no such file.`);
  return { list: values.list, json: values.json, minutes, help: values.help };
}
