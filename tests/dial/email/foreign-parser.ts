/** Reads emails with somebody else's parser: Python's `email`, which says what is wrong with them by the standards. */
import { execFileSync } from "node:child_process";

export interface ParsedEmail {
  /** What is malformed, by the name of the defect; also in headers. */
  defects: string[];
  /** Names of all headers, in lower case. */
  names: string[];
  from: { name: string; address: string }[];
  to: { name: string; address: string }[];
  subject: string;
  messageId: string;
  date: string;
  parts: { type: string; charset: string; text: string }[];
}

const PROGRAM = `
import sys, json, base64
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTP, compat32
from email.utils import getaddresses
told = []
for raw in json.load(sys.stdin):
    message = message_from_bytes(base64.b64decode(raw), policy=SMTP)
    defects = [type(d).__name__ for part in message.walk() for d in part.defects]
    defects += [type(d).__name__ for part in message.walk() for _, value in part.items() for d in getattr(value, "defects", ())]
    # The newer reader of addresses in Python 3.11 puts a space between two encoded words.
    plain = message_from_bytes(base64.b64decode(raw), policy=compat32)
    addresses = lambda name: [{"name": str(make_header(decode_header(n))), "address": a} for n, a in getaddresses([str(plain[name])])]
    parts = [{"type": p.get_content_type(), "charset": p.get_content_charset() or "", "text": p.get_content()} for p in message.walk() if not p.is_multipart()]
    told.append({"defects": defects, "names": [n.lower() for n in message.keys()], "from": addresses("from"), "to": addresses("to"), "subject": str(message["subject"]),
                 "messageId": str(message["message-id"]), "date": message["date"].datetime.isoformat(), "parts": parts})
json.dump(told, sys.stdout)
`;

/** Parses them all with one process. */
export function parseWithPython(emails: readonly string[]): ParsedEmail[] {
  const input = JSON.stringify(emails.map((email) => Buffer.from(email, "latin1").toString("base64")));
  return JSON.parse(
    execFileSync("python3", ["-c", PROGRAM], { input, encoding: "utf8", maxBuffer: 64 << 20 }),
  ) as ParsedEmail[];
}
