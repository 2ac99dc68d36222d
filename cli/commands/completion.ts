/** `herald completion bash|zsh`: prints the script that a shell sources. It asks `herald` itself, so it never goes stale. */
import { Argument, type Command } from "commander";
import { say } from "../printable.ts";

const SCRIPTS = {
  bash: `_herald() {
  mapfile -t COMPREPLY < <(herald __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _herald herald
`,
  zsh: `#compdef herald
_herald() {
  local -a words_left
  words_left=("\${(@f)$(herald __complete "\${words[@]:1:$((CURRENT-1))}" 2>/dev/null)}")
  compadd -a words_left
}
compdef _herald herald
`,
} as const;

export function completionCommands(program: Command): void {
  program
    .command("completion")
    .description("print the completion script of a shell: `source <(herald completion bash)`")
    .addArgument(new Argument("<shell>", "which shell").choices(Object.keys(SCRIPTS)))
    .action((shell: keyof typeof SCRIPTS) => void process.stdout.write(SCRIPTS[shell]));
  program
    .command("__complete [words...]", { hidden: true })
    .allowUnknownOption()
    .helpOption(false)
    .action((words: string[] = []) => say(completions(program, words).join("\n")));
}

/** What may stand in the place of the last word. */
function completions(program: Command, words: readonly string[]): string[] {
  const begun = words.at(-1) ?? "";
  let at = program;
  for (const word of words.slice(0, -1)) at = at.commands.find((command) => command.name() === word) ?? at;
  const names = at.commands.map((command) => command.name()).filter((name) => !name.startsWith("__"));
  const options = [...at.options, ...program.options].flatMap(({ long }) => long ?? []);
  return [...names, ...(begun.startsWith("-") ? options : [])].filter((choice) => choice.startsWith(begun)).sort();
}
