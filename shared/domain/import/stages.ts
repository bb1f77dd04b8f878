import { nounFor } from '../counted.ts'

/** The stages of an import, in order; from `save` on it can no longer be cancelled. */
export const IMPORT_STAGES = ['read', 'compare', 'write', 'index', 'check', 'save'] as const
export type ImportStage = (typeof IMPORT_STAGES)[number]

/** The stage that an import has reached, and how many rows of the file it concerns: 0 while they are read. */
export interface ImportProgress {
  readonly stage: ImportStage
  readonly rows: number
}

const TEXTS: Readonly<Record<ImportStage, (rows: number, fileName: string) => string>> = {
  read: (_, fileName) => `Reading ${fileName}`,
  compare: (rows) => `Comparing ${inRows(rows)} with the register`,
  write: (rows) => `Writing ${inRows(rows)}`,
  index: () => 'Updating due days and the search',
  check: () => 'Checking the rules',
  save: () => 'Saving',
}

function inRows(count: number): string {
  return `${count.toLocaleString('en')} ${nounFor(count, 'row')}`
}

/** One stage in words: `Writing 2,000 rows`. */
export function stageText({ stage, rows }: ImportProgress, fileName: string): string {
  return TEXTS[stage](rows, fileName)
}
