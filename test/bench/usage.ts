import { rmSync } from 'node:fs'
import { join } from 'node:path'

import type { Writer } from '../../electron/register/db/handles.ts'
import { type Register } from '../../electron/register/register.ts'
import { usageBy, type UsageMonths } from '../../electron/register/usage/by.ts'
import { usageMatrix } from '../../electron/register/usage/matrix.ts'
import { monthNumber } from '../../shared/domain/usage/rollups.ts'
import { toCommand } from './harness/castellan.ts'
import { timeCommand } from './harness/command.ts'
import { type DuckDb, installDuckDb, startDuckDb } from './harness/duckdb.ts'
import { type Attempt, race, type Sample, toSample, timed } from './harness/measure.ts'
import { spend } from './harness/memory.ts'
import { findPeers } from './harness/peers.ts'
import { newProfile, NO_KEYCHAIN, openProfile } from './harness/profile.ts'
import { type Postgres, startPostgres } from '../postgres/server.ts'
import { type Bench, exactly, type Report, type Row, type Setting } from './harness/report.ts'
import { COLUMNS, writeUsageRecords } from './usage-records.ts'
import { insertClient } from '../fixtures/decided-rows.ts'

const LARGEST = 5_000_000
const SIZES = [500_000, 1_000_000, LARGEST] as const
const QUICK = [100_000] as const

const MONTH = '2026-10'

/** Milliseconds for the most expensive projects of a month. */
const TOP_MS = 5

/** What the same file and the same questions are given to. */
interface Peers {
  readonly sqlite3: string | undefined
  readonly postgres: Postgres | null
  readonly duckDb: DuckDb | null
}

/** Usage records imported and queried, beside what people would load them into. */
export const usage: Bench = {
  name: 'usage',
  about: 'usage records imported and queried, beside sqlite3, DuckDB and PostgreSQL',
  run: async (setting) => {
    const rows: Row[] = []
    const notes: string[] = []
    const { found, missing } = await findPeers(['sqlite3', 'time'])
    const folder = join(setting.cache, 'duckdb')
    setting.say('usage: starting PostgreSQL and DuckDB')
    const duckDb = await startDuckDb(folder)
    const postgres = await startPostgres({ settings: ['shared_buffers=512MB', 'work_mem=128MB'] })
    try {
      for (const count of setting.quick ? QUICK : SIZES) {
        const of = await measure(setting, count, { sqlite3: found.sqlite3, postgres, duckDb })
        rows.push(...of.rows)
        notes.push(...of.notes)
      }
    } finally {
      duckDb?.close()
      await postgres?.stop()
    }
    return {
      rows,
      missing: [
        ...missing,
        ...(duckDb === null ? [{ name: 'duckdb', install: installDuckDb(folder) }] : []),
        ...(postgres === null ? [{ name: 'postgresql', install: 'apt-get install postgresql' }] : []),
      ],
      notes: [
        'Ours is the built command in a process of its own, its start included. It checks every row, counts each request once, and keeps sums by day and month from fourteen sides, in an encrypted file: it does more than `.import` and `COPY`, which only store.',
        'DuckDB holds the raw rows in the memory of this process, in order of time, and uses all cores; its rows are read into JavaScript as ours are. PostgreSQL answers from the raw rows with an index on the time, warm; then from a materialized view of the same grain as ours, which it does not keep up to date by itself.',
        ...notes,
      ],
    }
  },
}

async function measure(setting: Setting, count: number, peers: Peers): Promise<Pick<Report, 'rows' | 'notes'>> {
  const { sqlite3, postgres } = peers
  const csv = join(setting.scratch, `usage-${count}.csv`)
  const of = `${count.toLocaleString('en')} records`
  setting.say(`usage: writing ${of}`)
  await writeUsageRecords(csv, count)
  const profile = join(setting.scratch, 'usage')
  const bare = join(setting.scratch, 'bare.db')
  const peaks: number[] = []
  const importOurs: Attempt = async () => {
    await newProfile(profile, (register) => register.transact(addClient))
    const args = [...toCommand(setting.root), 'usage', 'import', csv, '--client', 'acme', '--profile', profile]
    const { ms, megabytes } = await spend(process.execPath, args, { env: NO_KEYCHAIN })
    peaks.push(megabytes)
    return ms
  }
  setting.say(`usage: importing ${of}`)
  const samples = await race<string>(
    {
      ours: importOurs,
      ...(sqlite3 === undefined
        ? {}
        : {
            sqlite3: () => {
              rmSync(bare, { force: true })
              return timeCommand(sqlite3, [bare, '.mode csv', `.import ${csv} usage`])
            },
          }),
      ...(postgres === null
        ? {}
        : {
            postgres: async () => {
              await postgres.sql(`DROP TABLE IF EXISTS usage CASCADE; CREATE TABLE usage (${TYPED})`)
              return postgres.copyIn('COPY usage FROM STDIN WITH (FORMAT csv, HEADER)', csv)
            },
          }),
    },
    count === LARGEST ? 2 : 3,
  )
  const ours = samples['ours']!
  const what = `${of}: imported`
  const isLargest = count === LARGEST
  const grows = { size: count, by: 'records' }
  const floor = (name: string, sample: Sample | undefined): readonly Row[] =>
    sample === undefined ? [] : [{ what, unit: 'ms', ours, peer: { name, sample }, isFloor: true }]
  const [first, ...more] = [
    ...floor('sqlite3 .import (stores only)', samples['sqlite3']),
    ...floor('PostgreSQL COPY (stores only)', samples['postgres']),
  ]
  const register = openProfile(profile)
  try {
    const rows: Row[] = [
      {
        ...(first ?? { what, unit: 'ms', ours }),
        growth: { work: 'import of usage', ...grows },
        ...(isLargest ? { target: 'import-usage-time' } : {}),
      },
      ...more,
      {
        what: `${of}: most memory of the process that imports them`,
        unit: 'MB',
        ours: toSample(peaks),
        growth: { work: 'import of usage, memory', ...grows },
        ...(isLargest ? { target: 'import-usage-memory' } : {}),
      },
      ...(await questions(setting, count, { ...peers, csv, register })),
    ]
    const perSecond = Math.round((count / ours.median) * 1000)
    return { rows, notes: [`${of}: ${perSecond.toLocaleString('en')} rows a second.`] }
  } finally {
    register.close()
    rmSync(csv)
  }
}

const TYPED = COLUMNS.split(',')
  .map(
    (column) =>
      `${column} ${column === 'timestamp' ? 'timestamptz' : column.endsWith('tokens') ? 'bigint' : column === 'cost_estimate' ? 'numeric' : 'text'}`,
  )
  .join(', ')

function addClient(writer: Writer): void {
  insertClient(writer, {
    slug: 'acme',
    name: 'Acme',
    kind: 'client',
    colour: '#117733',
    domains: [],
    notes: '',
    at: Date.now(),
  })
}

const IN_MONTH = `timestamp >= '2026-10-01 00:00:00+00' AND timestamp < '2026-11-01 00:00:00+00'`
const TOP = `SELECT project_id, sum(cost_estimate) FROM usage WHERE ${IN_MONTH} GROUP BY 1 ORDER BY 2 DESC LIMIT 20`
const PAIRS = `SELECT api_key_id, model, sum(cost_estimate) FROM usage WHERE ${IN_MONTH} GROUP BY 1, 2 ORDER BY 3 DESC`

const GROWING = { top: 'the 20 most expensive projects of a month', pairs: 'key × model of a month' } as const

interface Asked extends Peers {
  readonly csv: string
  readonly register: Register
}

async function questions(setting: Setting, count: number, asked: Asked): Promise<Row[]> {
  const { register, duckDb, postgres, csv } = asked
  const of = `${count.toLocaleString('en')} records`
  const month = monthNumber(MONTH) ?? 0
  const span: UsageMonths = { source: 'claimed', over: 'month', from: month, to: month }
  setting.say(`usage: asking about ${of}`)
  await duckDb?.run(
    `SET TimeZone = 'UTC'; CREATE OR REPLACE TABLE usage AS SELECT * FROM read_csv('${csv}', types = {'cost_estimate': 'DECIMAL(18, 6)'})`,
  )
  await postgres?.sql(
    `CREATE INDEX ON usage (timestamp); CREATE MATERIALIZED VIEW month AS
       SELECT date_trunc('month', timestamp AT TIME ZONE 'UTC') AS month, project_id, api_key_id, model, sum(cost_estimate) AS cost
       FROM usage GROUP BY 1, 2, 3, 4; CREATE INDEX ON month (month); ANALYZE`,
  )
  const inView = (columns: string, rest: string): string =>
    `SELECT ${columns}, sum(cost) FROM month WHERE month = '2026-10-01' GROUP BY ${rest}`
  const samples = await race<string>(
    {
      top: () => timed(() => usageBy(register.reader, span, 'project').slice(0, 20)),
      pairs: () => timed(() => usageMatrix(register.reader, span, 'key-model')),
      ...(duckDb === null
        ? {}
        : {
            'top, DuckDB in memory': () => duckDb.timed(TOP),
            'pairs, DuckDB in memory': () => duckDb.timed(PAIRS),
            'pairs, DuckDB in memory, rows not read': () => duckDb.timedUnread(PAIRS),
          }),
      ...(postgres === null
        ? {}
        : {
            'top, PostgreSQL, raw rows': () => postgres.timed(TOP),
            'top, PostgreSQL, materialized view': () =>
              postgres.timed(inView('project_id', '1 ORDER BY 2 DESC LIMIT 20')),
            'pairs, PostgreSQL, raw rows': () => postgres.timed(PAIRS),
            'pairs, PostgreSQL, materialized view': () =>
              postgres.timed(inView('api_key_id, model', '1, 2 ORDER BY 3 DESC')),
          }),
    },
    setting.runs,
  )
  const compare = (
    question: 'top' | 'pairs',
    row: Omit<Row, 'unit' | 'ours'>,
    target: Row['target'],
  ): readonly Row[] => {
    const peers = Object.entries(samples).filter(([name]) => name.startsWith(`${question}, `))
    const alone = { ...row, unit: 'ms' as const, ours: samples[question]! }
    const growth = { work: GROWING[question], size: count, by: 'records' }
    if (peers.length === 0) return [{ ...alone, growth }]
    return peers.map(([name, sample], n) => {
      const peer = { name: name.slice(question.length + 2), sample }
      const isPromised = peer.name === 'DuckDB in memory' && target !== undefined
      return { ...alone, peer, ...(isPromised ? { target } : {}), ...(n === 0 ? { growth } : {}) }
    })
  }
  const isLargest = count === LARGEST
  return [
    ...compare(
      'top',
      { what: `${of}: 20 most expensive projects of a month`, limit: TOP_MS },
      isLargest ? 'top-20' : undefined,
    ),
    ...compare('pairs', { what: `${of}: key × model of a month` }, isLargest ? 'key-model' : undefined),
    ...(postgres === null
      ? []
      : [
          {
            what: `${of}: sums that differ from PostgreSQL’s, to the micro-dollar`,
            unit: 'lines' as const,
            ours: exactly(await differ(register, span, postgres)),
          },
        ]),
  ]
}

/** The number of projects of the month, and pairs of key and model, whose sum differs from that of PostgreSQL. */
async function differ(register: Register, span: UsageMonths, postgres: Postgres): Promise<number> {
  const reported = async (statement: string): Promise<Map<string, number>> =>
    new Map(
      (await postgres.sql(statement))
        .trim()
        .split('\n')
        .map((line) => {
          const cells = line.split('|')
          return [cells.slice(0, -1).join(' '), Math.round(Number(cells.at(-1)) * 1e6)]
        }),
    )
  const projects = await reported(TOP.replace(' LIMIT 20', ''))
  const pairs = await reported(PAIRS)
  const ours = [
    ...usageBy(register.reader, span, 'project').map(({ name, cost }) => projects.get(name ?? '') === cost),
    ...usageMatrix(register.reader, span, 'key-model').cells.map(
      ({ row, column, cost }) => pairs.get(`${row} ${column}`) === cost,
    ),
  ]
  return ours.filter((same) => !same).length + Math.abs(ours.length - projects.size - pairs.size)
}
