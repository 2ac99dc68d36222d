/**
 * Signs an email (DKIM, RFC 6376 and 8463) with relaxed canonicalization, which survives servers that fold and trim lines. Own code, since
 * the message is whole and in ASCII here, and since the libraries that sign with Ed25519 bring a dozen packages. Pure but for the time
 * that a signature takes, which is spent beside the event loop.
 */
import { createHash, type KeyObject, sign } from "node:crypto";
import { promisify } from "node:util";
import { DkimAlgorithm } from "../../../gen/herald/dial/v1/email_domain.ts";

/** A key that signs. */
export interface SigningKey {
  domain: string;
  selector: string;
  algorithm: DkimAlgorithm;
  key: KeyObject;
}

/** What is signed, where the email has it; RFC 8058 wants the last two. From is signed once more than it is there, so that nobody adds another. */
const SIGNED_HEADERS = [
  "from",
  "to",
  "subject",
  "date",
  "message-id",
  "reply-to",
  "mime-version",
  "content-type",
  "content-transfer-encoding",
  "list-unsubscribe",
  "list-unsubscribe-post",
];
const NAMES: Partial<Record<DkimAlgorithm, string>> = {
  [DkimAlgorithm.DKIM_ALGORITHM_RSA]: "rsa-sha256",
  [DkimAlgorithm.DKIM_ALGORITHM_ED25519]: "ed25519-sha256",
};
const LINE = 72;

const signInBackground = promisify<string | null, Buffer, KeyObject, Buffer>(sign);

/** The email with one signature of each key before it. */
export async function signEmail(email: string, keys: readonly SigningKey[], now: Date): Promise<string> {
  const { headers, body } = parted(email);
  const bodyHash = createHash("sha256").update(relaxedBody(body)).digest("base64");
  const signatures = await Promise.all(keys.map((key) => signatureOf(headers, bodyHash, key, now)));
  return signatures.join("") + email;
}

interface Header {
  name: string;
  relaxed: string;
}

async function signatureOf(
  headers: readonly Header[],
  bodyHash: string,
  { domain, selector, algorithm, key }: SigningKey,
  now: Date,
): Promise<string> {
  const signed = SIGNED_HEADERS.flatMap((name) => headers.filter((header) => header.name === name).slice(0, 1));
  const names = [...signed.map(({ name }) => name), "from"];
  const tags = [
    ...["v=1", `a=${NAMES[algorithm]}`, "c=relaxed/relaxed", `d=${domain}`, `s=${selector}`],
    `t=${Math.floor(now.getTime() / 1_000)}`,
    ...[`h=${names.join(":\r\n  ")}`, `bh=${bodyHash}`],
  ];
  const unsigned = `DKIM-Signature: ${tags.join(";\r\n ")};\r\n b=`;
  const input = `${signed.map(({ relaxed }) => `${relaxed}\r\n`).join("")}${relaxedHeader(unsigned).relaxed}`;
  return `${unsigned}${inLines(await signed64(input, algorithm, key))}\r\n`;
}

/** Ed25519 signs the hash, as RFC 8463 has it. */
async function signed64(input: string, algorithm: DkimAlgorithm, key: KeyObject): Promise<string> {
  if (algorithm === DkimAlgorithm.DKIM_ALGORITHM_RSA)
    return (await signInBackground("sha256", Buffer.from(input, "latin1"), key)).toString("base64");
  const hash = createHash("sha256").update(input, "latin1").digest();
  return sign(null, hash, key).toString("base64");
}

const inLines = (text: string) => text.match(new RegExp(`.{1,${LINE}}`, "g"))?.join("\r\n ") ?? "";

function parted(email: string): { headers: Header[]; body: string } {
  const end = email.indexOf("\r\n\r\n");
  const head = end < 0 ? email : email.slice(0, end);
  return { headers: head.split(/\r\n(?![ \t])/).map(relaxedHeader), body: end < 0 ? "" : email.slice(end + 4) };
}

/** Unfolded, with single spaces, the name in lower case (RFC 6376, 3.4.2). */
function relaxedHeader(header: string): Header {
  const colon = header.indexOf(":");
  const name = header.slice(0, colon).trim().toLowerCase();
  const value = header
    .slice(colon + 1)
    .replaceAll("\r\n", "")
    .replaceAll(/[ \t]+/g, " ")
    .trim();
  return { name, relaxed: `${name}:${value}` };
}

/** With single spaces, none at the ends of lines, and no empty lines at the end (RFC 6376, 3.4.4). */
function relaxedBody(body: string): string {
  const lines = body.split(/\r\n|\r|\n/).map((line) => line.replaceAll(/[ \t]+/g, " ").replace(/ $/, ""));
  while (lines.at(-1) === "") lines.pop();
  return lines.map((line) => `${line}\r\n`).join("");
}
