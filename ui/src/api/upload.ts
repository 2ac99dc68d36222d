import { failureOf, unreachable } from "./failure.ts";
import { accessToken } from "./session.ts";

interface Upload {
  path: string;
  query: Readonly<Record<string, string | readonly string[] | undefined>>;
  file: Blob;
  onProgress: (sentBytes: number) => void;
  signal: AbortSignal;
}

/** Streams a file to the server. It uses XMLHttpRequest, because fetch does not show how much has been sent. */
export async function uploadFile<Answer>({ path, query, file, onProgress, signal }: Upload): Promise<Answer> {
  const token = await accessToken();
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${path}?${searchOf(query)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    if (token) request.setRequestHeader("authorization", `Bearer ${token}`);
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
    request.addEventListener("error", () => reject(unreachable()));
    request.addEventListener("abort", () => reject(new DOMException("The upload was stopped.", "AbortError")));
    request.addEventListener("load", () => {
      const body = parsed(request.responseText);
      if (request.status === 200) resolve(body as Answer);
      else reject(failureOf(responseOf(request), body));
    });
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

/** Writes a space as `%20`, because the edge reads a `+` as a plus sign, as in `?value=+12025550123`. */
const searchOf = (query: Upload["query"]): string =>
  Object.entries(query)
    .flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one] as const))
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");

const responseOf = (request: XMLHttpRequest): Response =>
  new Response(null, {
    status: request.status,
    statusText: request.statusText,
    headers: { "x-request-id": request.getResponseHeader("x-request-id") ?? "" },
  });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
