import { cpSync, rmSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'

import { applyReading } from '../../electron/register/apply/apply.ts'
import { type EvaluatedAt, evaluateFindings, evaluateStale, STALE } from '../../electron/register/findings/evaluate.ts'
import { RULES } from '../../electron/register/findings/rules.ts'
import type { Register } from '../../electron/register/register.ts'
import { toLocalDay } from '../../shared/domain/day.ts'
import { bigReading, type BigRegister } from './big-register.ts'
import { countsIn, type Flat, questionsInJq, questionsInSql, writeFlat } from './findings-peers.ts'
import { timeCommand } from './harness/command.ts'
import { type Attempt, race, toSample, timed } from './harness/measure.ts'
import { findPeers } from './harness/peers.ts'
import { bigProfile, openProfileToWrite } from './harness/profile.ts'
import { type Bench, exactly, type Growth, type Report, type Row, type Setting } from './harness/report.ts'

const SIZE: BigRegister = {
  organizations: 40,
  people: 100_000,
  keys: 250_000,
  grants: 1_000_000,
  projects: 2_000,
}
const QUICK: BigRegister = { organizations: 10, people: 10_000, keys: 25_000, grants: 100_000, projects: 200 }
/** The slow work is repeated less often. */
const RUNS = 5

/** A register with fewer organizations of the same size. */
const getPart = (size: BigRegister, share: number): BigRegister => ({
  organizations: size.organizations / share,
  people: size.people / share,
  keys: size.keys / share,
  grants: size.grants / share,
  projects: size.projects / share,
})

/** All rules over a big register: from nothing, after a sync, and when there is nothing to do. */
export const findings: Bench = {
  name: 'findings',
  about: 'all rules over a big register, beside scripts that ask some of the same of flat files',
  run: async (setting) => {
    const size = setting.quick ? QUICK : SIZE
    const parts = [getPart(size, 4), getPart(size, 2)]
    const smaller: Row[] = []
    for (const part of setting.quick ? [] : parts) {
      smaller.push(...(await onCopy(setting, part, (register) => measureGrowth(setting, part, register))))
    }
    const report = await onCopy(setting, size, (register) => measure(setting, size, register))
    return { ...report, rows: [...report.rows, ...smaller] }
  },
}

/** Opens a copy of a big register for some work. */
async function onCopy<T>(setting: Setting, size: BigRegister, work: (register: Register) => Promise<T>): Promise<T> {
  const profile = join(setting.scratch, `findings-${size.keys}`)
  cpSync(await bigProfile(setting, size), profile, { recursive: true })
  const register = openProfileToWrite(profile)
  try {
    return await work(register)
  } finally {
    register.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

/** Evaluates everything as if nothing had been evaluated before; gives the time and the processor time. */
async function evaluateAll(
  register: Register,
  at: EvaluatedAt,
): Promise<{ readonly ms: number; readonly cpu: number }> {
  register.transact((writer) => {
    writer.run('DELETE FROM finding')
    writer.run('DELETE FROM finding_evaluation')
  })
  const before = process.cpuUsage()
  const ms = await timed(() => register.transact((writer) => evaluateStale(writer, at)))
  const { user, system } = process.cpuUsage(before)
  return { ms, cpu: (user + system) / 1000 }
}

/** How both kinds of evaluation take longer with more organizations of the same size. */
async function measureGrowth(setting: Setting, size: BigRegister, register: Register): Promise<readonly Row[]> {
  const now = Date.now()
  const at = { now, today: toLocalDay(now) }
  setting.say(`findings: ${size.keys.toLocaleString('en')} keys`)
  const { nothing } = await race({ nothing: async () => (await evaluateAll(register, at)).ms }, RUNS)
  const what = `${RULES.length} rules over ${size.grants.toLocaleString('en')} grants and ${size.keys.toLocaleString('en')} keys, from nothing`
  return [
    { what, unit: 'ms', ours: nothing, growth: { ...FROM_NOTHING, size: size.keys } },
    ...(await small(size, register, now)),
  ]
}

const FROM_NOTHING = { work: 'all rules from nothing', by: 'keys' }

async function measure(setting: Setting, size: BigRegister, register: Register): Promise<Report> {
  const { found, missing } = await findPeers(['sqlite3', 'jq'])
  const { sqlite3, jq } = found
  const at = { now: Date.now(), today: toLocalDay(Date.now()) }
  const file = (name: string): string => join(setting.scratch, name)
  const flat: Flat = { database: file('flat.db'), keys: file('keys.ndjson') }
  setting.say('findings: the same as flat files')
  writeFlat(register.reader, flat)

  const cpu: number[] = []
  const attempts: Record<string, Attempt> = {
    nothing: async () => {
      const taken = await evaluateAll(register, at)
      cpu.push(taken.cpu)
      return taken.ms
    },
    ...(sqlite3 === undefined
      ? {}
      : {
          sqlite3: () =>
            timeCommand(sqlite3, ['-csv', flat.database], { input: questionsInSql(at), output: file('sqlite3.csv') }),
        }),
    ...(jq === undefined
      ? {}
      : { jq: () => timeCommand(jq, ['-r', questionsInJq(at), flat.keys], { output: file('jq.csv') }) }),
  }
  setting.say('findings: from nothing')
  const samples = await race(attempts, RUNS)
  const sizes = `${size.grants.toLocaleString('en')} grants and ${size.keys.toLocaleString('en')} keys`
  const reported = register.reader.value<number>('SELECT count(*) FROM finding') ?? 0
  const what = `${RULES.length} rules over ${sizes}, from nothing`
  const ours = samples['nothing'] ?? exactly(Number.NaN)
  const [bySqlite, byJq] = [samples['sqlite3'], samples['jq']]
  setting.say('findings: after a sync')
  const little = await small(size, register, at.now)
  return {
    rows: [
      { what: `${what}, processor time`, unit: 'ms', ours: toSample(cpu.slice(1)) },
      {
        what,
        unit: 'ms',
        ours,
        ...(byJq && { peer: { name: 'jq, five rules about keys', sample: byJq } }),
        target: 'rules',
        growth: { ...FROM_NOTHING, size: size.keys },
      },
      ...(bySqlite
        ? [
            {
              what,
              unit: 'ms' as const,
              ours,
              peer: { name: 'sqlite3 -csv, eleven rules', sample: bySqlite },
              isFloor: true,
            },
          ]
        : []),
      { what: 'findings reported', unit: 'lines', ours: exactly(reported) },
      ...little,
    ],
    missing,
    notes: [
      `The load of the machine after the runs was ${loadavg()
        .map((load) => load.toFixed(1))
        .join(', ')}. Processor time is what the work costs whatever else the machine does.`,
      'Ours reads an encrypted register in its usual tables, and stores every finding with its evidence, so that it has a life. `jq` and `sqlite3` read flat, unencrypted files with exactly what their questions need, and print lines.',
      await agreement(register, {
        ...(sqlite3 && { sqlite3: file('sqlite3.csv') }),
        ...(jq && { jq: file('jq.csv') }),
      }),
    ],
  }
}

/** One organization after a sync that brought something, after one that brought nothing, and nothing to do at all. */
async function small(size: BigRegister, register: Register, now: number): Promise<readonly Row[]> {
  const connection = register.reader.value<number>('SELECT min(id) FROM connection') ?? 0
  const first = register.reader.value<number>('SELECT min(finished_at) FROM sync') ?? 0
  const again = { ...bigReading(connection, size, 0, first), startedAt: now, finishedAt: now }
  const sync = (): void => void register.transact((writer) => applyReading(writer, again))
  sync()
  const at = { now, today: toLocalDay(now) }
  const samples = await race(
    {
      one: () => timed(() => register.transact((writer) => evaluateFindings(writer, [connection], at))),
      stale: () => timed(() => register.reader.value(`${STALE} LIMIT 1`, { today: at.today })),
      sync: () => timed(sync),
    },
    RUNS,
  )
  const of = `one of the ${size.organizations} organizations`
  const growth = (work: string): Growth => ({ work, size: size.keys, by: 'keys of all organizations' })
  return [
    {
      what: `all rules over ${of}, as after a sync that brought something`,
      unit: 'ms',
      ours: samples.one,
      growth: growth('all rules over one organization, as after a sync that brought something'),
    },
    {
      what: `a whole sync of ${of} that brings nothing, and evaluates nothing`,
      unit: 'ms',
      ours: samples.sync,
      growth: growth('a whole sync of one organization that brings nothing'),
    },
    {
      what: `asking whether anything of ${size.organizations} organizations is out of date`,
      unit: 'ms',
      ours: samples.stale,
      growth: growth('asking whether anything is out of date'),
    },
  ]
}

/** Whether the others found the same, rule by rule. */
async function agreement(register: Register, answers: Readonly<Record<string, string>>): Promise<string> {
  const ours = new Map(
    register.reader
      .all<{ rule: string; count: number }>(
        'SELECT rule, count(*) AS count FROM finding WHERE resolved_at IS NULL GROUP BY rule',
      )
      .map((row) => [row.rule, row.count]),
  )
  const said = await Promise.all(
    Object.entries(answers).map(async ([name, path]) => {
      const theirs = await countsIn(path)
      const other = [...theirs].filter(([rule, count]) => ours.get(rule) !== count)
      return other.length === 0
        ? `\`${name}\` finds as many, rule by rule.`
        : `\`${name}\` finds otherwise: ${other.map(([rule, count]) => `${rule} ${count} (ours ${ours.get(rule) ?? 0})`).join(', ')}.`
    }),
  )
  return said.join(' ')
}
