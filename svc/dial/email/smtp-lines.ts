/** Replies of a mail server as they come in, and messages as they go out (RFC 5321). Pure. */

/** No reply that anybody reads is longer. */
const LONGEST_REPLY = 64 * 1024;

/** Cuts what a server says into replies: lines joined by line breaks, of which all but the last have a dash behind the code. */
export class ReplyReader {
  #line = "";
  #reply = "";

  /** A reply that never ends. */
  get isTooLong(): boolean {
    return this.#line.length + this.#reply.length > LONGEST_REPLY;
  }

  /** The replies that are whole now. */
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

/** The server is about to close the connection, whatever it was asked. */
export const isClosing = (reply: string): boolean => reply.startsWith("421");

export interface Extensions {
  pipelining: boolean;
  startTls: boolean;
  /** The server hears how long a message is before it comes. */
  size: boolean;
  /** The longest message that it takes; 0 where it does not tell. */
  mostBytes: number;
  /** How it lets people sign in. */
  mechanisms: ReadonlySet<string>;
}

export const NO_EXTENSIONS: Extensions = {
  pipelining: false,
  startTls: false,
  size: false,
  mostBytes: 0,
  mechanisms: new Set(),
};

/** What a server offers in its reply to EHLO, line by line after the first; `AUTH=` is how some still write it. */
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
 * A message as it follows DATA: every line ends with CR LF, also one that ended with half of it (servers differ in what ends a line,
 * and none must see the end of the message where it is not), dots that begin a line are doubled, and a line with a dot ends it.
 */
export function asData(message: string): string {
  const lines = message.replaceAll(/\r\n|\r|\n/g, "\r\n");
  const stuffed = `${lines.startsWith(".") ? "." : ""}${lines.replaceAll("\r\n.", "\r\n..")}`;
  return `${stuffed}${lines.endsWith("\r\n") ? "" : "\r\n"}.\r\n`;
}
