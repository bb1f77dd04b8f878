import { findProviderId } from '../providers/providers.ts'
import { plainHeading, type Field } from './fields.ts'
import type { Mapping } from './match-columns.ts'
import { looksSecret } from '../secrets/find-secrets.ts'
import type { SourceTable } from './table.ts'

/** The parts of a Markdown document that matter for a register: headings and tables, in order, as plain text. */
export type Block =
  | { readonly kind: 'heading'; readonly line: number; readonly depth: number; readonly text: string }
  | { readonly kind: 'table'; readonly line: number; readonly table: SourceTable }

export interface RegisterSection {
  readonly line: number
  /** The client in the register's title, as in a register of several clients; null without one. */
  readonly client: string | null
  /** As written: `OpenAI (org-acme-corp)`. */
  readonly heading: string
  /** The provider's id if its name is known, else the word itself. */
  readonly provider: string
  readonly organizationId: string | null
  readonly people: readonly SourceTable[]
  readonly serviceAccounts: readonly SourceTable[]
}

export interface RegisterProblem {
  readonly line: number
  readonly reason: string
}

export interface RegisterDocument {
  readonly sections: readonly RegisterSection[]
  /** Problems that prevent the whole file from being read. */
  readonly problems: readonly RegisterProblem[]
  readonly notices: readonly string[]
}

/** The columns of the two tables, in the layout of an exported register. */
export const PEOPLE_COLUMNS = ['Person', 'Role', 'Projects', 'Last Review'] as const
export const SERVICE_ACCOUNT_COLUMNS = ['Account', 'Purpose', 'Key ID', 'Rotation Due'] as const

const FIELD_OF: ReadonlyMap<string, Field> = new Map([
  ['person', 'name'],
  ['role', 'role'],
  ['projects', 'projects'],
  ['lastreview', 'lastReview'],
  ['account', 'account'],
  ['purpose', 'purpose'],
  ['keyid', 'keyId'],
  ['rotationdue', 'rotationDue'],
])

/** The headings of a register define its columns, whatever their content. */
export function registerMapping(table: SourceTable): Mapping {
  return Object.fromEntries(table.columns.map((column) => [column, FIELD_OF.get(plainHeading(column)) ?? null]))
}

const LAYOUT = `A register has a heading such as “### OpenAI (org-acme-corp)” with a table “${PEOPLE_COLUMNS.join(' | ')}”, then “### Service Accounts” with a table “${SERVICE_ACCOUNT_COLUMNS.join(' | ')}”.`

const TITLE = /^AI Platform Access Register(?::\s*(.+))?$/isu
const SERVICE_ACCOUNTS = 'serviceaccounts'
const POPULATION = 'population'

interface OpenSection extends RegisterSection {
  readonly people: SourceTable[]
  readonly serviceAccounts: SourceTable[]
}

/**
 * Reads the blocks of a document as a register: each organization is a heading with its people, and the service
 * accounts after it belong to it. A closing population section is recognized and left out; it is about the export
 * itself.
 */
export function readRegisterDocument(blocks: readonly Block[]): RegisterDocument {
  const sections: OpenSection[] = []
  const problems: RegisterProblem[] = []
  const notices: string[] = []
  let section: OpenSection | null = null
  let skipped: { readonly depth: number } | null = null
  let client: string | null = null
  for (const block of blocks) {
    if (block.kind === 'heading') {
      if (skipped !== null && block.depth > skipped.depth) continue
      const plain = plainHeading(block.text)
      skipped = plain === POPULATION ? { depth: block.depth } : null
      if (skipped !== null || plain === SERVICE_ACCOUNTS || /^service accounts of /iu.test(block.text.trim())) continue
      const title = TITLE.exec(block.text.trim())
      if (title) {
        client = title[1]?.trim() ?? null
        section = null
        continue
      }
      if (looksSecret(block.text)) {
        problems.push({
          line: block.line,
          reason: 'The heading contains what looks like a complete secret key. Remove it.',
        })
        section = null
        continue
      }
      section = openSection(block.text, block.line, client)
      sections.push(section)
    } else if (skipped === null) {
      const placed = placeTable(block.table, section)
      if (placed.problem !== null) problems.push({ line: block.line, reason: placed.problem })
      if (placed.notice !== null) notices.push(placed.notice)
    }
  }
  const filled = sections.filter((s) => s.people.length + s.serviceAccounts.length > 0)
  for (const empty of sections.filter((s) => s.people.length + s.serviceAccounts.length === 0)) {
    notices.push(`Line ${empty.line}: the section “${short(empty.heading)}” contains no table and was left out.`)
  }
  if (filled.length === 0 && problems.length === 0) {
    problems.push({ line: 1, reason: `No organization with a table was found. ${LAYOUT}` })
  }
  return { sections: merged(filled), problems, notices: [...notices, ...filled.flatMap(extraColumns)] }
}

function openSection(heading: string, line: number, client: string | null): OpenSection {
  const match = /^([^(]*[^\s(])\s*\((.*)\)$/su.exec(heading.trim())
  const word = (match?.[1] ?? heading).trim()
  const organization = match?.[2]?.trim() ?? ''
  return {
    line,
    client,
    heading: heading.trim(),
    provider: findProviderId(word) ?? word,
    organizationId: organization === '' || organization === '-' ? null : organization,
    people: [],
    serviceAccounts: [],
  }
}

interface TablePlacement {
  readonly problem: string | null
  readonly notice: string | null
}

/** Assigns a table to its section; reports why when it cannot. Other tables are not part of the register. */
function placeTable(table: SourceTable, section: OpenSection | null): TablePlacement {
  const columns = new Set(table.columns.map(plainHeading))
  const missing = (wanted: readonly string[]): string[] => wanted.filter((name) => !columns.has(plainHeading(name)))
  const noPeople = missing(PEOPLE_COLUMNS)
  const noAccounts = missing(SERVICE_ACCOUNT_COLUMNS)
  if (noPeople.length === PEOPLE_COLUMNS.length && noAccounts.length === SERVICE_ACCOUNT_COLUMNS.length) {
    return { problem: null, notice: `Line ${table.line}: a table of neither people nor service accounts was left out.` }
  }
  const isPeople = noPeople.length < noAccounts.length
  const lacking = isPeople ? noPeople : noAccounts
  if (lacking.length > 0) {
    const what = isPeople ? 'people' : 'service accounts'
    return { problem: `The table of ${what} has no column ${lacking.join(', ')}. ${LAYOUT}`, notice: null }
  }
  if (section === null) return { problem: `The table is not below an organization. ${LAYOUT}`, notice: null }
  ;(isPeople ? section.people : section.serviceAccounts).push(table)
  return { problem: null, notice: null }
}

function extraColumns(section: RegisterSection): string[] {
  const known = new Set([...PEOPLE_COLUMNS, ...SERVICE_ACCOUNT_COLUMNS].map(plainHeading))
  return [...section.people, ...section.serviceAccounts].flatMap((table) => {
    const extra = table.columns.filter((column) => !known.has(plainHeading(column)) && !looksSecret(column))
    return extra.length === 0
      ? []
      : [`Line ${table.line}: not part of a register and left out: ${extra.map((c) => `“${short(c)}”`).join(', ')}.`]
  })
}

/** One section for each organization, also when the file contains it twice. */
function merged(sections: readonly OpenSection[]): RegisterSection[] {
  const byTarget = Map.groupBy(sections, (s) => JSON.stringify([s.client, s.provider, s.organizationId ?? s.heading]))
  return [...byTarget.values()].flatMap((parts) => {
    const [first] = parts
    return first === undefined
      ? []
      : [
          {
            ...first,
            people: parts.flatMap((part) => part.people),
            serviceAccounts: parts.flatMap((part) => part.serviceAccounts),
          },
        ]
  })
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
