import { IMPORT_FIELDS, type ImportKind, type ImportPlan, type ImportRow } from '../../../shared/contract/files.ts'
import { fieldLabel } from '../../../shared/domain/import/fields.ts'
import { capitalize } from '../../../shared/domain/capitalize.ts'
import type { Tone } from '../../ui/status.tsx'

export const KINDS: readonly { readonly value: ImportKind; readonly label: string; readonly about: string }[] = [
  {
    value: 'register',
    label: 'Register (Markdown)',
    about: 'A people table and a service-account table for each organization',
  },
  { value: 'people', label: 'People (CSV)', about: 'One person per line, with any column names' },
  { value: 'keys', label: 'Keys (CSV)', about: 'One key per line, with any column names; never the secret itself' },
  { value: 'service-accounts', label: 'Service accounts (CSV)', about: 'One account per line, with any column names' },
]

export function fieldChoices(kind: ImportKind): readonly { readonly value: string; readonly label: string }[] {
  if (kind === 'register') return []
  return IMPORT_FIELDS[kind].map((value) => {
    const label = fieldLabel(kind, value)
    return { value, label: capitalize(label) }
  })
}

/** A corrected mapping: the column fills the field, and no other column does. Null: the column is not used. */
export function remapped(
  mapping: ImportPlan['mapping'],
  column: string,
  field: string | null,
): Record<string, string | null> {
  const next: Record<string, string | null> = {}
  for (const [name, value] of Object.entries(mapping)) next[name] = value === field ? null : value
  next[column] = field
  return next
}

/** The most likely kind of a file, by its name. */
export function kindOfFile(fileName: string): ImportKind | null {
  if (/\.(?:md|markdown)$/iu.test(fileName)) return 'register'
  if (/(?:service|account)/iu.test(fileName)) return 'service-accounts'
  if (/key/iu.test(fileName)) return 'keys'
  return /(?:people|user|member)/iu.test(fileName) ? 'people' : null
}

const ACTIONS: Readonly<Record<ImportRow['action'], { readonly tone: Tone; readonly word: string }>> = {
  add: { tone: 'good', word: 'Added' },
  change: { tone: 'info', word: 'Changed' },
  same: { tone: 'quiet', word: 'Unchanged' },
  refuse: { tone: 'bad', word: 'Rejected' },
}

export function actionWord(action: ImportRow['action']): { readonly tone: Tone; readonly word: string } {
  return ACTIONS[action]
}
