import { rmSync } from 'node:fs'
import { join } from 'node:path'

import Sqlite from 'better-sqlite3'

import { applyReading } from '../../electron/register/apply/apply.ts'
import { changesBetween, namedChanges } from '../../electron/register/changes/changes.ts'
import { type Register } from '../../electron/register/register.ts'
import { openRegister } from '../../electron/register/open.ts'
import type { Fact, GrantFact } from '../../shared/domain/facts.ts'
import { timeCommand } from './harness/command.ts'
import { race, timed } from './harness/measure.ts'
import { findPeers } from './harness/peers.ts'
import { type Bench, exactly, type Row, type Setting } from './harness/report.ts'
import { insertClient, insertConnection } from '../fixtures/decided-rows.ts'

/** Of a thousand grants, the ones that are removed, raised, or new in the second state: 2.4 % in all. */
const CHANGED = { removed: 8, raised: 16, added: 24 } as const

/** Times the time of `sqldiff`, at 100,000 grants. */
const PROMISED = 1.5

/** What changed between two syncs, beside a comparison of the same two states as SQLite files. */
export const changes: Bench = {
  name: 'changes',
  about: 'the net changes between two syncs of which one changed 2.4 % of the grants',
  run: async (setting) => {
    const { found, missing } = await findPeers(['sqldiff'])
    const rows: Row[] = []
    for (const size of setting.quick ? [100_000] : [100_000, 1_000_000]) {
      rows.push(...(await compare(setting, size, found.sqldiff)))
    }
    return {
      rows,
      missing,
      notes: [
        `Promised: at most ${PROMISED} times the time of \`sqldiff\` at 100,000 grants.`,
        'Ours reads an open, encrypted register with all its history, and names what changed; `sqldiff` opens two plain files of the grants alone and prints statements.',
      ],
    }
  },
}

async function compare(setting: Setting, size: number, sqldiff: string | undefined): Promise<readonly Row[]> {
  const path = join(setting.scratch, `changes-${size}.db`)
  setting.say(`changes: two syncs of ${size.toLocaleString('en')} grants`)
  const register = openRegister({ path, key: new Uint8Array(32).fill(7), now: Date.now })
  try {
    const first = fill(register, size)
    const [before, after] = (['before', 'after'] as const).map((side) => plainGrants(setting, size, side)) as [
      string,
      string,
    ]
    let reported = 0
    const ours = (): Promise<number> =>
      timed(() => {
        const { spans, changes: all } = changesBetween(register.reader, {}, { sync: first }, null)
        reported = namedChanges(register.reader, spans, all).length
      })
    const attempts = {
      ours,
      ...(sqldiff === undefined
        ? {}
        : {
            theirs: () =>
              timeCommand(sqldiff, ['--primarykey', before, after], { output: join(setting.scratch, 'diff.sql') }),
          }),
    }
    const samples = await race<'ours' | 'theirs'>(
      attempts as Record<'ours' | 'theirs', () => Promise<number>>,
      setting.runs,
    )
    const what = size.toLocaleString('en')
    const peer = sqldiff === undefined ? {} : { peer: { name: 'sqldiff', sample: samples.theirs } }
    return [
      { what: `changes among ${what} grants`, unit: 'ms', ours: samples.ours, ...peer },
      { what: `changes reported among ${what} grants`, unit: 'lines', ours: exactly(reported) },
    ]
  } finally {
    register.close()
    rmSync(path, { force: true })
  }
}

function toGrants(size: number, side: 'before' | 'after'): GrantFact[] {
  return Array.from({ length: size }, (_, n) => n).flatMap((n) => {
    const turn = n % 1000
    if (side === 'after' ? turn < CHANGED.removed : turn >= CHANGED.raised && turn < CHANGED.added) return []
    const raised = side === 'after' && turn >= CHANGED.removed && turn < CHANGED.raised
    const role = raised ? 'owner' : 'member'
    return {
      type: 'grant' as const,
      principal: `user-${Math.floor(n / 4)}`,
      project: `proj-${(Math.floor(n / 4) + (n % 4) * 37) % 400}`,
      roleRaw: role,
      level: role,
      impliedRoleRaw: null,
      impliedLevel: null,
      grantedAt: null,
    }
  })
}

/** Two syncs of one organization; gives the first. */
function fill(register: Register, size: number): number {
  const connectionId = register.transact((writer) => {
    const client = {
      slug: 'bench',
      name: 'Bench',
      kind: 'client',
      colour: '#117733',
      domains: [],
      notes: '',
      at: 0,
    } as const
    insertClient(writer, client)
    const clientId = writer.value<number>('SELECT id FROM client') ?? 0
    return insertConnection(writer, {
      clientId,
      provider: 'openai',
      label: 'Bench',
      baseUrl: null,
      access: 'read-only',
      at: 0,
    })
  })
  const [first = 0] = (['before', 'after'] as const).map(
    (side, n) =>
      register.transact((writer) => {
        const source = { source: 'project-users' as const, project: null }
        return applyReading(writer, {
          connectionId,
          origin: 'api',
          startedAt: n,
          finishedAt: n + 1,
          operator: 'bench',
          facts: [{ ...source, facts: toGrants(size, side) satisfies readonly Fact[] }],
          outcomes: [{ ...source, state: 'complete', expected: null, fetched: size, excluded: [], reason: null }],
        })
      }).syncId,
  )
  return first
}

/** The grants of a state as a plain SQLite file. */
function plainGrants(setting: Setting, size: number, side: 'before' | 'after'): string {
  const path = join(setting.scratch, `${side}-${size}.db`)
  const db = new Sqlite(path)
  db.exec(
    'CREATE TABLE grants (principal TEXT, project TEXT, role TEXT, PRIMARY KEY (principal, project)) WITHOUT ROWID',
  )
  const insert = db.prepare('INSERT INTO grants VALUES (?, ?, ?)')
  db.transaction(() => {
    for (const { principal, project, roleRaw } of toGrants(size, side)) insert.run(principal, project, roleRaw)
  })()
  db.close()
  return path
}
