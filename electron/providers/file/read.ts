import type { Fact } from '../../../shared/domain/facts.ts'
import type { SourceName } from '../../../shared/domain/source.ts'
import { openRun } from '../kit/run.ts'
import type { Reading, Sink } from '../kit/tally.ts'
import { grantFact, keyFact, limitFact, principalFacts, projectFact } from './facts.ts'
import { openFile } from './open.ts'
import type { FileContent } from './schema.ts'
import type { Access } from '../kit/calls.ts'
import type { Capability, TestReport } from '../kit/probe.ts'

/** One list of a file as a source of a sync; null rows: the file does not have the list. */
interface Part {
  readonly source: SourceName
  readonly list: string
  readonly rows: readonly Reading[] | null
}

const one = (id: string, facts: readonly Fact[]): Reading => ({ id, facts, left: [] })

function splitParts(file: FileContent): readonly Part[] {
  const { organization, platform, projects, principals, grants, keys, limits } = file
  const owners = new Map((principals ?? []).map((row) => [row.id, row]))
  const getLimits = (kind: 'spend' | 'rate'): Part['rows'] =>
    limits?.filter((row) => row.kind === kind).map((row) => one(row.id, [limitFact(row)])) ?? null
  return [
    {
      source: 'organization',
      list: 'organization',
      rows: [
        one(organization.id, [
          { type: 'organization', externalId: organization.id, name: organization.name ?? null, platform },
        ]),
      ],
    },
    { source: 'projects', list: 'projects', rows: projects?.map((row) => one(row.id, [projectFact(row)])) ?? null },
    { source: 'users', list: 'principals', rows: principals?.map((row) => one(row.id, principalFacts(row))) ?? null },
    {
      source: 'group-users',
      list: 'principals',
      rows:
        principals?.flatMap(({ id: group, members = [] }) =>
          members.map((member) => one(JSON.stringify([group, member]), [{ type: 'membership', group, member }])),
        ) ?? null,
    },
    {
      source: 'user-roles',
      list: 'grants',
      rows: grants?.map((row) => one(JSON.stringify([row.principal, row.project, row.role]), [grantFact(row)])) ?? null,
    },
    { source: 'keys', list: 'keys', rows: keys?.map((row) => one(row.id, [keyFact(row, owners)])) ?? null },
    { source: 'rate-limits', list: 'limits', rows: getLimits('rate') },
    { source: 'spend-limits', list: 'limits', rows: getLimits('spend') },
  ]
}

/**
 * Reads the file of a connection. It is checked to its last row before any fact is reported, so that a wrong one
 * changes nothing. Lists that it leaves out are not begun: their known facts are kept. Throws `FileRefused`.
 */
export async function readFileProvider(access: Access, sink: Sink, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const parts = splitParts(await openFile(access, signal))
  const run = openRun('file', access, sink, signal)
  for (const { source, rows } of parts) {
    if (rows === null) continue
    await run.source(source, null, (tally) => {
      tally.take(rows, (row) => row as Reading)
      return Promise.resolve()
    })
  }
}

/** Reports which lists the file of a connection has. Throws `FileRefused`. */
export async function testFileProvider(access: Access, signal: AbortSignal): Promise<TestReport> {
  signal.throwIfAborted()
  const file = await openFile(access, signal)
  const capabilities = splitParts(file).map(({ source, list, rows }): Capability =>
    rows === null
      ? { source, state: 'unavailable', reason: `The file leaves out "${list}".` }
      : { source, state: 'readable', reason: null },
  )
  const { id: externalId, name } = file.organization
  return { organization: { externalId, name: name ?? null }, capabilities, fault: null }
}
