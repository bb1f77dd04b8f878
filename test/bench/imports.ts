import { createWriteStream, readFileSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'

import { drawer } from './big-register.ts'
import { castellan, toCommand } from './harness/castellan.ts'
import { timeCommand } from './harness/command.ts'
import { type Attempt, race, type Sample, toSample } from './harness/measure.ts'
import { type Spent, spend } from './harness/memory.ts'
import { findPeers } from './harness/peers.ts'
import { NO_KEYCHAIN } from './harness/profile.ts'
import type { Bench, Growth, Row, Setting } from './harness/report.ts'
import type { TargetId } from './targets.ts'

const KEYS = [1000, 10_000, 100_000] as const
const ORGANIZATIONS = [4, 16, 40] as const
const GRANTS_EACH = 25_000
/** Each takes seconds. */
const RUNS = 3

/** Keys of a file, and grants of syncs, written to a register that has none. */
export const imports: Bench = {
  name: 'imports',
  about: 'keys imported from CSV, and grants of first syncs, beside an unencrypted table of the same shape',
  run: async (setting) => {
    const { found, missing } = await findPeers(['sqlite3'])
    const rows: Row[] = []
    for (const count of setting.quick ? KEYS.slice(0, 1) : KEYS)
      rows.push(...(await importKeys(setting, count, found.sqlite3)))
    for (const organizations of setting.quick ? ORGANIZATIONS.slice(0, 1) : ORGANIZATIONS)
      rows.push(...(await takeGrants(setting, organizations, found.sqlite3)))
    return {
      rows,
      missing,
      notes: [
        'Keys: the whole of `castellan import --kind keys`, with the start of Node, into a new, encrypted register, in one transaction. It reads and checks each cell, compares each row with the register, and derives due days, findings, tallies and the search index; `sqlite3 .import` stores the cells in a table with three indexes.',
        'Grants: readings that are made in memory (a hundredth of the time), each applied in a transaction of its own until the disk has it, with the people and projects of each organization, effective access, findings, search index and the digest for the audit log. `sqlite3 .import` stores one row for each grant in an unencrypted table with the columns and indexes of ours: it is the floor of that table alone. A peer publishes 4.24 s (ConductorOne baton, Pebble) and 55.6 s (the same, SQLite) for a million grants on its machine.',
      ],
    }
  },
}

const KEY_COLUMNS =
  'name,key_id,redacted_key,project,owner,owner_email,created,last_used,expires,status,rotation_due,purpose,contact'

async function importKeys(setting: Setting, count: number, sqlite3: string | undefined): Promise<Row[]> {
  setting.say(`imports: ${count.toLocaleString('en')} keys`)
  const csv = join(setting.scratch, `keys-${count}.csv`)
  await writeKeys(csv, count)
  const profile = join(setting.scratch, 'imports-profile')
  const out = join(setting.scratch, 'imports.out')
  const spent: Spent[] = []
  const ours: Attempt = async () => {
    rmSync(profile, { recursive: true, force: true })
    await castellan(setting.root, ['client', 'add', 'Acme', '--slug', 'acme', '--profile', profile], out)
    const args = [...toCommand(setting.root), 'import', csv, '--kind', 'keys', '--client', 'acme', '--profile', profile]
    const one = await spend(process.execPath, args, { output: out, env: NO_KEYCHAIN })
    if (!readFileSync(out, 'utf8').includes(`Read: added ${count};`)) throw new Error('The import added other rows.')
    spent.push(one)
    return one.ms
  }
  const bare = join(setting.scratch, 'imports-bare.db')
  const indexes = ['key_id', 'owner', 'rotation_due'].map((name) => `CREATE INDEX key_${name} ON keys (${name})`)
  const samples = await race<string>(
    {
      ours,
      ...floor(sqlite3, bare, [`CREATE TABLE keys (${KEY_COLUMNS})`, ...indexes], `.import --skip 1 ${csv} keys`),
    },
    RUNS,
  )
  return toRows(`import of ${count.toLocaleString('en')} keys from CSV`, samples, spent, {
    growth: { work: 'import of keys', size: count, by: 'rows' },
    targets: count === 100_000 ? { time: 'import-keys-time', memory: 'import-keys-memory' } : {},
  })
}

async function writeKeys(path: string, count: number): Promise<void> {
  const draw = drawer(7)
  const pick = (list: readonly string[]): string => list[Math.floor(draw() * list.length)] ?? ''
  const day = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
  const out = createWriteStream(path)
  out.write(`${KEY_COLUMNS}\n`)
  for (let n = 0; n < count; n += 1) {
    const person = Math.floor(draw() * (count / 20))
    const age = 1 + Math.floor(draw() * 400)
    const name = `${pick(['prod', 'staging', 'dev', 'ci'])}-${pick(['web', 'search', 'data', 'billing'])}-worker-${n}`
    const owner = `Person ${person},person.${person}@acme.example`
    const used = draw() < 0.1 ? 'never' : day(1 + Math.floor(draw() * age))
    const hint = `sk-proj-...${String(n).padStart(4, '0').slice(-4)}`
    const line = `${name},key_${n},${hint},Project ${Math.floor(draw() * 50)},${owner},${day(age)},${used},,active,${day(-Math.floor(draw() * 90))},Runs the ${pick(['search', 'chat', 'batch'])} job,ops@acme.example\n`
    if (!out.write(line)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}

async function takeGrants(setting: Setting, organizations: number, sqlite3: string | undefined): Promise<Row[]> {
  const count = organizations * GRANTS_EACH
  setting.say(`imports: ${count.toLocaleString('en')} grants`)
  const folder = join(setting.scratch, 'imports-grants')
  const out = join(setting.scratch, 'imports.out')
  const script = join(import.meta.dirname, 'grants-taken.ts')
  const spent: Spent[] = []
  const ours: Attempt = async () => {
    const one = await spend(process.execPath, [script, folder, String(organizations)], { output: out })
    const ms = Number(readFileSync(out, 'utf8'))
    spent.push({ ...one, ms })
    return ms
  }
  const csv = join(setting.scratch, `grants-${count}.csv`)
  await writeGrants(csv, organizations)
  const bare = join(setting.scratch, 'imports-bare.db')
  const samples = await race<string>({ ours, ...floor(sqlite3, bare, GRANT_TABLE, `.import ${csv} grants`) }, RUNS)
  return toRows(`${count.toLocaleString('en')} grants taken and indexed`, samples, spent, {
    growth: { work: 'grants taken', size: count, by: 'grants' },
    targets: count === 1_000_000 ? { time: 'grants' } : {},
  })
}

/** The columns and indexes of the register's grants. */
const GRANT_TABLE = [
  `CREATE TABLE grants (id INTEGER PRIMARY KEY, connection_id INTEGER NOT NULL, principal_id INTEGER NOT NULL, project_id INTEGER,
    role_raw TEXT NOT NULL, level TEXT NOT NULL, implied_role_raw TEXT, implied_level TEXT, granted_at INTEGER,
    source TEXT NOT NULL, source_project TEXT NOT NULL, from_sync INTEGER NOT NULL, to_sync INTEGER)`,
  'CREATE UNIQUE INDEX grant_standing ON grants (principal_id, ifnull(project_id, 0), role_raw)',
  'CREATE INDEX grant_of_connection ON grants (connection_id)',
  'CREATE INDEX grant_opened ON grants (from_sync)',
  'CREATE INDEX grant_by_principal ON grants (principal_id, project_id)',
]

async function writeGrants(path: string, organizations: number): Promise<void> {
  const out = createWriteStream(path)
  for (let n = 0; n < organizations * GRANTS_EACH; n += 1) {
    const organization = Math.floor(n / GRANTS_EACH)
    const within = n % GRANTS_EACH
    const project = Math.floor(within / 500)
    const principal = organization * 2500 + ((project * 7 + within) % 2500)
    const line = `${n + 1},${organization},${principal},${organization * 50 + project},member,member,,,,project-users,proj_${organization}_${project},${organization + 1},\n`
    if (!out.write(line)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}

function floor(
  sqlite3: string | undefined,
  path: string,
  tables: readonly string[],
  work: string,
): { readonly floor?: Attempt } {
  if (sqlite3 === undefined) return {}
  return {
    floor: () => {
      rmSync(path, { force: true })
      return timeCommand(sqlite3, ['-csv', path, tables.join(';'), work])
    },
  }
}

function toRows(
  what: string,
  { ours, floor: bare }: Readonly<Record<string, Sample>>,
  spent: readonly Spent[],
  of: { readonly growth: Growth; readonly targets: { readonly time?: TargetId; readonly memory?: TargetId } },
): Row[] {
  const { time, memory } = of.targets
  return [
    {
      what,
      unit: 'ms',
      ours: ours ?? toSample([]),
      growth: of.growth,
      ...(bare === undefined ? {} : { peer: { name: 'sqlite3 .import', sample: bare }, isFloor: true }),
      ...(time === undefined ? {} : { target: time }),
    },
    {
      what: `${what}: most memory`,
      unit: 'MB',
      ours: toSample(spent.slice(1).map(({ megabytes }) => megabytes)),
      ...(memory === undefined ? {} : { target: memory }),
    },
  ]
}
