import type { Inputs } from '../../../shared/contract/contract.ts'
import { IMPORT_FIELDS, type ImportKind, type ImportPlan, type ImportRow } from '../../../shared/contract/files.ts'
import { fieldLabel } from '../../../shared/domain/import/fields.ts'
import { capitalize } from '../../../shared/domain/capitalize.ts'
import { DEFAULT_PROVIDER, type CalledProviderId } from '../../../shared/domain/providers/providers.ts'
import type { Tone } from '../../ui/status.tsx'
import type { ChosenFile } from './choose-file.tsx'

export type ImportInput = Inputs['files']['plan']

/** The choices of a person who imports a file. */
export interface ImportChoice {
  /** Slug of the client; null until one is chosen. */
  readonly client: string | null
  readonly kind: ImportKind
  readonly file: ChosenFile | null
  /** Id of the connection that is imported into; null: a new one of the provider. */
  readonly connection: string | null
  readonly provider: CalledProviderId
  /** Null until it is chosen: a register is usually complete, and a CSV file is more often a part. */
  readonly complete: boolean | null
}

export const NO_CHOICE: ImportChoice = {
  client: null,
  kind: 'register',
  file: null,
  connection: null,
  provider: DEFAULT_PROVIDER,
  complete: null,
}

/** The input of a dry run and of the import; null until client and file are chosen. */
export function toImportInput(choice: ImportChoice, mapping: ImportInput['mapping']): ImportInput | null {
  const { client, kind, file, connection, provider, complete } = choice
  if (client === null || file === null) return null
  return {
    client,
    kind,
    fileName: file.name,
    content: file.content,
    provider,
    complete: complete ?? kind === 'register',
    ...(kind === 'register' || mapping === undefined ? {} : { mapping }),
    ...(kind === 'register' || connection === null ? {} : { connection: Number(connection) }),
  }
}

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
