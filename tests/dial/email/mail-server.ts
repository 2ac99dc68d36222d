/** A mail server whose replies a test chooses. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { type TestContext } from "node:test";
import { SmtpLink } from "../../../svc/dial/email/smtp-connection.ts";
import type { SmtpServer } from "../../../svc/dial/email/smtp-opening.ts";

/** Replies by the beginning of a command; the longest match counts. A sent message is `.`. A function gets the socket. */
export type Script = Readonly<Record<string, string | ((socket: Socket) => void)>>;
const USUAL: Script = { EHLO: "250-here\r\n250-SIZE 1000\r\n250 PIPELINING", DATA: "354 go on", "": "250 ok" };

export async function mailServer(t: TestContext, script: Script = {}, { greeting = "220 here" } = {}) {
  /** What came, in the pieces in which it came. */
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const all = { ...USUAL, ...script };
  const serve = (socket: Socket, hello: string) => {
    sockets.add(socket.on("error", () => {}));
    let isData = false;
    socket.on("data", (octets: Buffer) => {
      heard.push(String(octets));
      for (const line of String(octets).split("\r\n").slice(0, -1)) {
        if (isData && line !== ".") continue;
        const [, reply] = Object.entries(all)
          .filter(([beginning]) =>
            isData && line === "." ? beginning === "." || beginning === "" : line.startsWith(beginning),
          )
          .reduce((best, one) => (one[0].length >= best[0].length ? one : best));
        isData = typeof reply === "string" && line.startsWith("DATA") && /^[23]/.test(reply);
        if (typeof reply === "string") socket.write(`${reply}\r\n`);
        else reply(socket);
      }
    });
    if (hello !== "") socket.write(`${hello}\r\n`);
  };
  const server = createServer((socket) => serve(socket, greeting));
  await once(server.listen(0, "localhost"), "listening");
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const at = (more: Partial<SmtpServer> = {}): SmtpServer => ({
    ...{ host: "localhost", port, secure: false, startTls: "offered", user: "", password: "", ...more },
  });
  const link = async (more?: Partial<SmtpServer>) => {
    const opened = await SmtpLink.open(at(more));
    t.after(() => opened.close());
    return opened;
  };
  return { heard, link, serve, port };
}

export const send = (link: SmtpLink, message = "Subject: x\r\n\r\nHello") =>
  link.send({ from: "news@example.com", to: "anna@example.com", text: message });
