import { randomUUID } from 'node:crypto'

import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

import type { TeamServer } from '../../../../electron/team/server.ts'
import { BATCH_CLASSES, type PlacedBatch } from '../../../../shared/team/batch.ts'
import { drillRuns } from '../../../drills/drill.ts'
import { openMemoryServer } from '../../../team/memory-server.ts'
import { createWorld, toPlaced } from '../../../team/memory-world.ts'
import { admit, type LoggedIn, setUpTeam, startTeamPostgres, type TeamPostgres } from '../../../team/postgres-team.ts'
import { bytes, refusal, toHead } from './placing.ts'

let server: TeamPostgres
beforeAll(async () => {
  server = await startTeamPostgres()
})
afterAll(() => server.stop())

/** One of few, so that calls meet. */
const few = fc.nat({ max: 2 })
const who = fc.nat({ max: 3 })
const rights = fc.record({
  levels: fc.array(fc.record({ who: fc.nat({ max: 4 }), level: fc.constantFrom(1, 2, 3) }), {
    minLength: 1,
    maxLength: 4,
  }),
  approvals: fc.boolean(),
})
const off = fc.constantFrom(0, 0, 0, 0, 0, -1, 1)
const call = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      name: fc.constant('append'),
      log: few,
      class: fc.constantFrom(...BATCH_CLASSES),
      change: few,
      off,
      card: fc.constantFrom('newest', 'newest', 'newest', 'none'),
      isOwnDevice: fc.constantFrom(true, true, true, true, false),
      size: fc.constantFrom(10, 10, 50_000),
      blob: fc.constantFrom(null, null, 0, 1),
      rights,
    }),
  },
  { weight: 2, arbitrary: fc.record({ name: fc.constant('refill'), log: few, from: few, isChanged: fc.boolean() }) },
  fc.record({ name: fc.constant('lose'), log: few, from: fc.nat({ max: 4 }) }),
  fc.record({ name: fc.constantFrom('goOn', 'heads', 'listRights', 'listLogins', 'listKnocks') }),
  fc.record({ name: fc.constantFrom('read', 'readHeads', 'readCards', 'cut', 'listTurns'), log: few, from: few }),
  { weight: 3, arbitrary: fc.record({ name: fc.constant('setRights'), log: few, rights }) },
  fc.record({ name: fc.constantFrom('putBlob', 'getBlobs', 'lackBlobs'), log: few, blob: few }),
  fc.record({
    name: fc.constantFrom('takeTurns'),
    turns: fc.array(fc.record({ log: few, job: few }), { maxLength: 3 }),
    early: fc.boolean(),
  }),
  fc.record({ name: fc.constant('giveTurn'), log: few, job: few, due: fc.constantFrom(-1, 0, 60_000, 1e15) }),
  fc.record({ name: fc.constant('knock'), invite: few }),
  fc.record({ name: fc.constant('answerKnock'), invite: few, refused: fc.constantFrom(null, 'no') }),
  fc.record({ name: fc.constantFrom('lower'), log: few, whom: who }),
  fc.record({ name: fc.constant('giveRoom'), whom: who, bytes: fc.constantFrom(-2e9, -60_000, 70_000) }),
  fc.record({ name: fc.constantFrom('putFigures', 'getFigures'), log: few, size: fc.constantFrom(10, 4096) }),
  fc.record({ name: fc.constant('shut'), whom: fc.constantFrom(2, 3) }),
)
type Call = (typeof call extends fc.Arbitrary<infer T> ? T : never) & { readonly name: string }

/** Times and the order of rows without one differ by themselves. */
function toPlain(value: unknown): unknown {
  const text = JSON.stringify(value, (key, part: unknown) => {
    if (part instanceof Uint8Array) return Buffer.from(part).toString('hex')
    if (['placedAt', 'now', 'cursor', 'server'].includes(key)) return part === null ? null : '…'
    if (key === 'until' || key === 'due')
      return typeof part === 'number' && part > Date.now() + 600_000 ? 'later' : part === null ? null : 'by now'
    return part
  })
  const plain: unknown = text === undefined ? null : JSON.parse(text)
  return Array.isArray(plain) ? plain.map((one) => JSON.stringify(one)).toSorted() : plain
}

it('the server in memory gives the answers of that in PostgreSQL to any calls', { timeout: 1_200_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ by: who, call }), { minLength: 40, maxLength: 120 }), async (steps) => {
      const address = await server.createDatabase()
      const owner = await setUpTeam(address)
      const people: LoggedIn[] = [owner, await admit(address, owner.server)]
      people.push(
        await admit(address, owner.server),
        await admit(address, owner.server, { member: people[1]?.member ?? '' }),
      )
      const world = createWorld()
      for (const [index, { login, device, member }] of people.entries()) {
        world.logins.set(login, {
          login,
          device,
          member,
          owner: index === 0,
          verifier: '',
          until: null,
          room: 2_000_000_000,
        })
      }
      const doubles = people.map(({ login }) => openMemoryServer(world, login))
      const [logs, changes, jobs] = [0, 1, 2].map(() => [0, 1, 2].map(() => randomUUID())) as [
        string[],
        string[],
        string[],
      ]
      const starts = logs.map(() => bytes(32))
      const addresses = [0, 1, 2].map(() => bytes(32))
      const blobs = addresses.map((of) => ({ address: of, sealed: bytes(1000) }))
      const held = new Map<string, PlacedBatch[]>()
      const toRights = ({
        levels,
        approvals,
      }: {
        levels: readonly { who: number; level: number }[]
        approvals: boolean
      }) => ({
        logins: levels.map(({ who: one, level }) => ({
          login: people[one]?.login ?? 'postgres',
          level: level as 1 | 2 | 3,
          wrap: bytes(20),
        })),
        approvals,
      })
      try {
        for (const { by, call: asked } of steps) await take(by, asked)
      } finally {
        await Promise.all(people.map(({ server: each }) => each.close()))
      }

      async function take(by: number, asked: Call): Promise<void> {
        const [real, double, me] = [people[by]?.server, doubles[by], people[by]]
        if (real === undefined || double === undefined || me === undefined) return
        world.now = Date.now()
        const one = prepare(asked)
        const answers = await Promise.all([real, double].map((each) => settle(() => one(each))))
        expect(`${JSON.stringify([by, asked])}\n${JSON.stringify(answers[0])}`).toBe(
          `${JSON.stringify([by, asked])}\n${JSON.stringify(answers[1])}`,
        )
        for (const [log, row] of world.logs) {
          const kept = held.get(log) ?? []
          if (row.rows.length > 0) held.set(log, [...row.rows.map(toPlaced), ...kept.slice(row.rows.length)])
        }
        if (asked.name === 'lose') await lose(asked.log, asked.from)

        function prepare(given: Call): (each: TeamServer) => Promise<unknown> {
          const logOf = logs['log' in given ? given.log : 0] ?? ''
          switch (given.name) {
            case 'append': {
              const row = world.logs.get(logOf)
              const isAlone = given.class === 'card' || given.class === 'ordinary'
              const batch = {
                log: logOf,
                at: Math.max(0, (row?.rows.length ?? 0) + given.off),
                before: row?.head ?? starts['log' in given ? given.log : 0] ?? bytes(32),
                card: given.card === 'none' ? null : (row?.card ?? null),
                device: given.isOwnDevice ? (me?.device ?? '') : owner.device,
                class: given.class,
                change: isAlone ? null : (changes[given.change] ?? null),
                box: bytes(given.size),
                signature: bytes(64),
              }
              const named = given.blob === null ? [] : addresses.slice(given.blob, given.blob + 1)
              const of = given.class === 'card' ? toRights(given.rights) : null
              return (each) => each.append(batch, named, of)
            }
            case 'refill': {
              const all = (held.get(logOf) ?? []).slice(given.from, given.from + 3)
              const some = given.isChanged
                ? all
                    .map((batch) => ({ ...batch, signature: bytes(64) }))
                    .map((batch) => ({ ...batch, head: toHead(batch) }))
                : all
              return async (each) => (some.length === 0 ? null : each.refill(some))
            }
            case 'lose':
              return async () => null
            case 'goOn':
            case 'listRights':
            case 'listLogins':
            case 'listKnocks':
              return (each) => each[given.name as 'goOn']()
            case 'heads':
              return async (each) => {
                const { logs: shown, restoring } = await each.heads(null)
                return { restoring, logs: toPlain(shown) }
              }
            case 'read':
            case 'readHeads':
            case 'readCards':
            case 'cut':
              return (each) => each[given.name as 'read'](logOf, given.from)
            case 'listTurns':
              return (each) => each.listTurns(logOf)
            case 'setRights': {
              const of = toRights(given.rights)
              return (each) => each.setRights(logOf, of)
            }
            case 'putBlob':
              return (each) => each.putBlobs(logOf, blobs.slice(given.blob, given.blob + 1))
            case 'getBlobs':
            case 'lackBlobs':
              return (each) => each[given.name as 'getBlobs'](logOf, addresses)
            case 'takeTurns': {
              const turns = given.turns.map(({ log, job }) => ({ log: logs[log] ?? '', job: jobs[job] ?? '' }))
              return (each) => each.takeTurns(turns, 30, given.early)
            }
            case 'giveTurn':
              return (each) =>
                each.giveTurn({ log: logOf, job: jobs[given.job] ?? '' }, given.due < 0 ? -1 : Date.now() + given.due)
            case 'knock':
              return (each) =>
                each.knock({
                  invite: jobs[given.invite] ?? '',
                  login: me?.login ?? '',
                  device: me?.device ?? '',
                  signKey: starts[0] ?? bytes(32),
                  boxKey: starts[1] ?? bytes(32),
                  mac: starts[2] ?? bytes(32),
                })
            case 'answerKnock':
              return (each) => each.answerKnock(jobs[given.invite] ?? '', given.refused)
            case 'lower':
              return (each) => each.lower(logOf, people[given.whom]?.login ?? '')
            case 'giveRoom':
              return (each) => each.giveRoom(people[given.whom]?.login ?? '', given.bytes)
            case 'putFigures': {
              const figures = [{ log: logOf, sealed: bytes(given.size), at: 7 }]
              return (each) => each.putFigures(figures)
            }
            case 'getFigures':
              return (each) => each.getFigures(logs)
            case 'shut':
              return (each) => each.shut(people[given.whom]?.login ?? '')
            default:
              throw new Error('A call without a case.')
          }
        }

        async function lose(index: number, from: number): Promise<void> {
          const row = world.logs.get(logs[index] ?? '')
          if (row === undefined || row.rows.length <= from || from === 0) return
          const { head } = row.rows[from - 1] ?? row
          row.rows.length = from
          row.head = head
          row.card = row.rows.findLast((batch) => batch.class === 'card')?.head ?? null
          await server.postgres.sql(
            `DELETE FROM castellan.batch WHERE log = '${logs[index]}' AND at >= ${from};
             UPDATE castellan.log l SET next = ${from}, head = (SELECT head FROM castellan.batch b WHERE b.log = l.log AND at = ${from - 1}),
               card = (SELECT head FROM castellan.batch b WHERE b.log = l.log AND class = 'card' ORDER BY at DESC LIMIT 1) WHERE log = '${logs[index]}'`,
            address.database,
          )
        }
      }
    }),
    { ...drillRuns('same-servers'), endOnFailure: process.env['QUICK'] === '1' },
  )
})

async function settle(work: () => Promise<unknown>): Promise<unknown> {
  let answer: unknown = null
  const problem = await refusal(
    work().then((value) => {
      answer = toPlain(value ?? null)
      return answer
    }),
  )
  return problem === 'done' ? answer : problem
}
