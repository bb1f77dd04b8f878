import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import { applyReading } from '../../electron/register/apply/apply.ts'
import { memoryStore } from '../../electron/secrets/secret-store.ts'
import { makeRegister } from '../../electron/service/core/context.ts'
import { verifyPack } from '../../electron/service/evidence/verify-pack.ts'
import { openService, type Service } from '../../electron/service/process/open.ts'
import type { Fact } from '../../shared/domain/facts.ts'
import { castellan, toCommand } from './harness/castellan.ts'
import { timeCommand } from './harness/command.ts'
import { race, timed, toSample } from './harness/measure.ts'
import { spend } from './harness/memory.ts'
import { findPeers } from './harness/peers.ts'
import { NO_KEYCHAIN } from './harness/profile.ts'
import { quietHost } from './harness/quiet-host.ts'
import { type Bench, exactly, type Row, type Setting } from './harness/report.ts'

/** Projects of each user: a decision for each. */
const PROJECTS = 4

/** Of the largest size there are more, since its rows answer targets. */
const FEW_RUNS = 3

/** Checking an evidence pack, beside the commands that its VERIFY.md gives to those who have no Castellan. */
export const evidence: Bench = {
  name: 'evidence',
  about: 'writing and verifying an evidence pack, and the verification of the register that it came from',
  run: async (setting) => {
    const { found, missing } = await findPeers(['sha256sum', 'openssl'])
    const hasPeers = found.sha256sum !== undefined && found.openssl !== undefined
    const sizes = setting.quick ? [1_000, 3_000, 10_000] : [10_000, 30_000, 100_000]
    const rows: Row[] = []
    for (const size of sizes) {
      const isLargest = size === sizes.at(-1)
      rows.push(...(await measure(setting, { size, isLargest, hasPeers: hasPeers && isLargest })))
    }
    return {
      rows,
      missing,
      notes: [
        'The commands hash the files and check the signature. Ours does that too, follows the chain of hashes through every row of the audit log, reads every record of every table and compares each decision with the audit log; when something was changed it names the row. The commands read no record.',
        'The pack is written by a thread, beside another that checks the register; a task is as long as a timer of 5 ms came late.',
        'Of the register the chain, every decision and a hash over all that was frozen are checked, through its encryption.',
        'Ours is called in a process that runs already, as the window and the tests call it; the terminal’s own start is a row of its own.',
        'Memory is that of a terminal which does the one thing and ends.',
      ],
    }
  },
}

interface Size {
  readonly size: number
  readonly isLargest: boolean
  readonly hasPeers: boolean
}

async function measure(setting: Setting, size: Size): Promise<readonly Row[]> {
  const profile = join(setting.scratch, `evidence-${size.size}`)
  const service = await openService({
    profile,
    mode: 'write',
    host: quietHost(),
    secrets: memoryStore('The benchmark uses no keychain.'),
  })
  let packed: Packed
  let rows: readonly Row[]
  try {
    packed = await getPack(setting, service, size.size)
    rows = await compare(setting, service, { ...size, ...packed, profile })
  } finally {
    await service.close()
  }
  return [...rows, ...(await measureMemory(setting, { ...size, ...packed, profile }))]
}

type Measured = Size & Packed & { readonly profile: string }

/** What a row reports of the sizes, and what of the largest alone. */
function newRow({ size, isLargest }: Size, row: Row & { readonly work: string }): Row {
  const { work, target, limit, what, ...rest } = row
  return {
    ...rest,
    what: `${what}, ${size.toLocaleString('en')} decisions`,
    growth: { work, size, by: 'decisions' },
    ...(isLargest && target !== undefined ? { target } : {}),
    ...(isLargest && limit !== undefined ? { limit } : {}),
  }
}

async function compare(setting: Setting, service: Service, measured: Measured): Promise<readonly Row[]> {
  const { pack, write, isLargest, hasPeers, profile } = measured
  const runs = isLargest ? setting.runs : FEW_RUNS
  const commands = [
    'sha256sum --quiet -c head.txt manifest.sha256',
    'openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in head.txt -sigfile head.sig',
  ].join(' && ')
  const peers = (): Promise<number> => timeCommand('/bin/sh', ['-c', commands], { cwd: pack })
  const output = join(setting.scratch, 'verify.txt')
  const samples = await race(
    {
      ours: () => timed(async () => sound(await verifyPack(pack))),
      register: () => timed(async () => sound(await service.api.evidence.verifyRegister())),
      terminal: () => castellan(setting.root, ['verify', pack, '--profile', profile], output),
      theirs: hasPeers ? peers : async () => 0,
    },
    runs,
  )
  const tasks: number[] = []
  const written = await race(
    {
      write: async () => {
        const { ms, longestTask } = await measureTasks(write)
        tasks.push(longestTask)
        return ms
      },
    },
    FEW_RUNS - 1,
  )
  const peer = hasPeers ? { peer: { name: 'sha256sum -c && openssl', sample: samples.theirs } } : {}
  const [verified, task] = [samples.ours, toSample(tasks)]
  const rows: readonly (Row & { readonly work: string })[] = [
    {
      what: 'verification of a pack',
      work: 'verification of a pack',
      unit: 'ms',
      ours: verified,
      ...peer,
      target: 'pack-verify',
    },
    {
      what: 'the same in a terminal, its start included',
      work: 'verification of a pack, in a terminal',
      unit: 'ms',
      ours: samples.terminal,
      ...peer,
    },
    {
      what: 'verification of its register',
      work: 'verification of its register',
      unit: 'ms',
      ours: samples.register,
      target: 'register-verify',
    },
    { what: 'writing the pack', work: 'writing a pack', unit: 'ms', ours: written.write, target: 'pack-write' },
    {
      what: 'the longest task of the service meanwhile',
      work: 'the longest task while a pack is written',
      unit: 'ms',
      ours: task,
      target: 'pack-task',
    },
  ]
  return [
    ...rows.map((row) => newRow(measured, row)),
    ...(isLargest
      ? [
          { what: 'rows checked', unit: 'lines' as const, ours: exactly((await verifyPack(pack)).rows) },
          {
            what: 'rows of the audit log in it',
            unit: 'lines' as const,
            ours: exactly(lines(join(pack, 'journal.jsonl'))),
          },
        ]
      : []),
  ]
}

/** In megabytes. */
const MEMORY_LIMIT = 250

async function measureMemory(setting: Setting, measured: Measured): Promise<readonly Row[]> {
  const { pack, reviewId, profile } = measured
  const verbs = {
    'verification of a pack': ['verify', pack],
    'verification of its register': ['verify', '--register'],
    'writing a pack': ['review', 'pack', String(reviewId), '--no-zip', '--out', join(setting.scratch, 'packed')],
  }
  const rows: Row[] = []
  for (const [what, verb] of Object.entries(verbs)) {
    const args = [...toCommand(setting.root), ...verb, '--profile', profile]
    const { megabytes } = await spend(process.execPath, args, { env: NO_KEYCHAIN })
    const work = `${what}, memory`
    rows.push(newRow(measured, { what: work, work, unit: 'MB', ours: exactly(megabytes), limit: MEMORY_LIMIT }))
  }
  return rows
}

function sound({ ok }: { readonly ok: boolean }): void {
  if (!ok) throw new Error('The evidence that was to be verified is not sound.')
}

const TICK_MS = 5

/** Also the milliseconds by which a timer came late at most while the work went on. */
async function measureTasks(
  work: () => Promise<number>,
): Promise<{ readonly ms: number; readonly longestTask: number }> {
  let longest = 0
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last - TICK_MS)
    last = now
  }, TICK_MS)
  try {
    const ms = await work()
    return { ms, longestTask: longest }
  } finally {
    clearInterval(timer)
  }
}

/** A signed review of memberships with a decision about each, packed. */
interface Packed {
  readonly reviewId: number
  /** The folder. */
  readonly pack: string
  /** Packs it again; in milliseconds. */
  readonly write: () => Promise<number>
}

async function getPack(setting: Setting, { api, context }: Service, size: number): Promise<Packed> {
  const reported = (what: string, since: number): void =>
    setting.say(`evidence: ${what} in ${((performance.now() - since) / 1000).toFixed(1)} s`)
  const client = (await api.client.add({ name: 'Bench' })).slug
  const { id: connectionId } = await api.connection.add({ client, provider: 'openai' })
  makeRegister(context).transact((writer) => {
    const source = { source: 'project-users' as const, project: null }
    const facts = getMembers(size)
    const outcomes = [
      { ...source, state: 'complete' as const, expected: null, fetched: size, excluded: [], reason: null },
    ]
    const at = Date.now()
    applyReading(writer, {
      connectionId,
      origin: 'api',
      startedAt: at,
      finishedAt: at,
      operator: 'bench',
      facts: [{ ...source, facts }],
      outcomes,
    })
  })
  let since = performance.now()
  const { reviewId, items } = await api.reviews.open({ client, kind: 'membership', override: 'A benchmark.' })
  if (items !== size) throw new Error(`The review has ${items} items instead of ${size}.`)
  reported(`opened a review of ${items} items`, since)
  since = performance.now()
  await api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'Needed for the work in this project.' })
  await api.reviews.sign({ reviewId, as: 'Mara Lindqvist' })
  reported('decided and signed', since)
  since = performance.now()
  const { path } = await api.evidence.pack({ reviewId, directory: join(setting.scratch, `pack-${size}`), zip: false })
  reported('wrote the pack', since)
  let packs = 0
  const write = async (): Promise<number> => {
    packs += 1
    const directory = join(setting.scratch, `packs-${packs}`)
    const ms = await timed(() => api.evidence.pack({ reviewId, directory, zip: false }))
    await rm(directory, { recursive: true, force: true })
    return ms
  }
  return { reviewId, pack: path, write }
}

function getMembers(size: number): Fact[] {
  return Array.from({ length: size / PROJECTS }, (_, n) => n).flatMap((n): Fact[] => [
    {
      type: 'principal',
      externalId: `user-${n}`,
      kind: 'user',
      name: `Person ${n}`,
      email: `person.${n}@bench.example`,
      roleRaw: 'reader',
      level: 'reader',
      status: 'active',
      addedAt: 0,
      expiresAt: null,
      lastUsedAt: null,
    },
    ...Array.from({ length: PROJECTS }, (_each, turn): Fact => ({
      type: 'grant',
      principal: `user-${n}`,
      project: `proj-${(n + turn * 37) % 400}`,
      roleRaw: 'member',
      level: 'member',
      impliedRoleRaw: null,
      impliedLevel: null,
      grantedAt: null,
    })),
  ])
}

function lines(path: string): number {
  let count = 0
  for (const byte of readFileSync(path)) if (byte === 10) count += 1
  return count
}
