import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import {
  openCredentialsDirectory,
  REGISTER_KEY_CREDENTIAL,
  toCredentialName,
} from '../../electron/secrets/credentials-directory.ts'
import { keyFilePath } from '../../electron/secrets/register-key-file.ts'
import { registerKey } from '../../electron/secrets/register-key.ts'
import type { SecretStore } from '../../electron/secrets/secret-store.ts'
import { openService } from '../../electron/service/process/open.ts'
import { openRegisterToRead } from '../../electron/register/register.ts'
import { profilePaths } from '../../electron/service/profile/paths.ts'
import { findPort } from '../free-port.ts'
import { bigAgency, type BigAgency } from '../providers/big-agency.ts'
import { startFakeAnthropic } from '../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../providers/fake-openai.ts'
import type { Faults } from '../providers/faults.ts'
import type { FakeRequest, FakeServer } from '../providers/http.ts'
import { timeCommand } from './harness/command.ts'
import { toCommand } from './harness/castellan.ts'
import { type Spent, spend } from './harness/memory.ts'
import { type Sample, toSample } from './harness/measure.ts'
import { findPeers } from './harness/peers.ts'
import { quietHost } from './harness/quiet-host.ts'
import type { Bench, Growth, Row, Setting } from './harness/report.ts'

const SIZE = sizeOf(40)
const QUICK = sizeOf(8)
/** Organizations of smaller agencies, of which only ours is measured. */
const SMALLER = [5, 20]
const NO_FAULTS: Faults = {}
/** `Retry-After` is honoured by both. */
const FAULTS: Faults = { tooManyRate: 0.05, errorRate: 0.01, retryAfterSeconds: 1, seed: 6 }
const SCRIPT = join(import.meta.dirname, 'sync-script.sh')

function sizeOf(organizations: number): Parameters<typeof bigAgency>[0] {
  return { organizations, projects: organizations * 5, grants: organizations * 500, keys: organizations * 50 }
}

/** What a register holds after a sync, and what the process that synced needed. */
interface Synced {
  readonly grants: number
  readonly keys: number
  readonly spent: Spent
}

/** A sync of a whole agency against a script that reads the same lists into a table. */
export const sync: Bench = {
  name: 'sync',
  about: 'a whole agency read from both providers, against a script of curl, jq and sqlite3',
  run: async (setting) => {
    const { missing } = await findPeers(['curl', 'jq', 'sqlite3', 'time'])
    const hasScript = missing.length === 0
    const size = setting.quick ? QUICK : SIZE
    const agency = bigAgency(size)
    const rows: Row[] = []
    const notes: string[] = []
    for (const organizations of setting.quick ? [] : SMALLER) {
      setting.say(`sync: ${organizations} organizations`)
      const { ours } = await measure({ ...setting, runs: 2 }, bigAgency(sizeOf(organizations)), NO_FAULTS, false)
      const of = `${organizations} organizations, no faults`
      rows.push(
        { what: `whole sync of ${of}`, unit: 'ms', ours: ours.ms, growth: growth(organizations) },
        { what: `peak memory, ${of}`, unit: 'MB', ours: ours.memory, growth: growth(organizations) },
      )
    }
    for (const [faults, when, runs] of [
      [NO_FAULTS, 'no faults', 3],
      [FAULTS, '5 % 429 with Retry-After 1 s and 1 % 500', 1],
    ] as const) {
      setting.say(`sync: ${when}`)
      const measured = await measure({ ...setting, runs }, agency, faults, hasScript)
      const { ours, script } = measured
      const name = 'curl, jq, sqlite3, xargs -P 8'
      const peer = (sample: Sample | null) => (sample === null ? {} : { peer: { name, sample } })
      rows.push(
        {
          what: `whole sync, ${when}`,
          unit: 'ms',
          ours: ours.ms,
          ...peer(script?.ms ?? null),
          ...(faults === NO_FAULTS ? { growth: growth(size.organizations) } : {}),
        },
        {
          what: `requests a second, ${when}`,
          unit: 'requests/s',
          ours: ours.rate,
          ...peer(script?.rate ?? null),
          ...(faults === NO_FAULTS ? { target: 'sync' } : {}),
        },
        {
          what: `peak memory of the syncing process, ${when}`,
          unit: 'MB',
          ours: ours.memory,
          target: 'sync-memory',
          ...(faults === NO_FAULTS ? { growth: growth(size.organizations) } : {}),
        },
      )
      notes.push(`With ${when}: ${measured.reported}`)
      if (measured.result.grants !== size.grants || measured.result.keys !== size.keys) {
        notes.push(`**Rows were lost**: ${JSON.stringify(measured.result)}`)
      }
    }
    return {
      rows,
      missing,
      notes: [
        `${size.organizations} organizations, ${size.projects} projects, ${size.grants.toLocaleString('en')} grants, ${size.keys.toLocaleString('en')} keys on fake servers in one process of this machine, which share its two processors with the client.`,
        'Ours is `castellan sync` from its start to its end, in a register that has the connections and was never synced: it reads 8 organizations at a time with up to 4 requests each, and writes versions, effective access, findings, due days and the search index into an encrypted register. The script is given the addresses of all lists beforehand, follows their pages 8 lists at a time, and puts six columns of each row into one table.',
        ...notes,
      ],
    }
  },
}

function growth(organizations: number): Growth {
  return { work: 'whole sync', size: organizations, by: 'organizations' }
}

interface Measured {
  readonly ours: { readonly ms: Sample; readonly rate: Sample; readonly memory: Sample }
  readonly script: { readonly ms: Sample; readonly rate: Sample } | null
  readonly result: Synced
  readonly reported: string
}

async function measure(setting: Setting, agency: BigAgency, faults: Faults, hasScript: boolean): Promise<Measured> {
  const folder = join(setting.scratch, 'sync')
  mkdirSync(folder, { recursive: true })
  const prepared = await prepare(setting.root, agency, folder)
  const lists = hasScript ? await getLists(agency, prepared) : []
  const values = {
    ours: [] as number[],
    oursRate: [] as number[],
    memory: [] as number[],
    theirs: [] as number[],
    theirRate: [] as number[],
  }
  let result: Synced | null = null
  let reported = ''
  for (let run = 0; run <= setting.runs; run += 1) {
    const mine = await withServers(agency, { faults, ...prepared }, () => syncOnce(prepared))
    result = mine.result
    const theirs = hasScript
      ? await withServers(agency, { faults, ...prepared }, (servers) => scriptOnce(servers, lists, folder))
      : null
    reported = `${mine.requests.toLocaleString('en')} requests of ours${theirs === null ? '' : `, ${theirs.requests.toLocaleString('en')} of the script, which put ${theirs.result.toLocaleString('en')} rows into its table`}.`
    if (run === 0) continue
    const { ms, megabytes } = mine.result.spent
    values.ours.push(ms)
    values.oursRate.push((mine.requests / ms) * 1000)
    values.memory.push(megabytes)
    if (theirs !== null) {
      values.theirs.push(theirs.ms)
      values.theirRate.push((theirs.requests / theirs.ms) * 1000)
    }
  }
  if (result === null) throw new Error('Nothing was measured.')
  return {
    ours: { ms: toSample(values.ours), rate: toSample(values.oursRate), memory: toSample(values.memory) },
    script: hasScript ? { ms: toSample(values.theirs), rate: toSample(values.theirRate) } : null,
    result,
    reported,
  }
}

interface Servers {
  readonly openai: FakeServer
  readonly anthropic: FakeServer
}

interface Once<T> {
  readonly ms: number
  readonly requests: number
  readonly result: T
}

/** Fresh servers for each run, so that the same requests are spoiled every time. */
async function withServers<T>(
  agency: BigAgency,
  { faults, ports }: { readonly faults: Faults; readonly ports: Ports },
  work: (servers: Servers) => Promise<T>,
): Promise<Once<T>> {
  const openai = await startFakeOpenAi({ organizations: agency.openai, faults, port: ports.openai })
  const anthropic = await startFakeAnthropic({ organizations: agency.anthropic, faults, port: ports.anthropic })
  try {
    const before = performance.now()
    const result = await work({ openai, anthropic })
    const ms = performance.now() - before
    return { ms, requests: openai.requests.length + anthropic.requests.length, result }
  } finally {
    await openai.close()
    await anthropic.close()
  }
}

interface Ports {
  readonly openai: number
  readonly anthropic: number
}

/** A profile with all connections that was never synced, and its secrets as systemd passes them to a service. */
interface Prepared {
  readonly root: string
  readonly folder: string
  readonly profile: string
  readonly credentials: string
  /** Where the connections are: the servers of each run listen there. */
  readonly ports: Ports
}

async function prepare(root: string, agency: BigAgency, folder: string): Promise<Prepared> {
  const [profile, credentials] = [join(folder, 'prepared'), join(folder, 'credentials')]
  for (const each of [profile, credentials]) rmSync(each, { recursive: true, force: true })
  mkdirSync(credentials, { recursive: true, mode: 0o700 })
  const ports = { openai: await findPort(), anthropic: await findPort() }
  const service = await openService({ profile, mode: 'write', host: quietHost(), secrets: keptIn(credentials) })
  const { api } = service
  await api.client.add({ name: 'Big agency' })
  await withServers(agency, { faults: NO_FAULTS, ports }, async (servers) => {
    for (const provider of ['openai', 'anthropic'] as const) {
      for (const [
        n,
        {
          credentials: [credential],
        },
      ] of agency[provider].entries()) {
        const { baseUrl } = servers[provider]
        await api.connection.add({ client: 'big-agency', provider, baseUrl, label: `${provider} ${n}`, credential })
      }
    }
  })
  await service.close()
  renameSync(keyFilePath(profile), join(credentials, REGISTER_KEY_CREDENTIAL))
  return { root, folder, profile, credentials, ports }
}

/** Secrets as the files that `castellan sync` reads. */
function keptIn(folder: string): SecretStore {
  return {
    ...openCredentialsDirectory(folder),
    set: async (account, secret) => writeFileSync(join(folder, toCredentialName(account)), secret, { mode: 0o600 }),
  }
}

async function syncOnce({ root, folder, profile: template, credentials }: Prepared): Promise<Synced> {
  const profile = join(folder, 'profile')
  rmSync(profile, { recursive: true, force: true })
  cpSync(template, profile, { recursive: true })
  const args = [...toCommand(root), 'sync', '--profile', profile]
  const spent = await spend(process.execPath, args, { env: { CREDENTIALS_DIRECTORY: credentials } })
  const kept = await registerKey({ profile, secrets: openCredentialsDirectory(credentials), registerExists: true })
  if (kept.state === 'missing') throw new Error(kept.reason)
  const register = openRegisterToRead({ path: profilePaths(profile).register, key: kept.key, now: Date.now })
  const count = (table: string): number =>
    register.reader.value<number>(`SELECT count(*) FROM ${table} WHERE to_sync IS NULL`) ?? 0
  const synced = { grants: count('grant'), keys: count('key_version'), spent }
  register.close()
  return synced
}

/** One list of a provider: where it is below the base URL, and with which credential. */
interface List {
  readonly provider: 'openai' | 'anthropic'
  readonly path: string
  readonly credential: string
}

/** The lists that our sync reads, as the servers saw them asked for, without the pages after the first. */
async function getLists(agency: BigAgency, prepared: Prepared): Promise<readonly List[]> {
  const lists = new Map<string, List>()
  await withServers(agency, { faults: NO_FAULTS, ...prepared }, async (servers) => {
    await syncOnce(prepared)
    for (const provider of ['openai', 'anthropic'] as const) {
      for (const request of servers[provider].requests) {
        const list = getList(provider, request)
        lists.set(`${list.credential} ${list.path}`, list)
      }
    }
  })
  return [...lists.values()]
}

const CURSORS = ['after', 'after_id', 'page']

function getList(provider: List['provider'], request: FakeRequest): List {
  const query = new URLSearchParams(request.query)
  for (const cursor of CURSORS) query.delete(cursor)
  const search = query.size === 0 ? '' : `?${query.toString()}`
  const bearer = request.headers['authorization']?.replace(/^Bearer /u, '')
  return { provider, path: `${request.path}${search}`, credential: bearer ?? request.headers['x-api-key'] ?? '' }
}

/** Runs the script; gives the number of rows in its table. */
async function scriptOnce(servers: Servers, lists: readonly List[], folder: string): Promise<number> {
  const work = join(folder, 'script')
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work)
  const lines = lists.map(
    ({ provider, path, credential }) => `${new URL(path, servers[provider].baseUrl).href} ${credential}`,
  )
  writeFileSync(join(work, 'lists'), `${lines.join('\n')}\n`)
  await timeCommand('bash', [SCRIPT, work])
  return Number(readFileSync(join(work, 'count'), 'utf8'))
}
