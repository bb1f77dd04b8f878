/** Where a log of a team was when a document was written: its holder can show that the log was there. */
export interface Witness {
  /** The uid of its stream. */
  readonly log: string
  /** Of its last entry. */
  readonly position: number
  /** The head of the log after it, in hex. */
  readonly head: string
}

/** A witness as every document prints it. */
export function witnessText({ log, position, head }: Witness): string {
  return `log ${log} at position ${position}, head ${head}`
}

const PRINTED =
  /log (?<log>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) at position (?<position>\d{1,15}), head (?<head>[0-9a-f]{64})/gu

/** The witnesses that are printed in a text, in their order; one that is printed twice once. */
export function parseWitnesses(text: string): readonly Witness[] {
  const found = [...text.matchAll(PRINTED)].flatMap(({ groups }) =>
    groups === undefined
      ? []
      : [{ log: groups['log'] ?? '', position: Number(groups['position']), head: groups['head'] ?? '' }],
  )
  return [...new Map(found.map((witness) => [witnessText(witness), witness])).values()]
}

/** A witness with what its log is of. */
export interface LogWitness extends Witness {
  readonly of: 'decisions' | 'readings' | 'team'
}

/** The sentence about witnesses in a document about a client of a team; null where there is no team. */
export function witnessSentence(witnesses: readonly LogWitness[]): string | null {
  if (witnesses.length === 0) return null
  const ends = witnesses.map((witness) => `${witness.of}: ${witnessText(witness)}`)
  return `History of the team, which castellan team verify compares with this file: ${ends.join('; ')}.`
}
