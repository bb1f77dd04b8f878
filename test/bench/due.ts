import { dirname, join } from 'node:path'
import { mkdirSync } from 'node:fs'

import { memoryStore } from '../../electron/secrets/secret-store.ts'
import { openService } from '../../electron/service/process/open.ts'
import { computeTables } from './due-tables.ts'
import { castellan, castellanOn, countLines, countObjects } from './harness/castellan.ts'
import { findProgram, timeCommand } from './harness/command.ts'
import { evict } from './harness/evict.ts'
import { type Attempt, race, toSample, timed } from './harness/measure.ts'
import { findPeers } from './harness/peers.ts'
import { bigProfile, openProfile, plainCopy } from './harness/profile.ts'
import type { Bench, Growth, Report, Row, Setting } from './harness/report.ts'
import type { TargetId } from './targets.ts'
import { quietHost } from './harness/quiet-host.ts'
import { DERIVATION_MS, makeKdbx } from './kdbx.ts'

const SIZES = [1000, 10_000, 50_000]
/** What is slow by design is repeated less often. */
const VAULT_RUNS = 3
/** For a cold `due --json` over 50,000 keys, in milliseconds. */
const LIMIT = 500

/** The command of a user who keeps the same tables without Castellan. */
const SQL = `SELECT k.due_on, k.due_basis, k.id, k.external_id, k.name, k.hint, k.kind, c.slug AS client, cn.id AS connection_id,
  cn.label, cn.provider, cn.organization_id, pv.name AS project, k.owner_name, k.owner_email, k.environment, k.team, k.purpose,
  k.contact, k.last_rotated_on, k.snoozed_until
FROM key_row k JOIN connection cn ON cn.id = k.connection_id JOIN client c ON c.id = cn.client_id
LEFT JOIN project_version pv ON pv.project_id = k.project_id AND pv.to_sync IS NULL
WHERE k.due_on IS NOT NULL ORDER BY k.due_on`

/** What is due: from no process at all to all the JSON in a file. */
export const due: Bench = {
  name: 'due',
  about: 'what is due, from the terminal, against a password vault that holds the same keys',
  run: async (setting) => {
    const { found, missing } = await findPeers(['keepassxc-cli', 'sqlite3'])
    const sizes = setting.quick ? SIZES.slice(0, 2) : SIZES
    const reports: Report[] = []
    for (const keys of sizes) reports.push(await computeDue(setting, keys, found))
    reports.push(await computeTables(setting))
    return {
      rows: reports.flatMap((report) => report.rows),
      missing,
      notes: [
        'Cold is a process that did not exist, with the files in the system’s cache unless a row states otherwise; our register is encrypted and its key is read from the file `register.key`.',
        `\`keepassxc-cli\` opens a database of the same keys (entries that expire when ours are due) by a key file; ${DERIVATION_MS} ms of its time are key derivation, which it does by design. \`search is:expired-30\` and \`due --within 30d\` name the same keys; the bench checks that.`,
        'A floor does less: `node -e 0` does nothing, and `sqlite3 -json` reads an unencrypted copy of the same register.',
        ...reports.flatMap((report) => report.notes),
      ],
    }
  },
}

async function computeDue(
  setting: Setting,
  keys: number,
  peers: Partial<Record<'keepassxc-cli' | 'sqlite3', string>>,
): Promise<Report> {
  const { root, say } = setting
  const size = { organizations: 10, people: keys / 10, keys, grants: keys / 5, projects: 50 }
  const profile = await bigProfile(setting, size)
  const folder = join(setting.scratch, `due-${keys}`)
  mkdirSync(folder, { recursive: true })
  const out = (name: string): string => join(folder, name)
  const title = (what: string): string => `${what}, ${keys.toLocaleString('en')} keys`
  /** Of the vault, which takes seconds where it has many entries. */
  const slow: Record<string, Attempt> = {}
  const attempts: Record<string, Attempt> = {
    all: () => castellan(root, ['due', '--json', '--profile', profile], out('all.json')),
    soon: () => castellan(root, ['due', '--within', '30d', '--json', '--profile', profile], out('soon.json')),
    node: () => timeCommand(process.execPath, ['-e', '0']),
  }
  const keepassxc = peers['keepassxc-cli']
  const vault: string[] = []
  if (keepassxc !== undefined) {
    say(`making a KeePassXC database of ${keys.toLocaleString('en')} entries`)
    const register = openProfile(profile)
    const { database, keyFile } = await makeKdbx(keepassxc, register, folder)
    register.close()
    const unlock = ['-q', '--no-password', '-k', keyFile]
    vault.push(database)
    slow['export'] = () =>
      timeCommand(keepassxc, ['export', ...unlock, '-f', 'csv', database], { output: out('all.csv') })
    slow['search'] = () =>
      timeCommand(keepassxc, ['search', ...unlock, database, 'is:expired-30'], { output: out('soon.txt') })
  }
  const { sqlite3 } = peers
  if (sqlite3 !== undefined) {
    const plain = out('plain.db')
    plainCopy(profile, plain)
    attempts['sqlite3'] = () =>
      timeCommand(sqlite3, ['-readonly', '-json', plain, SQL], { output: out('sqlite3.json') })
  }
  const isLargest = keys === SIZES.at(-1)
  const system = isLargest ? await systemNode(root) : null
  if (system !== null) {
    attempts['system'] = () => castellanOn(system, root, ['due', '--json', '--profile', profile], out('system.json'))
  }
  if (isLargest) {
    const register = join(profile, 'register.db')
    const evicted = async (files: readonly string[], attempt: Attempt): Promise<number> => {
      await evict(files)
      return attempt()
    }
    const { all } = attempts
    const { export: vaultExport } = slow
    if (all) attempts['all evicted'] = () => evicted([register], all)
    if (vaultExport) slow['export evicted'] = () => evicted(vault, vaultExport)
  }
  say(title('due'))
  const samples = { ...(await race(attempts, setting.runs)), ...(await race(slow, VAULT_RUNS)) }
  const notes = checkAnswers(out, keys, keepassxc !== undefined)
  const row = (
    what: string,
    ours: string,
    peer?: { name: string; sample: string; isFloor?: boolean; target?: TargetId; growth?: Growth },
  ): Row[] => {
    const own = samples[ours]
    const other = peer === undefined ? undefined : samples[peer.sample]
    if (own === undefined || (peer !== undefined && other === undefined)) return []
    return [
      {
        what: title(what),
        unit: 'ms',
        ours: own,
        ...(peer !== undefined && other !== undefined ? { peer: { name: peer.name, sample: other } } : {}),
        ...(peer?.isFloor === true ? { isFloor: true } : {}),
        ...(peer?.target === undefined ? {} : { target: peer.target }),
        ...(peer?.growth === undefined ? {} : { growth: peer.growth }),
        ...(isLargest && ours !== 'soon' ? { limit: LIMIT } : {}),
      },
    ]
  }
  return {
    missing: [],
    notes,
    rows: [
      ...row('`due --json`, cold', 'all', { name: 'keepassxc-cli export -f csv', sample: 'export' }),
      ...row('`due --within 30d --json`, cold', 'soon', {
        name: 'keepassxc-cli search is:expired-30',
        sample: 'search',
      }),
      ...row('`due --json`, cold', 'all', {
        name: 'sqlite3 -json, unencrypted',
        sample: 'sqlite3',
        isFloor: true,
        ...(isLargest ? { target: 'due-50000' } : {}),
      }),
      ...row('`due --json`, cold', 'all', {
        name: 'node -e 0',
        sample: 'node',
        isFloor: true,
        ...(keys === SIZES[0] ? { target: 'due-1000' } : {}),
        growth: { work: '`due --json`, cold', size: keys, by: 'keys' },
      }),
      ...row('`due --json`, cold, file not in the system’s cache', 'all evicted', {
        name: 'keepassxc-cli export -f csv, likewise',
        sample: 'export evicted',
      }),
      ...row('`due --json`, cold, begun by the system’s older Node', 'system'),
      ...(await warmRows(setting, profile, title)),
    ],
  }
}

/** The same in a service that is open already, as a window has it. */
async function warmRows(setting: Setting, profile: string, title: (what: string) => string): Promise<Row[]> {
  const service = await openService({
    profile,
    mode: 'read',
    host: quietHost(),
    secrets: memoryStore('The benchmark uses no keychain.'),
  })
  const ask = (within: number | undefined) =>
    service.api.rotation.dueJson({ ...(within === undefined ? {} : { within }), offset: 0, limit: 100_000 })
  const all: number[] = []
  const soon: number[] = []
  for (let run = 0; run <= setting.runs; run += 1) {
    const [a, b] = [await timed(() => ask(undefined)), await timed(() => ask(30))]
    if (run === 0) continue
    all.push(a)
    soon.push(b)
  }
  await service.close()
  return [
    { what: title('all due keys as JSON, warm in the open service'), unit: 'ms', ours: toSample(all) },
    { what: title('due within 30 days as JSON, warm in the open service'), unit: 'ms', ours: toSample(soon) },
  ]
}

function checkAnswers(out: (name: string) => string, keys: number, hasVault: boolean): readonly string[] {
  const all = countObjects(out('all.json'))
  const soon = countObjects(out('soon.json'))
  if (!hasVault) return []
  const theirs = { all: countLines(out('all.csv')) - 1, soon: countLines(out('soon.txt')) }
  const reported = `${keys.toLocaleString('en')} keys: ${all} due at all (KeePassXC exported ${theirs.all} entries), ${soon} within 30 days (KeePassXC found ${theirs.soon}).`
  return [soon === theirs.soon ? reported : `**The answers differ.** ${reported}`]
}

/** A Node on the search path that is too old to run the terminal itself, as Debian's is; null when there is none. */
async function systemNode(root: string): Promise<string | null> {
  const own = [join(root, 'node_modules/.bin'), dirname(process.execPath)]
  const node = await findProgram('node', own)
  return node
}
