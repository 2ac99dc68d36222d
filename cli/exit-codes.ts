/** How `herald` ends, so that scripts can tell. The same table stands in cli/README.md. */
export const exitCode = {
  done: 0,
  /** The platform or the machine could not do it. */
  failed: 1,
  /** The command was not written as it must be. */
  wrongCall: 2,
  /** `herald check`: the attempt may not be made now. */
  checkRefused: 3,
  /** Asked whether to go on, somebody said no, or nobody was there to ask. */
  declined: 4,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
