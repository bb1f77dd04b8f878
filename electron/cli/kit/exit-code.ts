export const EXIT = {
  done: 0,
  failed: 1,
  /** The command line cannot be understood; nothing was done. */
  misuse: 2,
  /** Done in part: a source that could not be read, a row that was refused, spend that was not read far enough to be judged. */
  partial: 3,
  /** A finding that the command line asked to fail on, or evidence that was changed. */
  found: 4,
  /** Evidence that holds together, signed by a key that the profile does not know. */
  unknownSigner: 5,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
