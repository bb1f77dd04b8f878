import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { streamRegister } from '../../electron/service/files/export-register.ts'
import { memoryStore } from '../../electron/secrets/secret-store.ts'
import { openService } from '../../electron/service/process/open.ts'
import { grantSomeone } from './big-register.ts'
import { castellan } from './harness/castellan.ts'
import { CommandFailed, timeCommand } from './harness/command.ts'
import { type Attempt, race, type Sample, timed } from './harness/measure.ts'
import { findPeers } from './harness/peers.ts'
import { bigProfile, changeProfile } from './harness/profile.ts'
import { quietHost } from './harness/quiet-host.ts'
import { type Bench, exactly, type Row, type Setting } from './harness/report.ts'
import { formatRows, sizeOf } from './register-formats.ts'
import type { TargetId } from './targets.ts'

/** 40,000 people and 60,000 keys are 100,000 lines of the Markdown register. */
const SIZE = sizeOf(20)
/** One client of it: what pandoc can cope with. */
const CLIENT = 'client-0'
const PANDOC_MS = 120_000
const LONG_NAME =
  'Wilhelmina-Konstantina van den Berghe-Oostenbroek, externe Beraterin der Geschäftsführung (bis Jahresende)'

/** The access register as files, and how much of a file one more grant changes. */
export const register: Bench = {
  name: 'register',
  about: 'a register of 100,000 rows in every format, and the lines that one grant changes',
  run: async (setting) => {
    const { found, missing } = await findPeers(['sqlite3', 'pandoc'])
    const profile = await bigProfile(setting, SIZE)
    const folder = join(setting.scratch, 'register')
    mkdirSync(folder, { recursive: true })
    const out = (name: string): string => join(folder, name)
    const write = (format: string, name: string, more: readonly string[] = []): Promise<number> =>
      castellan(setting.root, ['register', '--format', format, '--profile', profile, ...more], out(name))

    await write('md', 'ours.md')
    await write('csv', 'ours.csv')
    await write('md', 'client.md', ['--client', CLIENT])
    const tables = readTables(readFileSync(out('ours.md'), 'utf8'))
    const clientTables = readTables(readFileSync(out('client.md'), 'utf8'))
    const attempts: Record<string, Attempt> = {
      md: () => write('md', 'ours.md'),
      csv: () => write('csv', 'ours.csv'),
      client: () => write('md', 'client.md', ['--client', CLIENT]),
    }
    const { sqlite3, pandoc } = found
    const notes: string[] = []
    if (sqlite3 !== undefined) {
      await fillSqlite(sqlite3, out('rows.db'), { md: toCsv(tables), csv: out('ours.csv') }, folder)
      attempts['sqlite3 md'] = () =>
        timeCommand(sqlite3, ['-markdown', out('rows.db'), MARKDOWN_SQL], { output: out('theirs.md') })
      attempts['sqlite3 csv'] = () =>
        timeCommand(sqlite3, ['-csv', '-header', out('rows.db'), 'SELECT * FROM records'], {
          output: out('theirs.csv'),
        })
    }
    if (pandoc !== undefined) {
      writeFileSync(out('client.csv'), toCsv(clientTables))
      const convert = (): Promise<number> =>
        timeCommand(pandoc, ['-f', 'csv', '-t', 'gfm', out('client.csv')], {
          output: out('pandoc.md'),
          timeoutMs: PANDOC_MS,
        })
      if (await copes(convert)) attempts['pandoc'] = convert
      else
        notes.push(
          `\`pandoc\` did not end within ${PANDOC_MS / 1000} s on ${clientTables.length.toLocaleString('en')} rows.`,
        )
    }
    setting.say('register: exports')
    const samples = await race(attempts, setting.runs)
    const rows: Row[] = []
    const add = (what: string, ours: string, name: string, peer: string, target?: TargetId): void => {
      const [own, other] = [samples[ours], samples[peer]]
      if (own !== undefined && other !== undefined)
        rows.push({
          what,
          unit: 'ms',
          ours: own,
          peer: { name, sample: other },
          ...(target === undefined ? {} : { target }),
        })
    }
    const lines = tables.length.toLocaleString('en')
    const records = (lineCount(out('ours.csv')) - 1).toLocaleString('en')
    add(`Markdown, ${lines} rows`, 'md', 'sqlite3 -markdown', 'sqlite3 md', 'markdown-cold')
    add(`CSV, ${records} records`, 'csv', 'sqlite3 -csv', 'sqlite3 csv', 'csv-cold')
    add(
      `Markdown, ${clientTables.length.toLocaleString('en')} rows of one client`,
      'client',
      'pandoc -f csv -t gfm',
      'pandoc',
    )
    setting.say('register: the service alone')
    const alone = await inService(setting, profile, attempts)
    for (const format of ['md', 'csv'] as const) {
      const ours = alone[format]
      const peer = alone[`sqlite3 ${format}`]
      const [what, name, target] = OPEN[format]
      if (ours === undefined) continue
      rows.push(
        peer === undefined
          ? { what, unit: 'ms', ours }
          : { what, unit: 'ms', ours, peer: { name, sample: peer }, target },
      )
    }
    rows.push(...(await formatRows(setting, folder)))
    setting.say('register: lines that one grant changes')
    rows.push(...(await noiseRows(setting, profile, sqlite3, folder)))
    return {
      rows,
      missing,
      notes: [
        'Ours is the whole of `castellan register --format … > FILE` with the start of Node, from an encrypted register in its usual tables, with the population block and a guard against formulas. `sqlite3` prints one unencrypted table in which the same rows lie ready: it does less, and is what we are measured against.',
        `Sizes: ours ${size(out('ours.md'))} Markdown and ${size(out('ours.csv'))} CSV.`,
        'What is left of the time of Markdown is reading: a key is in three tables (the key, its version, what it is for), a cold process decrypts and verifies each page that it reads, and SQLite alone takes about as long as `sqlite3 -markdown` takes for the whole of its one plain table.',
        ...notes,
      ],
    }
  },
}

const MARKDOWN_SQL = 'SELECT * FROM lines'

/** The rows of the tables in a Markdown register, cells as written. */
function readTables(markdown: string): readonly (readonly string[])[] {
  const rows: string[][] = []
  let inTable = false
  for (const line of markdown.split('\n')) {
    if (!line.startsWith('|')) inTable = false
    else if (/^\|(?:-+\|){4}$/u.test(line)) inTable = true
    else if (inTable)
      rows.push(
        line
          .slice(1, -1)
          .split(' | ')
          .map((cell) => cell.trim()),
      )
  }
  return rows
}

function toCsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string | undefined): string => `"${(text ?? '').replaceAll('"', '""')}"`
  return ['a,b,c,d', ...rows.map((row) => [0, 1, 2, 3].map((at) => cell(row[at])).join(','))].join('\n')
}

async function fillSqlite(
  sqlite3: string,
  database: string,
  from: { readonly md: string; readonly csv: string },
  folder: string,
): Promise<void> {
  const lines = join(folder, 'lines.csv')
  writeFileSync(lines, `${from.md}\n`)
  await timeCommand(sqlite3, [database, `.import --csv ${lines} lines`, `.import --csv ${from.csv} records`])
}

async function copes(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (error instanceof CommandFailed) return false
    throw error
  }
}

const OPEN = {
  md: ['Markdown, the same, in the open service', 'sqlite3 -markdown', 'markdown-open'],
  csv: ['CSV, the same, in the open service', 'sqlite3 -csv', 'csv-open'],
} as const

/** The bytes alone, made by a service that is open already, in turn with the peers. */
async function inService(
  setting: Setting,
  profile: string,
  attempts: Readonly<Record<string, Attempt>>,
): Promise<Readonly<Record<string, Sample>>> {
  const service = await openService({
    profile,
    mode: 'read',
    host: quietHost(),
    secrets: memoryStore('The benchmark uses no keychain.'),
  })
  const stream = (format: 'md' | 'csv') => async (): Promise<number> => {
    let bytes = 0
    const ms = await timed(async () => {
      for (const piece of await streamRegister(service.context, { format })) bytes += Buffer.from(piece).length
    })
    if (bytes === 0) throw new Error('The register is empty.')
    return ms
  }
  const peers = Object.entries(attempts).filter(([name]) => name.startsWith('sqlite3'))
  const samples = await race({ md: stream('md'), csv: stream('csv'), ...Object.fromEntries(peers) }, setting.runs)
  await service.close()
  return samples
}

/** Lines that differ between two exports, before and after one person with a long name is given one more role. */
async function noiseRows(
  setting: Setting,
  profile: string,
  sqlite3: string | undefined,
  folder: string,
): Promise<readonly Row[]> {
  const changed = join(folder, 'changed-profile')
  cpSync(profile, changed, { recursive: true, filter: (path) => !path.endsWith('/chromium') })
  const before = join(folder, 'before.md')
  const after = join(folder, 'after.md')
  await castellan(setting.root, ['register', '--format', 'md', '--profile', changed], before)
  changeProfile(changed, (open) => grantSomeone(open, SIZE, LONG_NAME))
  await castellan(setting.root, ['register', '--format', 'md', '--profile', changed], after)
  const ours = exactly(differingLines(before, after))
  const what = 'lines of the Markdown register that one more grant changes'
  if (sqlite3 === undefined) return [{ what, unit: 'lines', ours }]
  const database = join(folder, 'noise.db')
  copyFileSync(join(folder, 'rows.db'), database)
  const [old, young] = [join(folder, 'their-before.md'), join(folder, 'their-after.md')]
  await timeCommand(sqlite3, ['-markdown', database, MARKDOWN_SQL], { output: old })
  await timeCommand(sqlite3, [database, `INSERT INTO lines VALUES ('${LONG_NAME}', 'reader', '', '')`])
  await timeCommand(sqlite3, ['-markdown', database, MARKDOWN_SQL], { output: young })
  return [
    { what, unit: 'lines', ours, peer: { name: 'sqlite3 -markdown', sample: exactly(differingLines(old, young)) } },
  ]
}

function differingLines(before: string, after: string): number {
  const { stdout } = spawnSync('diff', [before, after], { encoding: 'utf8', maxBuffer: 2 ** 30 })
  return stdout.split('\n').filter((line) => /^[<>]/u.test(line)).length
}

function lineCount(path: string): number {
  return readFileSync(path, 'utf8').split('\n').length - 1
}

function size(path: string): string {
  return `${(statSync(path).size / 1e6).toFixed(1)} MB`
}
