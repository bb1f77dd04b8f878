import { rmSync } from 'node:fs'
import { join } from 'node:path'

import { insertClient } from '../../electron/register/clients/client.ts'
import { type Register } from '../../electron/register/register.ts'
import { openRegister } from '../../electron/register/open.ts'
import { usageBy, type UsageSpan } from '../../electron/register/usage/by.ts'
import { usageMatrix } from '../../electron/register/usage/matrix.ts'
import { importUsage } from '../../electron/service/usage/import.ts'
import { monthNumber } from '../../shared/domain/usage/rollups.ts'
import { timeCommand } from './harness/command.ts'
import { type Attempt, race, toSample, timed } from './harness/measure.ts'
import { findPeers } from './harness/peers.ts'
import { type Postgres, startPostgres } from '../postgres/server.ts'
import { type Bench, exactly, type Report, type Row, type Setting } from './harness/report.ts'
import { COLUMNS, writeUsageRecords } from './usage-records.ts'

const SIZES = [1_000_000, 5_000_000] as const
const QUICK = [100_000] as const

const MONTH = '2026-10'
const NOW = Date.UTC(2026, 10, 24)

/** Milliseconds for the most expensive projects of a month. */
const TOP_MS = 5
/** Rows a second, and how much longer than a bare import it may take. */
const ROWS_PER_SECOND = 150_000

/** Usage records imported and queried, beside what people would load them into. */
export const usage: Bench = {
  name: 'usage',
  about: 'usage records imported and queried, beside sqlite3 and PostgreSQL',
  run: async (setting) => {
    const rows: Row[] = []
    const notes: string[] = []
    const { found, missing } = await findPeers(['sqlite3'])
    setting.say('usage: starting PostgreSQL')
    const postgres = await startPostgres({ settings: ['shared_buffers=512MB', 'work_mem=128MB'] })
    try {
      for (const count of setting.quick ? QUICK : SIZES) {
        const of = await measure(setting, count, found.sqlite3, postgres)
        rows.push(...of.rows)
        notes.push(...of.notes)
      }
    } finally {
      await postgres?.stop()
    }
    return {
      rows,
      missing: [
        ...missing,
        ...(postgres === null ? [{ name: 'postgresql', install: 'apt-get install postgresql' }] : []),
      ],
      notes: [
        'Ours checks every row, counts each request once, and keeps sums by day and month from fourteen sides, in an encrypted file: it does more than `.import` and `COPY`, which only store, and is slower than both by design.',
        'PostgreSQL answers from the raw rows with an index on the time, warm; then from a materialized view of the same grain as ours, which it does not keep up to date by itself.',
        ...notes,
      ],
    }
  },
}

async function measure(
  setting: Setting,
  count: number,
  sqlite3: string | undefined,
  postgres: Postgres | null,
): Promise<Pick<Report, 'rows' | 'notes'>> {
  const csv = join(setting.scratch, `usage-${count}.csv`)
  const of = `${count.toLocaleString('en')} records`
  setting.say(`usage: writing ${of}`)
  await writeUsageRecords(csv, count)
  const path = join(setting.scratch, `usage-${count}.db`)
  const bare = join(setting.scratch, 'bare.db')
  let register: Register | null = null
  const peaks: number[] = []
  const ingest: Attempt = async () => {
    register?.close()
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
    const fresh = openWithClient(path)
    register = fresh
    return timed(async () => peaks.push(await take(fresh, csv)))
  }
  setting.say(`usage: taking ${of} in`)
  const samples = await race<string>(
    {
      ours: ingest,
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
    Math.min(setting.runs, 3),
  )
  const held = register as Register | null
  if (held === null) throw new Error('The register was not changed.')
  const ours = samples['ours']!
  const perSecond = (ms: number): number => Math.round((count / ms) * 1000)
  const rows: Row[] = [
    {
      what: `${of}: imported, checked, counted once, added up`,
      unit: 'ms',
      ours,
      limit: Math.round((count / ROWS_PER_SECOND) * 1000),
    },
    ...(samples['sqlite3']
      ? [
          {
            what: `${of}: imported`,
            unit: 'ms' as const,
            ours,
            peer: { name: 'sqlite3 .import (stores only)', sample: samples['sqlite3'] },
            isFloor: true,
          },
        ]
      : []),
    ...(samples['postgres']
      ? [
          {
            what: `${of}: imported`,
            unit: 'ms' as const,
            ours,
            peer: { name: 'PostgreSQL COPY (stores only)', sample: samples['postgres'] },
            isFloor: true,
          },
        ]
      : []),
    { what: `${of}: most memory of the process that imports them`, unit: 'MB', ours: toSample(peaks) },
    ...(await questions(setting, of, held, postgres)),
  ]
  held.close()
  return { rows, notes: [`${of}: ${perSecond(ours.median).toLocaleString('en')} rows a second.`] }
}

const TYPED = COLUMNS.split(',')
  .map(
    (column) =>
      `${column} ${column === 'timestamp' ? 'timestamptz' : column.endsWith('tokens') ? 'bigint' : column === 'cost_estimate' ? 'numeric' : 'text'}`,
  )
  .join(', ')

function openWithClient(path: string): Register {
  const register = openRegister({ path, key: new Uint8Array(32).fill(5), now: () => NOW })
  register.transact((writer) =>
    insertClient(writer, {
      slug: 'acme',
      name: 'Acme',
      kind: 'client',
      colour: '#117733',
      domains: [],
      notes: '',
      at: NOW,
    }),
  )
  return register
}

/** Imports a file. Returns the peak memory of the import, in MB. */
async function take(register: Register, csv: string): Promise<number> {
  let peak = 0
  const options = { register, clientId: 1, client: 'acme', path: csv, operator: 'bench', now: () => NOW }
  for await (const _ of importUsage(options, new AbortController().signal)) {
    peak = Math.max(peak, process.memoryUsage().rss)
  }
  return Math.round(peak / 1e6)
}

const IN_MONTH = `timestamp >= '2026-10-01Z' AND timestamp < '2026-11-01Z'`
const TOP = `SELECT project_id, sum(cost_estimate) FROM usage WHERE ${IN_MONTH} GROUP BY 1 ORDER BY 2 DESC LIMIT 20`
const PAIRS = `SELECT api_key_id, model, sum(cost_estimate) FROM usage WHERE ${IN_MONTH} GROUP BY 1, 2 ORDER BY 3 DESC`

async function questions(setting: Setting, of: string, register: Register, postgres: Postgres | null): Promise<Row[]> {
  const month = monthNumber(MONTH) ?? 0
  const span: UsageSpan = { source: 'claimed', fromMonth: month, toMonth: month }
  setting.say(`usage: asking about ${of}`)
  const top = (): Promise<number> => timed(() => usageBy(register.reader, span, 'project').slice(0, 20))
  const pairs = (): Promise<number> => timed(() => usageMatrix(register.reader, span, 'key-model'))
  if (postgres === null) {
    const alone = await race({ top, pairs }, setting.runs)
    return [
      { what: `${of}: 20 most expensive projects of a month`, unit: 'ms', ours: alone.top, limit: TOP_MS },
      { what: `${of}: key × model of a month`, unit: 'ms', ours: alone.pairs },
    ]
  }
  await postgres.sql(
    `CREATE INDEX ON usage (timestamp); CREATE MATERIALIZED VIEW month AS
       SELECT date_trunc('month', timestamp AT TIME ZONE 'UTC') AS month, project_id, api_key_id, model, sum(cost_estimate) AS cost
       FROM usage GROUP BY 1, 2, 3, 4; CREATE INDEX ON month (month); ANALYZE`,
  )
  const view = (columns: string, rest: string): string =>
    `SELECT ${columns}, sum(cost) FROM month WHERE month = '2026-10-01' GROUP BY ${rest}`
  const samples = await race(
    {
      top,
      rawTop: () => postgres.timed(TOP),
      viewTop: () => postgres.timed(view('project_id', '1 ORDER BY 2 DESC LIMIT 20')),
      pairs,
      rawPairs: () => postgres.timed(PAIRS),
      viewPairs: () => postgres.timed(view('api_key_id, model', '1, 2 ORDER BY 3 DESC')),
    },
    setting.runs,
  )
  const differences = await differ(register, span, postgres)
  const peer = (name: string, sample: Row['ours']): NonNullable<Row['peer']> => ({ name, sample })
  return [
    {
      what: `${of}: 20 most expensive projects of a month`,
      unit: 'ms',
      ours: samples.top,
      peer: peer('PostgreSQL, raw rows', samples.rawTop),
      limit: TOP_MS,
    },
    {
      what: `${of}: 20 most expensive projects of a month`,
      unit: 'ms',
      ours: samples.top,
      peer: peer('PostgreSQL, materialized view', samples.viewTop),
    },
    {
      what: `${of}: key × model of a month`,
      unit: 'ms',
      ours: samples.pairs,
      peer: peer('PostgreSQL, raw rows', samples.rawPairs),
    },
    {
      what: `${of}: key × model of a month`,
      unit: 'ms',
      ours: samples.pairs,
      peer: peer('PostgreSQL, materialized view', samples.viewPairs),
    },
    {
      what: `${of}: sums that differ from PostgreSQL’s, to the micro-dollar`,
      unit: 'lines',
      ours: exactly(differences),
    },
  ]
}

/** The number of projects of the month, and pairs of key and model, whose sum differs from that of PostgreSQL. */
async function differ(register: Register, span: UsageSpan, postgres: Postgres): Promise<number> {
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
