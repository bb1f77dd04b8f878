import { markdownCell, markdownHeading, markdownLine, markdownPerson } from './markdown-text.ts'
import type { RegisterClient, RegisterDocument, RegisterOrganization, RegisterScope } from './register-document.ts'
import type { PopulationLine, SnapshotLine } from './register-population.ts'
import type { RosterLine } from './register-roster.ts'

const PEOPLE = '| Person | Role | Projects | Last Review |\n|--------|------|----------|-------------|\n'
const ACCOUNTS = '| Account | Purpose | Key ID | Rotation Due |\n|---------|---------|--------|--------------|\n'
const SNAPSHOTS =
  '| Organization | Snapshot | Read From | State | Read (UTC) |\n|--------------|----------|-----------|-------|------------|\n'
const ROSTER =
  '| Organization | Account | Owner | Purpose | Credential | Last Rotation | Lifetime | Dependants |\n|--------------|---------|-------|---------|------------|---------------|----------|------------|\n'
const SOURCES =
  '| Organization | Source | State | Expected | Fetched | Excluded | Snapshot |\n|--------------|--------|-------|----------|---------|----------|----------|\n'

/**
 * The register in GitHub-flavoured Markdown, piece by piece; the pieces joined are the file. Cells are not padded, so
 * that one changed grant changes one line. A population block closes each section, with the roster of the
 * service accounts: it is about what providers report, and is not imported.
 */
export function* registerMarkdown(document: RegisterDocument): Generator<string> {
  let client: RegisterClient | null = null
  let population: Population[] = []
  for (const organization of document.organizations) {
    if (client?.slug !== organization.client.slug) {
      if (client !== null) yield `${populationBlock(population, document, client)}\n`
      client = organization.client
      population = []
      yield `${markdownHeading(2, `${document.title}: ${client.name}`)}\n\n`
    }
    yield* tables(organization, population.length === 0)
    population.push({
      heading: organization.heading,
      roster: organization.roster,
      snapshot: organization.snapshot,
      lines: organization.population,
    })
  }
  if (client === null) yield `${markdownHeading(2, emptyTitle(document))}\n\n`
  yield populationBlock(population, document, client)
}

function emptyTitle({ title, scope }: RegisterDocument): string {
  return scope.client === null ? title : `${title}: ${scope.client.name}`
}

interface Population {
  readonly heading: string
  readonly roster: readonly RosterLine[]
  readonly snapshot: SnapshotLine
  readonly lines: readonly PopulationLine[]
}

/** Rows are passed on in blocks: a piece for each row would cost more than making it. */
const ROWS_PER_PIECE = 500

function* tables(organization: RegisterOrganization, isFirst: boolean): Generator<string> {
  yield `${markdownHeading(3, organization.heading)}\n\n${PEOPLE}`
  yield* rows(organization.people, (p) => `| ${markdownPerson(p.person)} ${row([p.role, p.projects, p.lastReview])}`)
  // Only the first of a client has the short heading, so that no heading is there twice.
  const accounts = isFirst ? 'Service Accounts' : `Service Accounts of ${organization.heading}`
  yield `\n${markdownHeading(3, accounts)}\n\n${ACCOUNTS}`
  yield* rows(organization.accounts, (a) => row([a.account, a.purpose, a.keyId, a.rotationDue]))
  yield '\n'
}

function* rows<T>(items: readonly T[], print: (item: T) => string): Generator<string> {
  let piece = ''
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at]
    if (item !== undefined) piece += print(item)
    if (at % ROWS_PER_PIECE === ROWS_PER_PIECE - 1) {
      yield piece
      piece = ''
    }
  }
  if (piece !== '') yield piece
}

function row(cells: readonly string[]): string {
  let line = '|'
  for (const cell of cells) line += ` ${markdownCell(cell)} |`
  return `${line}\n`
}

/**
 * The lists that were read, so that a reader can judge whether the register is complete. A new sync that changes
 * nothing changes one line for each organization, since sources name the newest snapshot as `latest`.
 */
function populationBlock(
  population: readonly Population[],
  { scope, describeHistory }: Pick<RegisterDocument, 'scope' | 'describeHistory'>,
  client: RegisterClient | null,
): string {
  const history = client === null ? null : (describeHistory?.(client) ?? null)
  const parts = ['### Population\n', `${markdownLine(scopeSentence(scope, client))}\n`]
  if (population.length > 0) {
    const snapshots = population.map(({ heading, snapshot: s }) =>
      row([heading, s.snapshot, s.readFrom, s.state, s.readAt]),
    )
    const sources = population.flatMap(({ heading, lines }) =>
      lines.map((l) => row([heading, l.source, l.state, l.expected, l.fetched, l.excluded, l.snapshot])),
    )
    parts.push(`${SNAPSHOTS}${snapshots.join('')}`)
    if (sources.length > 0) parts.push(`${SOURCES}${sources.join('')}`)
    const accounts = population.flatMap(({ heading, roster }) =>
      roster.map((a) =>
        row([heading, a.account, a.owner, a.purpose, a.credential, a.lastRotation, a.lifetime, a.dependants]),
      ),
    )
    // Below the heading of the population, so that an import leaves it out.
    if (accounts.length > 0) parts.push('#### Non-Human Identities\n', `${ROSTER}${accounts.join('')}`)
  }
  // In the section that an import leaves out.
  if (history !== null) parts.push(`${markdownLine(history)}\n`)
  return parts.join('\n')
}

function scopeSentence(scope: RegisterScope, client: RegisterClient | null): string {
  const named = client ?? scope.client
  const of = named === null ? 'all clients' : `client ${named.name} (${named.slug})`
  const only = scope.connection === null ? '' : `, connection ${scope.connection} only`
  const contents =
    client === null
      ? 'It contains no connection.'
      : 'Pending invites are marked as invited. Expired invites, and keys that are archived or expired, are left out.'
  return `Scope: ${of}${only}. ${contents}`
}
