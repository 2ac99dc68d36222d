/** `herald programs` and `herald keywords`: what people are contacted for, and what is answered to what they write. */
import type { Command } from "commander";
import { KeywordKind } from "../../gen/herald/dial/v1/keyword.ts";
import {
  CreateKeywordResponse,
  KeywordServiceDefinition,
  ListKeywordsResponse,
  ReadMessageResponse,
} from "../../gen/herald/dial/v1/keyword_service.ts";
import {
  CreateProgramResponse,
  ListProgramsResponse,
  ProgramServiceDefinition,
  UpdateProgramResponse,
} from "../../gen/herald/dial/v1/program_service.ts";
import { withPlatform } from "../connection.ts";
import { Failure } from "../failure.ts";
import { facts, print, printDone, table, word } from "../output.ts";

const kindOf = (kind: KeywordKind): string =>
  word(Object.entries(KeywordKind).find(([, value]) => value === kind)?.[0] ?? "", "KEYWORD_KIND");

const KINDS: Readonly<Record<string, KeywordKind>> = {
  stop: KeywordKind.KEYWORD_KIND_STOP,
  start: KeywordKind.KEYWORD_KIND_START,
  help: KeywordKind.KEYWORD_KIND_HELP,
  own: KeywordKind.KEYWORD_KIND_OWN,
};

interface ProgramOptions {
  name?: string;
  language?: string;
  contact?: string;
}

export function programCommands(program: Command): void {
  const programs = program.command("programs").description("what people are contacted for, as they know it");
  programs
    .command("ls")
    .description("show the programs, the usual one first")
    .action((_: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(ProgramServiceDefinition).listPrograms({});
        print(command, ListProgramsResponse, answer, ({ programs: all }) =>
          table(
            ["ID", "NAME", "LANGUAGE", "CONTACT", "USUAL"],
            all.map((one) => [one.id, one.name, one.language, one.contactWords, one.usual ? "yes" : ""]),
            "There is none.",
          ),
        );
      }),
    );
  programs
    .command("create <name>")
    .description("create a program")
    .option("--language <code>", "language of its answers: es", "")
    .option("--contact <words>", "how people reach somebody: call 212 555 0100", "")
    .action((name: string, { language = "", contact = "" }: ProgramOptions, command: Command) =>
      withPlatform(command, async (platform) => {
        const program = { name, language, contactWords: contact };
        const answer = await platform.client(ProgramServiceDefinition).createProgram({ program });
        print(command, CreateProgramResponse, answer, ({ program: made }) => `Program ${made?.id} is there.`);
      }),
    );
  programs
    .command("set <id>")
    .description("change a program; what is not named stays")
    .option("--name <name>", "the name that people know")
    .option("--language <code>", "language of its answers: es")
    .option("--contact <words>", "how people reach somebody")
    .action((id: string, { name, language, contact }: ProgramOptions, command: Command) =>
      withPlatform(command, async (platform) => {
        const given = Object.entries({ name, language, contactWords: contact }).filter(
          ([, value]) => value !== undefined,
        );
        if (given.length === 0) throw new Failure("Nothing to change.", "Name at least one setting; see --help.");
        const request = { program: { id, ...Object.fromEntries(given) }, updateMask: given.map(([field]) => field) };
        const answer = await platform.client(ProgramServiceDefinition).updateProgram(request);
        print(command, UpdateProgramResponse, answer, ({ program: one }) => `Program ${one?.name} is changed.`);
      }),
    );
  programs
    .command("delete <id>")
    .description("remove a program with its keywords; its opt-outs stay")
    .action((programId: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        await platform.client(ProgramServiceDefinition).deleteProgram({ programId });
        printDone(command, { deleted: programId }, "The program is removed.");
      }),
    );
}

interface KeywordOptions {
  words: string[];
  answer: string;
  language: string;
  program: string;
  silent: boolean;
}

export function keywordCommands(program: Command): void {
  const keywords = program.command("keywords").description("words that people write by SMS, and what is answered");
  keywords
    .command("ls")
    .description("show the tenant's keywords; Herald's usual words count beside them")
    .action((_: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(KeywordServiceDefinition).listKeywords({});
        print(command, ListKeywordsResponse, answer, ({ keywords: all }) =>
          table(
            ["ID", "KIND", "PROGRAM", "LANGUAGE", "WORDS", "ANSWER"],
            all.map((one) => [
              one.id,
              kindOf(one.kind),
              one.programId,
              one.language,
              one.words.join(", "),
              one.silent ? "(none)" : one.answer,
            ]),
            "There is none. Herald's usual words for STOP, START and HELP are understood and answered.",
          ),
        );
      }),
    );
  keywords
    .command("create <kind>")
    .description("add words or an answer: kind is stop, start, help or own")
    .option("--words <word...>", "words or phrases", [])
    .option("--answer <text>", "what is answered; {{ program }} and {{ contact }} are filled in", "")
    .option("--language <code>", "language of the words and the answer", "")
    .option("--program <id>", "only for answers to this program", "")
    .option("--silent", "answer nothing", false)
    .action((kind: string, { program: programId, ...options }: KeywordOptions, command: Command) =>
      withPlatform(command, async (platform) => {
        const known = KINDS[kind.toLowerCase()];
        if (known === undefined) throw new Failure(`"${kind}" is no kind.`, "Choose one of stop, start, help, own.");
        const keyword = { kind: known, programId, ...options };
        const answer = await platform.client(KeywordServiceDefinition).createKeyword({ keyword });
        print(command, CreateKeywordResponse, answer, ({ keyword: made }) => `Keyword ${made?.id} is there.`);
      }),
    );
  keywords
    .command("delete <id>")
    .description("remove a keyword")
    .action((keywordId: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        await platform.client(KeywordServiceDefinition).deleteKeyword({ keywordId });
        printDone(command, { deleted: keywordId }, "The keyword is removed.");
      }),
    );
  keywords
    .command("read <text>")
    .description("show how a message would be understood and answered")
    .action((text: string, _: object, command: Command) =>
      withPlatform(command, async (platform) => {
        const answer = await platform.client(KeywordServiceDefinition).readMessage({ text });
        print(command, ReadMessageResponse, answer, ({ reading }) =>
          facts([
            [
              "means",
              reading?.kind ? kindOf(reading.kind) : reading?.uncertain ? "perhaps a refusal" : "nothing of its own",
            ],
            ["language", reading?.language],
            ["answer", reading?.answer],
          ]),
        );
      }),
    );
}
