/** One record of a table of evidence, by field. Null: unknown, or not applicable. */
export type EvidenceRecord = Readonly<Record<string, string | number | boolean | null>>

/** A table of an evidence pack: a CSV and a JSON file of its name, with the same fields. */
export interface EvidenceTable {
  readonly name:
    | 'header'
    | 'population'
    | 'coverage'
    | 'rosters'
    | 'service-accounts'
    | 'items'
    | 'decisions'
    | 'closures'
    | 'changes-sent'
    | 'provider-log'
    | 'sign-off'
    | 'signers'
    | 'controls'
    | 'readings'
    | 'ended'
    | 'to-rotate'
    | 'workloads'
    | 'deposited-keys'
  readonly title: string
  /** What a reader has to know about it. */
  readonly about: string
  /** Every field, in the order of columns, with its heading. */
  readonly fields: Readonly<Record<string, string>>
}

/** A cell as text: the form of a value in a CSV and a Markdown file. */
export function evidenceCell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}
