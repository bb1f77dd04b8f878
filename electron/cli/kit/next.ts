import type { Field } from './listing.ts'
import type { Run } from './run.ts'

/** Words that a shell takes as they are. */
const PLAIN = /^[\w./:@=+-]+$/u

/** The profile that the command line names, if it names one. */
export type ProfileOption = Pick<Run, 'profileNamed'>

/** A command line that can be pasted: the words after `castellan`, in the profile that this command line names. */
export function formatCommand(words: readonly string[], { profileNamed }: ProfileOption): string {
  const all = [...words, ...(profileNamed === undefined ? [] : ['--profile', profileNamed])]
  return [
    'castellan',
    ...all.map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`)),
  ].join(' ')
}

/** The command that goes on with a row, in its last column. */
export function nextField<Row>(run: ProfileOption, words: (row: Row) => readonly string[]): Field<Row> {
  return {
    key: 'next',
    json: (row) => formatCommand(words(row), run),
    column: { title: 'Next', command: true },
  }
}
