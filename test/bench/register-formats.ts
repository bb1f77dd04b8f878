import { join } from 'node:path'

import type { BigRegister } from './big-register.ts'
import { toCommand } from './harness/castellan.ts'
import { type Spent, spend } from './harness/memory.ts'
import { toSample } from './harness/measure.ts'
import { bigProfile, NO_KEYCHAIN } from './harness/profile.ts'
import type { Row, Setting } from './harness/report.ts'

/** A register of so many organizations, each of 2,000 people and 3,000 keys. */
export function sizeOf(organizations: number): BigRegister {
  return {
    organizations,
    people: organizations * 2000,
    keys: organizations * 3000,
    grants: organizations * 4000,
    projects: organizations * 20,
  }
}

/** For the workbook, and for the calendar, of which the keys alone count. */
const WORKBOOK = { organizations: 20, people: 50_000, keys: 100_000, grants: 100_000, projects: 400 }
const CALENDAR = { organizations: 5, people: 5000, keys: 50_000, grants: 10_000, projects: 100 }

const FORMATS = {
  Markdown: ['register', '--format', 'md'],
  CSV: ['register', '--format', 'csv'],
  JSON: ['register', '--format', 'json'],
  XLSX: null,
  calendar: ['due', '--format', 'ics'],
} as const

type Format = keyof typeof FORMATS

const RUNS = 3

/** Every format as a terminal writes it: the sizes of the targets, and how time and memory grow. */
export async function formatRows(setting: Setting, folder: string): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const organizations of [2, 6, 20]) {
    const profile = await bigProfile(setting, sizeOf(organizations))
    const size = organizations * 5000
    for (const format of Object.keys(FORMATS) as Format[]) {
      setting.say(`register: ${format}, ${size.toLocaleString('en')} people and keys`)
      const { time, memory } = await measure(setting, format, profile, folder)
      const growth = (work: string) => ({ work: `${format}, ${work}`, size, by: 'people and keys' })
      const what = `${format}, ${size.toLocaleString('en')} people and keys`
      rows.push({ what, unit: 'ms', ours: time, growth: growth('time') })
      rows.push({ what: `${what}, memory`, unit: 'MB', ours: memory, growth: growth('memory') })
    }
  }
  setting.say('register: the workbook and the calendar')
  const workbook = await measure(setting, 'XLSX', await bigProfile(setting, WORKBOOK), folder)
  const calendar = await measure(setting, 'calendar', await bigProfile(setting, CALENDAR), folder)
  return [
    ...rows,
    { what: 'XLSX, 100,000 keys and grants', unit: 'ms', ours: workbook.time, target: 'xlsx-time' },
    { what: 'XLSX, 100,000 keys and grants, memory', unit: 'MB', ours: workbook.memory, target: 'xlsx-memory' },
    { what: 'calendar, 50,000 keys', unit: 'ms', ours: calendar.time, target: 'calendar-time' },
    { what: 'calendar, 50,000 keys, memory', unit: 'MB', ours: calendar.memory, target: 'calendar-memory' },
  ]
}

async function measure(setting: Setting, format: Format, profile: string, folder: string) {
  const verb = FORMATS[format] ?? ['register', '--force', '--out', join(folder, 'register.xlsx')]
  const spent: Spent[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const args = [...toCommand(setting.root), ...verb, '--profile', profile]
    spent.push(await spend(process.execPath, args, { output: join(folder, 'format.out'), env: NO_KEYCHAIN }))
  }
  return {
    time: toSample(spent.map(({ ms }) => ms)),
    memory: toSample(spent.map(({ megabytes }) => megabytes)),
  }
}
