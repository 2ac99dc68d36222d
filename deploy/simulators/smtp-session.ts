/** One client's dialogue with the mail inbox (RFC 5321, with PIPELINING): takes text, gives replies, and passes messages to the inbox. */

/** The inbox: decides about recipients and takes messages. */
export interface SmtpKeeper {
  /** The refusal of a recipient; empty to take it. */
  recipient(address: string): string;
  /** Takes a whole message; gives the reply to it, or undefined to break the connection. */
  message(message: { from: string; to: readonly string[]; raw: string }): Promise<string | undefined>;
}

export interface SmtpWire {
  write(replies: string): void;
  /** Closes the connection once all is written; or breaks it. */
  end(): void;
  break(): void;
}

/** So much of a message is kept. */
const KEPT_CHARACTERS = 64 * 1024;
const LONGEST_LINE = 4_096;
const END = "\r\n.\r\n";

export class SmtpSession {
  readonly #keeper: SmtpKeeper;
  readonly #wire: SmtpWire;
  /** Text that has arrived and is not read yet. */
  #unread = "";
  #replies = "";
  #from: string | undefined;
  #to: string[] = [];
  /** The part of the message that has arrived. */
  #raw: string | undefined;
  #isKeeping = false;

  constructor(keeper: SmtpKeeper, wire: SmtpWire) {
    this.#keeper = keeper;
    this.#wire = wire;
    wire.write("220 simulator ESMTP\r\n");
  }

  /** Goes on with what the client says. */
  hear(text: string): void {
    this.#unread += text;
    while (!this.#isKeeping && (this.#raw === undefined ? this.#readLine() : this.#readMessage(this.#raw)));
    if (this.#replies !== "") this.#wire.write(this.#replies);
    this.#replies = "";
  }

  #readLine(): boolean {
    const end = this.#unread.indexOf("\n");
    if (end > LONGEST_LINE || (end < 0 && this.#unread.length > LONGEST_LINE)) {
      this.#unread = "";
      this.#wire.break();
    }
    if (end < 0) return false;
    const line = this.#unread.slice(0, end).trimEnd();
    this.#unread = this.#unread.slice(end + 1);
    this.#replies += `${this.#obey(line)}\r\n`;
    return true;
  }

  #obey(line: string): string {
    switch (line.slice(0, 4).toUpperCase()) {
      case "EHLO":
        this.#reset();
        return "250-simulator\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8";
      case "MAIL":
        return this.#mail(addressIn(line, "FROM"));
      case "RCPT":
        return this.#recipient(addressIn(line, "TO"));
      case "DATA":
        return this.#data();
      case "HELO":
      case "RSET":
        this.#reset();
        return "250 OK";
      case "NOOP":
        return "250 OK";
      case "QUIT":
        setImmediate(() => this.#wire.end());
        return "221 Bye";
      default:
        return "502 5.5.1 Not offered here";
    }
  }

  #mail(from: string | undefined): string {
    if (from === undefined) return "501 5.5.4 MAIL FROM:<address>";
    if (this.#from !== undefined) return "503 5.5.1 There is a sender already";
    this.#from = from;
    return "250 OK";
  }

  #recipient(to: string | undefined): string {
    if (this.#from === undefined) return "503 5.5.1 MAIL first";
    if (!to) return "501 5.5.4 RCPT TO:<address>";
    const refusal = this.#keeper.recipient(to);
    if (refusal === "") this.#to.push(to);
    return refusal || "250 OK";
  }

  #data(): string {
    if (this.#to.length === 0) return "503 5.5.1 RCPT first";
    this.#raw = "";
    this.#unread = `\r\n${this.#unread}`; // so that a dot on the first line ends it like any other
    return "354 Go on";
  }

  #readMessage(raw: string): boolean {
    const end = this.#unread.indexOf(END);
    const upTo = end < 0 ? Math.max(0, this.#unread.length - END.length + 1) : end + 2; // its last line ends, too
    this.#raw = raw.length < KEPT_CHARACTERS ? raw + this.#unread.slice(0, upTo) : raw;
    this.#unread = this.#unread.slice(end < 0 ? upTo : end + END.length);
    if (end < 0) return false;
    void this.#keep(this.#raw.slice(2).replaceAll("\r\n..", "\r\n."));
    return true;
  }

  async #keep(raw: string): Promise<void> {
    this.#isKeeping = true;
    const whole = { from: this.#from ?? "", to: this.#to, raw: raw.startsWith("..") ? raw.slice(1) : raw };
    this.#reset();
    const reply = await this.#keeper.message(whole);
    this.#isKeeping = false;
    if (reply === undefined) return this.#wire.break();
    this.#replies += `${reply}\r\n`;
    this.hear("");
  }

  #reset(): void {
    this.#from = this.#raw = undefined;
    this.#to = [];
  }
}

/** The address in `MAIL FROM:<anna@example.com> SIZE=100`; undefined if the command looks different. */
function addressIn(line: string, word: "FROM" | "TO"): string | undefined {
  const rest = line.slice("MAIL ".length).trimStart();
  if (!rest.toUpperCase().startsWith(`${word}:`)) return undefined;
  return /^<([^<>\s]*)>(?:\s|$)/.exec(rest.slice(word.length + 1).trimStart())?.[1];
}
