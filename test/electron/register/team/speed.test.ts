import { it } from 'vitest'
import { newBriefRegister } from '../registers.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import { addClient, foundRegisterTeam, type Laptop } from './registers.ts'
import { journalAll } from '../../../../electron/register/db/journal.ts'
import { addPending } from '../../../../electron/register/team/waiting.ts'
import { settleDecision } from '../../../../electron/register/rows/settle.ts'

const N = Number(process.env['N'] ?? 20000)
const timed = async (what: string, count: number, work: () => Promise<unknown>): Promise<void> => {
  const start = performance.now()
  const out = await work()
  const ms = performance.now() - start
  console.log(
    `${what}: ${ms.toFixed(0)} ms, ${((count / ms) * 1000).toFixed(0)}/s`,
    JSON.stringify(out ?? null).slice(0, 120),
  )
}
function many(laptop: Laptop, from: number, count: number, kindOf: (n: number) => any): void {
  laptop.register.transact((writer) => {
    const ops = Array.from({ length: count }, (_, i) => {
      const n = from + i
      const { kind, body } = kindOf(n)
      return { kind, at: n, operator: laptop.name, client: 'acme', subject: kind, body: { v: 1, ...body } } as any
    })
    for (const op of ops) settleDecision(writer, op)
    const last = journalAll(
      writer,
      ops.map(({ kind, ...o }) => ({ action: kind, ...o })),
    )
    addPending(
      writer,
      ops.map((operation, i) => ({ operation, seq: last - count + 1 + i })),
      '2026-12-01',
    )
  })
}
const mixed = (n: number) =>
  n % 2 === 0
    ? { kind: 'today.noted', body: { entry: `connection-${n}`, note: `Note ${n}` } }
    : {
        kind: 'view.saved',
        body: { viewUid: createUid(n), list: 'keys', name: `View ${n}`, search: {}, subjects: {}, columns: null },
      }
it('speed', async () => {
  const team = await foundRegisterTeam(() => newBriefRegister(() => 0))
  const anna = await team.join('anna')
  const client = await team.openClient()
  await team.grant(client, anna, 'lead')
  addClient(team.founder, client, 'acme')
  await team.founder.exchange()
  await anna.exchange()
  await timed('decide', N, async () => many(team.founder, 1, N, mixed))
  const strip = ({ read, placed }: any) => ({ read, placed })
  await timed('place 500', N, async () => strip(await team.founder.exchange()))
  await timed('read 500', N, async () => strip(await anna.exchange()))
  const M = 500
  await timed('place 1', M, async () => {
    for (let n = 0; n < M; n += 1) {
      many(team.founder, N + 10 + n * 2, 1, mixed)
      await team.founder.exchange()
    }
  })
  await timed('read 1', M, async () => strip(await anna.exchange()))
  many(anna, 2 * N + 5000, 2, mixed)
  many(team.founder, 2 * N + 6000, 2, mixed)
  await team.founder.exchange()
  await timed('read 2 with 2 waiting of the same kinds', 2, async () => strip(await anna.exchange()))
  team.founder.register.close()
  anna.register.close()
}, 900_000)
