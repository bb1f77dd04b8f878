import { formatRolePath, splitRolePath } from '../access/role-path.ts'
import { emptyCell } from './register-cells.ts'
import { isProjectRoleWord } from '../providers/roles.ts'

/** A project of a list, with the role that is held on it. */
export interface ListedProject {
  readonly name: string
  /** As `formatRolePath` writes it: `owner`, `member (by group Developers)`; null if it is the role of the row. */
  readonly role: string | null
}

/** The projects of a row: the listed ones, and all others if `all` is set. */
export interface ProjectList {
  readonly all: boolean
  readonly projects: readonly ListedProject[]
}

const NOTHING = /^[-–—]?$/u
const ALL = /^(?:all|all projects|all workspaces|\*)$/iu
const isReserved = (text: string): boolean => NOTHING.test(text) || ALL.test(text)

/**
 * A list of projects: `ChatBot (owner), Analytics (member by group Developers)`, in the order given, each once; `All`
 * if a role reaches every project, with the projects on which a role reaches further; `-` when empty. A role that
 * providers do not have by themselves is marked as one: `Search (role auditor)`.
 *
 * A comma or backslash in a text gets a backslash before it, and so does text that would be read as a role, as `All` or
 * as empty. Names without a visible character cannot be written and are left out: give the project's id instead.
 *
 * @example joinProjects({ all: false, projects: [{ name: 'Search, EU', role: null }] }) // 'Search\\, EU'
 */
export function joinProjects({ all, projects }: ProjectList): string {
  const entries = distinct(projects.map(({ name, role }) => ({ name: name.trim(), role: role?.trim() || null })))
  const listed = entries.map(entryCell)
  if (all) return ['All', ...listed].join(', ')
  const joined = listed.join(', ')
  if (joined === '') return emptyCell
  const [first, ...rest] = entries
  const readsAsAll = first?.role === null && ALL.test(first.name) && rest.every(({ role }) => role !== null)
  return readsAsAll || isReserved(joined) ? `\\${joined}` : joined
}

/**
 * Reads `joinProjects` back, and lists that people write: `all` in any case is every project. A backslash quotes a
 * comma, a backslash, a parenthesis, or text that would be read as `All` or as empty; elsewhere it is itself, as in
 * `CORP\search`.
 */
export function splitProjects(cell: string): ProjectList {
  const plain = cell.trim()
  if (NOTHING.test(plain)) return { all: false, projects: [] }
  const [first = '', ...rest] = splitAtCommas(plain)
  const others = rest.map(readEntry)
  if (ALL.test(first.trim()) && others.every(({ role }) => role !== null))
    return { all: true, projects: distinct(others) }
  const head = first.trim()
  const isQuoted = head.startsWith('\\') && (rest.length === 0 ? isReserved(head.slice(1)) : ALL.test(head.slice(1)))
  return { all: false, projects: distinct([readEntry(isQuoted ? head.slice(1) : head), ...others]) }
}

function distinct(projects: readonly ListedProject[]): ListedProject[] {
  const seen = new Map(projects.map((project) => [JSON.stringify([project.name, project.role]), project]))
  return [...seen.values()].filter(({ name }) => name !== '')
}

function entryCell({ name, role }: ListedProject): string {
  const suffix = role === null ? '' : ` (${quoted(roleWords(role))})`
  const plain = `${quoted(name)}${suffix}`
  return readEntry(plain).name === name ? plain : `${quoted(name).replaceAll(' (', String.raw` \(`)}${suffix}`
}

function readEntry(written: string): ListedProject {
  const text = written.trim()
  for (let at = text.indexOf(' ('); at !== -1 && text.endsWith(')'); at = text.indexOf(' (', at + 1)) {
    const role = readRole(unquoted(text.slice(at + 2, -1)))
    if (role !== null) return { name: unquoted(text.slice(0, at)).trim(), role }
  }
  return { name: unquoted(text).trim(), role: null }
}

function roleWords(role: string): string {
  const path = splitRolePath(role)
  const { role: word, group } = path.carriedBy === null ? path : { role, group: null }
  const marked = isProjectRoleWord(word) ? word : `role ${word}`
  return group === null ? marked : `${marked} by group ${group}`
}

/** Null for words that are not marked as a role and that no provider has for one. */
function readRole(words: string): string | null {
  const match = /^(role )?(\S.*?)(?: by group (\S.*))?$/su.exec(words.trim())
  const role = match?.[2] ?? ''
  if (role === '' || (match?.[1] === undefined && !isProjectRoleWord(role))) return null
  return formatRolePath({ role, group: match?.[3] ?? null, carriedBy: null })
}

function quoted(text: string): string {
  return text.replaceAll(/[\\,]/gu, String.raw`\$&`)
}

function unquoted(text: string): string {
  return text.replaceAll(/\\([\\,])|(?<= )\\(\()/gu, '$1$2')
}

/** The parts of a list, quoted as they are written. */
function splitAtCommas(text: string): string[] {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\' && /[\\,]/u.test(text[at + 1] ?? '')) at += 1
    else if (text[at] === ',') {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)]
}
