import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { NewReading } from '../../electron/register/apply/reading.ts'
import { applyOwnReading } from '../../electron/register/team/share-reading.ts'
import { memoryStore } from '../../electron/secrets/secret-store.ts'
import { makeRegister } from '../../electron/service/core/context.ts'
import type { ServiceHost } from '../../electron/service/kit/host.ts'
import { openService, type Service } from '../../electron/service/process/open.ts'
import type { Inputs } from '../../shared/contract/contract.ts'
import type { Postgres } from '../postgres/server.ts'
import { bigReading, type BigRegister } from './big-register.ts'
import { race, type Sample, timed, toSample } from './harness/measure.ts'
import type { Row, Setting } from './harness/report.ts'

/** The clients of a consultant, and the one whose access changes. */
const SIZE = {
  many: { organizations: 30, people: 30_000, keys: 3000, grants: 150_000, projects: 600 },
  one: { organizations: 1, people: 10_000, keys: 500, grants: 60_000, projects: 50 },
}
const QUICK = {
  many: { organizations: 6, people: 600, keys: 60, grants: 3000, projects: 24 },
  one: { organizations: 1, people: 500, keys: 50, grants: 3000, projects: 10 },
}

/** Characters of a row of access in the Markdown register. */
const LINE = 120
const ADMINISTRATOR = { login: 'set_up', password: 'set_up' }
const HOST: ServiceHost = {
  shell: 'terminal',
  notify: () => undefined,
  setTitle: () => undefined,
  saveTarget: async () => ({ outcome: 'cancelled' }),
}

type Address = NonNullable<Inputs['team']['init']>['server']

/**
 * Two installations of the product over one PostgreSQL, each with a register of its own: what a new device gets, and how one changed grant
 * reaches another. `administrator` is the login `set_up`, which owns the database.
 */
export async function measureServices(
  setting: Setting,
  { postgres, address, hasGit }: { readonly postgres: Postgres; readonly address: Address; readonly hasGit: boolean },
): Promise<readonly Row[]> {
  const size = setting.quick ? QUICK : SIZE
  const open: Service[] = []
  const newService = async (name: string): Promise<Service> => {
    const profile = join(setting.scratch, name)
    const service = await openService({ profile, mode: 'write', host: HOST, secrets: memoryStore('A bench.') })
    open.push(service)
    return service
  }
  try {
    const founder = await newService('founder')
    await founder.api.team.init({
      team: 'Northlight',
      name: 'Mara Lind',
      email: 'mara@northlight.example',
      server: address,
      administrator: ADMINISTRATOR,
    })
    setting.say(`team: ${size.many.grants} grants of ${size.many.organizations} clients`)
    for (let n = 0; n < size.many.organizations; n += 1) await read(founder, `client-${n}`, n, size.many)
    await settle(founder)
    const caughtUp: number[] = []
    const devices: Service[] = []
    for (let round = 0; round < 3; round += 1) {
      const device = await newService(`device-${round}`)
      await letIn(founder, device, round)
      caughtUp.push(await timed(() => settle(device)))
      count(device, size.many.grants, 'grant')
      devices.push(device)
    }
    const [other] = devices
    if (other === undefined) throw new Error('There is no other device.')
    return [
      ...(await measureClone(setting, size.many, toSample(caughtUp), hasGit)),
      ...(await measureOneGrant(setting, { founder, other, postgres, size: size.one, hasGit })),
    ]
  } finally {
    for (const service of open) await service.close()
  }
}

/** Adds a client with a connection and applies what a provider would report; that waits for the next exchange. */
async function read(founder: Service, client: string, organization: number, size: BigRegister): Promise<NewReading> {
  await founder.api.client.add({ name: client, slug: client })
  const { id } = await founder.api.connection.add({ client, provider: 'openai' })
  const reading = bigReading(id, size, organization, Date.now())
  take(founder, reading)
  return reading
}

function take({ context }: Service, reading: NewReading): void {
  const now = Date.now()
  makeRegister(context).transact((writer) => applyOwnReading(writer, { ...reading, startedAt: now, finishedAt: now }))
}

/** Exchanges until nothing waits and nothing is new. */
async function settle({ api }: Service): Promise<void> {
  for (;;) {
    const { read: taken, placed, sentences } = await api.team.exchange()
    if (sentences.length > 0) throw new Error(sentences.join(' '))
    if (taken === 0 && placed === 0) return
  }
}

/** Invites the owner of a new device and lets it in; what it may see is fetched later. */
async function letIn(founder: Service, device: Service, round: number): Promise<void> {
  const { code } = await founder.api.team.invite({
    name: `Owner ${round}`,
    email: `owner${round}@northlight.example`,
    role: 'owner',
  })
  await device.api.team.join({ code })
  await founder.api.team.exchange()
}

function count({ context }: Service, least: number, table: string): void {
  const found = makeRegister(context).reader.value<number>(`SELECT count(*) FROM ${table}`) ?? 0
  if (found < least * 0.9) throw new Error(`The device has ${found} rows of ${table}, and not ${least}.`)
}

async function measureClone(
  { scratch, runs }: Setting,
  { organizations, grants }: BigRegister,
  ours: Sample,
  hasGit: boolean,
): Promise<readonly Row[]> {
  const what = `a new device of ${organizations} clients with ${grants.toLocaleString('en')} grants, to the last`
  if (!hasGit) return [{ what, unit: 'ms', ours }]
  const repositories = Array.from({ length: organizations }, (_, n) => {
    const { there, here } = makeRepository(join(scratch, `register-${n}`))
    writeFileSync(join(here, 'register.md'), toLines(Math.round(grants / organizations)))
    commit(here)
    return there
  })
  let made = 0
  const samples = await race(
    {
      clone: () =>
        timed(() => {
          made += 1
          for (const [n, there] of repositories.entries())
            git('clone', '-q', there, join(scratch, `clone-${made}-${n}`))
        }),
    },
    Math.min(runs, 3),
  )
  return [{ what, unit: 'ms', ours, peer: { name: 'git clone of their registers', sample: samples.clone } }]
}

interface OneGrant {
  readonly founder: Service
  readonly other: Service
  readonly postgres: Postgres
  readonly size: BigRegister
  readonly hasGit: boolean
}

/** One grant of many changes: read on one device, shown on another; and what is stored and moved for it. */
async function measureOneGrant(setting: Setting, one: OneGrant): Promise<readonly Row[]> {
  const { founder, other, postgres, size, hasGit } = one
  setting.say(`team: one changed grant of ${size.grants}`)
  const reading = await read(founder, 'one', 99, size)
  await settle(founder)
  await settle(other)
  const stored = async (): Promise<number> =>
    Number(
      await postgres.sql(
        'SELECT (SELECT coalesce(sum(octet_length(sealed)), 0) FROM castellan.blob) + (SELECT sum(octet_length(sealed)) FROM castellan.batch)',
        'agency',
      ),
    )
  const repository = hasGit ? makeRepository(join(setting.scratch, 'one')) : null
  if (repository !== null) {
    writeFileSync(join(repository.here, 'register.md'), toLines(size.grants))
    commit(repository.here)
    git('clone', '-q', repository.there, `${repository.here}-2`)
  }
  let changed = 0
  const kilobytes: number[] = []
  const packed: number[] = []
  const samples = await race(
    {
      ours: async () => {
        changed += 1
        const before = await stored()
        const ms = await timed(async () => {
          take(founder, changeGrant(reading, changed))
          await founder.api.team.exchange()
          await other.api.team.exchange()
        })
        kilobytes.push(((await stored()) - before) / 1024)
        return ms
      },
      git: async () => {
        if (repository === null) return 0
        const before = sizeOf(repository.there)
        const ms = await timed(() => {
          writeFileSync(join(repository.here, 'register.md'), toLines(size.grants, changed))
          commit(repository.here)
          git('-C', `${repository.here}-2`, 'pull', '-q')
        })
        packed.push((sizeOf(repository.there) - before) / 1024)
        return ms
      },
    },
    setting.runs,
  )
  const what = `one changed grant of ${size.grants.toLocaleString('en')}, read on one device and shown on another`
  const name = 'git: one line committed, pushed, pulled'
  return [
    { what, unit: 'ms', ours: samples.ours, ...(hasGit ? { peer: { name, sample: samples.git } } : {}) },
    {
      what: 'the same, stored on the server',
      unit: 'kB',
      ours: toSample(kilobytes.slice(1)),
      ...(hasGit ? { peer: { name, sample: toSample(packed.slice(1)) } } : {}),
    },
  ]
}

/** The same reading with one more person, or another role of that person. */
function changeGrant(reading: NewReading, changed: number): NewReading {
  const level = changed % 2 === 0 ? 'reader' : 'owner'
  const facts = reading.facts.map((reported) =>
    reported.source === 'users'
      ? {
          ...reported,
          facts: reported.facts.map((fact, n) =>
            n === 1 && fact.type === 'grant' ? { ...fact, roleRaw: level, level: level as typeof fact.level } : fact,
          ),
        }
      : reported,
  )
  return { ...reading, facts }
}

/** Rows of access as a Markdown register has them; `changed` changes one in the middle. */
function toLines(rows: number, changed = 0): string {
  return Array.from({ length: rows }, (_, n) => {
    const role = n === Math.floor(rows / 2) ? `role ${changed}` : 'member'
    return `| Person ${n} | person.${n}@client.example | project ${(n * 7) % 50} | ${role} |`.padEnd(LINE)
  }).join('\n')
}

function makeRepository(folder: string): { readonly there: string; readonly here: string } {
  mkdirSync(folder)
  const [there, here] = [join(folder, 'there.git'), join(folder, 'here')]
  git('init', '-q', '--bare', there)
  git('clone', '-q', there, here)
  return { there, here }
}

function commit(here: string): void {
  git('-C', here, 'add', 'register.md')
  git('-C', here, 'commit', '-q', '-m', 'Access')
  git('-C', here, 'push', '-q', 'origin', 'HEAD')
}

function git(...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@agency.example', ...args], { stdio: 'ignore' })
}

/** Bytes of all files in a folder. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((bytes, entry) => bytes + statSync(join(entry.parentPath, entry.name)).size, 0)
}
