import { unreachable } from "./failure.ts";
import { accessToken, dropAccessToken } from "./session.ts";

/** Sends a request as the signed-in person. If the token has expired, it is renewed once and the request is sent again. */
export async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const token = await accessToken();
  const response = await fetchWith(request, token);
  if (response.status !== 401 || token === undefined) return response;
  dropAccessToken(token);
  return fetchWith(again, await accessToken());
}

async function fetchWith(request: Request, token: string | undefined): Promise<Response> {
  if (token) request.headers.set("authorization", `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (error) {
    // An abort comes from the caller, so it is passed on unchanged.
    throw request.signal.aborted ? error : unreachable(error);
  }
}
