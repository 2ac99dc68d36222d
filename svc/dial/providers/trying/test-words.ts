/** Says in words what went wrong in a test of a provider, and what would be right. Pure. */
import { ADDRESS_REFUSED } from "../../../lib/outbound/address-fence.ts";

export interface Finding {
  explanation: string;
  remedy: string;
}

/** Whom the test tries to reach. */
export interface TestTarget {
  /** `mail server`. */
  what: string;
  host: string;
  port: number;
}

type Words = (target: TestTarget) => Finding;

const BY_FAULT: Readonly<Record<string, Words>> = {
  EAI_AGAIN: ({ host }) => ({
    explanation: `The DNS gives no answer about ${host} now.`,
    remedy: "Try again later; if it stays, check the host, or ask the operator about the platform's DNS.",
  }),
  [ADDRESS_REFUSED]: ({ host }) => ({
    explanation: `${host} has no public address: it is unknown to the DNS, or leads to a private, loopback or reserved address, to which this platform does not connect.`,
    remedy:
      "Check how the host is written. For a host in the operator's own network, ask the operator to allow it (DIAL_PROVIDER_NETWORKS).",
  }),
  ECONNREFUSED: ({ host, port }) => ({
    explanation: `Nobody listens on port ${port} of ${host}.`,
    remedy: "Check the port, and whether the server is running.",
  }),
  ETIMEDOUT: ({ what, host, port }) => ({
    explanation: `The ${what} at ${host}, port ${port}, gives no answer in time.`,
    remedy: "Check host, port and encryption, and whether a firewall between here and there lets us through.",
  }),
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ECONNRESET: broken,
  ECONNECTION: broken,
  EPIPE: broken,
  EPROTOCOL: ({ what, port }) => ({
    explanation: `What answers on port ${port} does not speak as a ${what} does.`,
    remedy: "Check the port and the encryption: the same server may expect TLS from the first byte, or none.",
  }),
  CERT_HAS_EXPIRED: ({ host }) => ({
    explanation: `The certificate of ${host} has expired.`,
    remedy: "Its owner has to renew it.",
  }),
  CERT_NOT_YET_VALID: ({ host }) => ({
    explanation: `The certificate of ${host} is not valid yet.`,
    remedy: "Check the clocks there and here.",
  }),
  ERR_TLS_CERT_ALTNAME_INVALID: ({ host }) => ({
    explanation: `The certificate is for another name than ${host}.`,
    remedy: "Name the host as its certificate does, or have the certificate name this host.",
  }),
};

const UNKNOWN_AUTHORITY: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
]);

function unreachable({ host }: TestTarget): Finding {
  return {
    explanation: `There is no way to ${host} from here.`,
    remedy: "Check the address, and ask the operator about the platform's network.",
  };
}

function broken({ what }: TestTarget): Finding {
  return {
    explanation: `The ${what} closed the connection.`,
    remedy: "Check port and encryption, and whether the server admits this platform's address.",
  };
}

/** Whether the fault is one of TLS, rather than of the connection below it. */
export const isTlsFault = (fault: string): boolean =>
  /^(?:CERT_|ERR_TLS|ERR_SSL)/.test(fault) || UNKNOWN_AUTHORITY.has(fault) || fault === "EPROTO";

/** What a fault means, by its code. */
export function findingOf(fault: string, target: TestTarget): Finding {
  if (UNKNOWN_AUTHORITY.has(fault))
    return {
      explanation: `The certificate of ${target.host} is of no known authority (${fault}).`,
      remedy: "The server needs a certificate of a public authority, with its intermediate certificates.",
    };
  const known = BY_FAULT[fault]?.(target);
  if (known) return known;
  if (isTlsFault(fault))
    return {
      explanation: `No encryption could be agreed on with ${target.host} (${fault}).`,
      remedy: `Check the encryption: port ${target.port} may expect no TLS at first.`,
    };
  return {
    explanation: `The ${target.what} cannot be reached (${fault}).`,
    remedy: "Check host and port.",
  };
}

/** What a message centre means by its refusal of a bind. */
export function bindFinding(status: number, direction: string): Finding {
  const code = `0x${status.toString(16).padStart(2, "0")}`;
  const known: Readonly<Record<number, Finding>> = {
    0x05: {
      explanation: `The centre says that we are bound already (${code}).`,
      remedy:
        "It may allow fewer binds than are set: lower the number of binds, or close other programs that use this account.",
    },
    0x0d: {
      explanation: `The centre refuses the bind without a reason (${code}).`,
      remedy: "Ask it whether this platform's address is admitted, and how many binds and of which kind it allows.",
    },
    0x0e: { explanation: `The centre refuses the password (${code}).`, remedy: "Check the password." },
    0x0f: { explanation: `The centre does not know the system id (${code}).`, remedy: "Check the system id." },
    0x53: {
      explanation: `The centre refuses the system type (${code}).`,
      remedy: "Leave the system type empty, or ask the centre for it.",
    },
  };
  return (
    known[status] ?? {
      explanation: `The centre refuses our bind as ${direction} (${code}).`,
      remedy: "Ask the centre what this code means.",
    }
  );
}
