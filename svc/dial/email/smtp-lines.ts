/** Reads the replies of a mail server, and writes messages as lines (RFC 5321). Pure. */

/** No reply that anybody reads is longer. */
const LONGEST_REPLY = 64 * 1024;

/** Splits what a server sends into replies. All lines of a reply but the last have a dash after the code. */
export class ReplyReader {
  #line = "";
  #reply = "";

  /** A reply that never ends. */
  get isTooLong(): boolean {
    return this.#line.length + this.#reply.length > LONGEST_REPLY;
  }

  /** The replies that are complete now. */
  read(text: string): string[] {
    const lines = (this.#line + text).split("\n");
    this.#line = lines.pop() ?? "";
    const replies: string[] = [];
    for (const ended of lines) {
      const line = ended.endsWith("\r") ? ended.slice(0, -1) : ended;
      if (line.trim() === "" || this.isTooLong) continue;
      this.#reply += this.#reply === "" ? line : `\n${line}`;
      if (/^\d+-/.test(line)) continue;
      replies.push(this.#reply);
      this.#reply = "";
    }
    return replies;
  }
}

/** A reply that the server is about to close the connection, whatever the command was. */
export const isClosing = (reply: string): boolean => reply.startsWith("421");

export interface Extensions {
  pipelining: boolean;
  startTls: boolean;
  /** The server wants to know the length of a message beforehand (SIZE). */
  size: boolean;
  /** The longest message that it takes; 0 when it does not say. */
  mostBytes: number;
  /** The ways to sign in that it offers. */
  mechanisms: ReadonlySet<string>;
}

export const NO_EXTENSIONS: Extensions = {
  pipelining: false,
  startTls: false,
  size: false,
  mostBytes: 0,
  mechanisms: new Set(),
};

/** Reads what a server offers in its reply to EHLO, from the second line on. Some still write `AUTH=`. */
export function readExtensions(reply: string): Extensions {
  const lines = reply.split("\n").slice(1);
  const words = lines.map((line) =>
    line
      .slice(4)
      .trim()
      .toUpperCase()
      .split(/[\s=]+/),
  );
  const offered = new Map(words.map(([name = "", ...more]) => [name, more]));
  return {
    pipelining: offered.has("PIPELINING"),
    startTls: offered.has("STARTTLS"),
    size: offered.has("SIZE"),
    mostBytes: Number(offered.get("SIZE")?.[0] ?? 0) || 0,
    mechanisms: new Set(words.filter(([name]) => name === "AUTH").flatMap(([, ...names]) => names)),
  };
}

/**
 * A message in the form that follows DATA. Every line ends with CR LF, also one that ended with only one of them: servers differ in what
 * ends a line, and none must see the end of the message too early. Dots at the beginning of a line are doubled, and a line with a single
 * dot ends the message.
 */
export function asData(message: string): string {
  const lines = message.replaceAll(/\r\n|\r|\n/g, "\r\n");
  const stuffed = `${lines.startsWith(".") ? "." : ""}${lines.replaceAll("\r\n.", "\r\n..")}`;
  return `${stuffed}${lines.endsWith("\r\n") ? "" : "\r\n"}.\r\n`;
}
