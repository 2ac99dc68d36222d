/** Verifies signatures with somebody else's verifier. */
import { dkimVerify } from "mailauth/lib/dkim/verify.js";

/** What the verifier tells; its own types leave two of these out. */
interface FoundSignature {
  algo?: string;
  signingDomain?: string;
  signingHeaders?: { keys: string };
  status: { result: string };
}

/** Each signature as `rsa-sha256 example.com: pass`, with the headers that it covers. */
export async function verify(email: string, records: ReadonlyMap<string, string>) {
  const resolver = async (name: string, type: string) => {
    const value = type === "TXT" ? records.get(name) : undefined;
    if (value === undefined) throw Object.assign(new Error(`no ${type} of ${name}`), { code: "ENOTFOUND" });
    return [[value]];
  };
  const { results } = await dkimVerify(Buffer.from(email, "latin1"), { resolver });
  // An email without a signature has one result, about nothing.
  // The types of mailauth leave out what it gives of each signature.
  const found = (results as unknown as FoundSignature[]).filter(({ algo }) => algo !== undefined);
  return found.map((one) => ({
    told: `${one.algo} ${one.signingDomain}: ${one.status.result}`,
    headers: (one.signingHeaders?.keys ?? "").toLowerCase(),
  }));
}

export const verdicts = async (email: string, records: ReadonlyMap<string, string>): Promise<string[]> =>
  (await verify(email, records)).map(({ told }) => told).sort();
