import { failureOf } from "./failure.ts";
import { send } from "./send.ts";

/** Fetches a file with the person's token and hands it to the browser's downloads. */
export async function downloadFile(path: string, fileName: string): Promise<void> {
  const response = await send(new Request(path));
  if (!response.ok) throw failureOf(response, await response.json().catch(() => undefined));
  const address = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement("a"), { href: address, download: fileName });
  link.click();
  // By the next turn of the event loop, the browser has taken the file.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
