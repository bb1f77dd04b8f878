import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { bigAgency, type BigAgency } from '../providers/big-agency.ts'
import { startFakeAnthropic } from '../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../providers/fake-openai.ts'
import type { Faults } from '../providers/faults.ts'
import type { FakeRequest, FakeServer } from '../providers/http.ts'
import { timeCommand } from './harness/command.ts'
import { type Sample, toSample } from './harness/measure.ts'
import { findPeers } from './harness/peers.ts'
import type { Bench, Row, Setting } from './harness/report.ts'

const SIZE = { organizations: 40, projects: 200, grants: 20_000, keys: 2000 }
const QUICK = { organizations: 8, projects: 40, grants: 4000, keys: 400 }
/** `Retry-After` is honoured by both. */
const FAULTS: Faults = { tooManyRate: 0.05, errorRate: 0.01, retryAfterSeconds: 1, seed: 6 }
const LIMIT_MB = 300
const SCRIPT = join(import.meta.dirname, 'sync-script.sh')

/** The output of the process that syncs. */
interface Synced {
  readonly states: readonly string[]
  readonly grants: number
  readonly keys: number
  readonly projects: number
  readonly peakMegabytes: number
}

/** A sync of a whole agency against a script that reads the same lists into a table. */
export const sync: Bench = {
  name: 'sync',
  about: 'a whole agency read from both providers, against a script of curl, jq and sqlite3',
  run: async (setting) => {
    const { found, missing } = await findPeers(['curl', 'jq', 'sqlite3'])
    const hasScript = missing.length === 0 && Object.keys(found).length === 3
    const size = setting.quick ? QUICK : SIZE
    const agency = bigAgency(size)
    const rows: Row[] = []
    const notes: string[] = []
    for (const [faults, when] of [
      [{}, 'no faults'],
      [FAULTS, '5 % 429 with Retry-After 1 s and 1 % 500'],
    ] as const) {
      setting.say(`sync: ${when}`)
      const measured = await measure(setting, agency, faults, hasScript)
      const { ours, script } = measured
      const name = 'curl, jq, sqlite3, xargs -P 8'
      const peer = (sample: Sample | null) => (sample === null ? {} : { peer: { name, sample } })
      rows.push(
        { what: `whole sync, ${when}`, unit: 'ms', ours: ours.ms, ...peer(script?.ms ?? null) },
        { what: `requests a second, ${when}`, unit: 'requests/s', ours: ours.rate, ...peer(script?.rate ?? null) },
        { what: `peak memory of the syncing process, ${when}`, unit: 'MB', ours: ours.memory, limit: LIMIT_MB },
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
        'Ours is a process from its start to its end: it enters the organizations, reads 8 of them at a time with up to 4 requests each, and writes versions, effective access, due days and the search index into an encrypted register. The script is given the addresses of all lists beforehand, follows their pages 8 lists at a time, and puts six columns of each row into one table.',
        ...notes,
      ],
    }
  },
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
  const lists = hasScript ? await getLists(agency, folder) : []
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
    const mine = await withServers(agency, faults, (servers) => syncOnce(agency, servers, folder))
    result = mine.result
    const theirs = hasScript ? await withServers(agency, faults, (servers) => scriptOnce(servers, lists, folder)) : null
    reported = `${mine.requests.toLocaleString('en')} requests of ours${theirs === null ? '' : `, ${theirs.requests.toLocaleString('en')} of the script, which put ${theirs.result.toLocaleString('en')} rows into its table`}.`
    if (run === 0) continue
    values.ours.push(mine.ms)
    values.oursRate.push((mine.requests / mine.ms) * 1000)
    values.memory.push(mine.result.peakMegabytes)
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
  faults: Faults,
  work: (servers: Servers) => Promise<T>,
): Promise<Once<T>> {
  const openai = await startFakeOpenAi({ organizations: agency.openai, faults })
  const anthropic = await startFakeAnthropic({ organizations: agency.anthropic, faults })
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

const SYNC = join(import.meta.dirname, '../electron/service/sync/sync-agency.ts')

async function syncOnce(agency: BigAgency, { openai, anthropic }: Servers, folder: string): Promise<Synced> {
  const profile = join(folder, 'profile')
  rmSync(profile, { recursive: true, force: true })
  const connectionsTo = (
    provider: string,
    baseUrl: string,
    organizations: readonly { credentials: readonly string[] }[],
  ) =>
    organizations.map(({ credentials }, n) => ({
      client: 'big-agency',
      provider,
      baseUrl,
      label: `${provider} ${n}`,
      credential: credentials[0],
    }))
  // The nursery that the shells give their service.
  const flags = ['--max-semi-space-size=8', '--disable-warning=ExperimentalWarning']
  const child = spawn(process.execPath, [...flags, SYNC, profile], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(
    JSON.stringify([
      ...connectionsTo('openai', openai.baseUrl, agency.openai),
      ...connectionsTo('anthropic', anthropic.baseUrl, agency.anthropic),
    ]),
  )
  return JSON.parse(await text(child.stdout)) as Synced
}

/** One list of a provider: where it is below the base URL, and with which credential. */
interface List {
  readonly provider: 'openai' | 'anthropic'
  readonly path: string
  readonly credential: string
}

/** The lists that our sync reads, as the servers saw them asked for, without the pages after the first. */
async function getLists(agency: BigAgency, folder: string): Promise<readonly List[]> {
  const lists = new Map<string, List>()
  await withServers(agency, {}, async (servers) => {
    await syncOnce(agency, servers, folder)
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
