import { spawn } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { castellan, countLines, toCommand } from './harness/castellan.ts'
import { CommandFailed } from './harness/command.ts'
import { race, toSample } from './harness/measure.ts'
import { spend } from './harness/memory.ts'
import { bigProfile, NO_KEYCHAIN } from './harness/profile.ts'
import type { Report, Row, Setting } from './harness/report.ts'
import type { TargetId } from './targets.ts'

/** Keys of the registers; the largest has more than 100,000 findings of all levels of certainty. */
const SIZES = [26_250, 52_500, 105_000]
const RUNS = 5

/** What a screen holds at most, in bytes. */
const SCREEN = 4096

const TABLES = {
  due: { args: ['due'], screen: 'due-table-screen', memory: 'due-table-memory' },
  findings: {
    args: ['finding', 'list', '--certainty', 'all'],
    screen: 'findings-table-screen',
    memory: 'findings-table-memory',
  },
} as const satisfies Readonly<Record<string, { args: readonly string[]; screen: TargetId; memory: TargetId }>>

/** The longest tables of the terminal: until their first lines, and the most memory of the process. */
export async function computeTables(setting: Setting): Promise<Report> {
  const rows: Row[] = []
  const sizes = setting.quick ? SIZES.slice(0, 2) : SIZES
  for (const keys of sizes) {
    const size = { organizations: 10, people: keys / 10, keys, grants: keys / 5, projects: 50 }
    const profile = join(setting.scratch, `tables-${keys}`)
    // The first list of findings evaluates and stores them.
    cpSync(await bigProfile(setting, size), profile, { recursive: true })
    setting.say(`due: tables, ${keys.toLocaleString('en')} keys`)
    for (const table of Object.values(TABLES)) rows.push(...(await tableRows(setting, profile, table, keys)))
    rmSync(profile, { recursive: true, force: true })
  }
  return {
    rows,
    missing: [],
    notes: [
      'A table is written to a pipe; its first screen is its first 4 kB, from before the process is made. The widths of its columns are known only when all rows are read.',
    ],
  }
}

async function tableRows(
  setting: Setting,
  profile: string,
  { args, screen, memory }: (typeof TABLES)[keyof typeof TABLES],
  keys: number,
): Promise<readonly Row[]> {
  const { root } = setting
  const output = join(setting.scratch, 'table.txt')
  const words = [...args, '--profile', profile]
  await castellan(root, words, output)
  const count = countLines(output) - 1
  const command = [...toCommand(root), ...words]
  const megabytes: number[] = []
  const { first, whole } = await race(
    {
      first: () => timeFirst(process.execPath, command),
      whole: async () => {
        const spent = await spend(process.execPath, command, { output, env: NO_KEYCHAIN })
        megabytes.push(spent.megabytes)
        return spent.ms
      },
    },
    RUNS,
  )
  const work = `\`${args.join(' ')}\` as a table`
  const what = `${work}, ${count.toLocaleString('en')} rows`
  const growth = { size: count, by: 'rows' }
  const isPromised = keys === SIZES.at(-1)
  return [
    {
      what: `${what}, to the first screen`,
      unit: 'ms',
      ours: first,
      growth: { work: `${work}, to the first screen`, ...growth },
      ...(isPromised ? { target: screen } : {}),
    },
    { what, unit: 'ms', ours: whole, growth: { work, ...growth } },
    {
      what: `${what}, memory`,
      unit: 'MB',
      ours: toSample(megabytes),
      growth: { work: `${work}, memory`, ...growth },
      ...(isPromised ? { target: memory } : {}),
    },
  ]
}

/** Milliseconds from before a process is made until it has written a screen, or has ended. Its output is closed then. */
async function timeFirst(command: string, args: readonly string[]): Promise<number> {
  const before = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...NO_KEYCHAIN } })
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('exit', resolve))
  let bytes = 0
  for await (const piece of child.stdout) {
    bytes += (piece as Buffer).length
    if (bytes >= SCREEN) break
  }
  const ms = performance.now() - before
  const code = await ended
  if (code !== 0) throw new CommandFailed(`${command} ${args.join(' ')} ended with ${code}.`)
  return ms
}
