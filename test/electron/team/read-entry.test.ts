import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { canonicalJson } from '../../../shared/domain/canonical-json.ts'
import type { Entry } from '../../../shared/team/entry.ts'
import { newest } from '../../../shared/team/membership.ts'
import { VERSION } from '../../../shared/team/operations.ts'
import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { readClientEntry } from '../../../electron/team/read-entry.ts'
import { startStream } from '../../../electron/team/stream.ts'
import { StreamStopped, type Verdict, VOID_WORDS } from '../../../shared/team/verdict.ts'
import { DRILL_LIMIT_MS, drill } from '../../drills/drill.ts'
import { makeRandom } from '../../providers/random.ts'
import { crypto, foundTeam, type Laptop, nextUuid, SERVER, toNote } from './world.ts'

/** A client with a reviewer, a viewer and a member without access, and the reviewer's first entry. */
async function setUp() {
  const server = createMemoryServer(SERVER, () => 0)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  const [reviewer, viewer, other] = [await team.join('reviewer'), await team.join('viewer'), await team.join('other')]
  const lead = await team.join('lead')
  const client = await team.openClient()
  await team.grant(client, reviewer, 'reviewer')
  await team.grant(client, viewer, 'viewer')
  await team.grant(client, lead, 'lead')
  for (const one of [reviewer, viewer, other, lead]) await one.exchange()
  reviewer.decide(client, ...toNote('first'))
  const [entry] = reviewer.replica.compose(client, 1) as [Entry]
  return { server, team, client, reviewer, viewer, other, lead, entry }
}
const world = await setUp()
const { team, client, reviewer, lead, entry } = world
const membership = team.founder.replica.membership()!
const reading = { crypto, membership, keys: team.founder.replica.keys, version: VERSION }
const start = () => startStream(crypto, client, team.root)

function read(next: Entry, state = start()): Verdict {
  return readClientEntry(reading, state, next).verdict
}

/** The entry with other fields, signed by a device for the first place. */
function signedBy({ replica }: Laptop, change: Partial<Entry>): Entry {
  return crypto.signEntry(start().head, { ...entry, ...change }, replica.author.keys.sign.privateKey)
}

/** An entry of any text in place of an operation. */
function withText(text: string, change: Partial<Entry> = {}, author = reviewer): Entry {
  const opHash = crypto.hashText(text)
  const place = { stream: client, op: entry.op, opHash }
  const key = reading.keys.find(
    crypto,
    { scope: client, generation: 1 },
    membership.keys.get(client)!.generations[0]!.value.commitment,
  )!
  return signedBy(author, { opHash, sealed: crypto.sealText(key, place, text), ...change })
}

function opText(kind: string, body: object): string {
  const op = {
    kind,
    salt: '0'.repeat(32),
    at: 0,
    day: '2026-11-27',
    basis: -1,
    subject: 'Acme',
    body: { v: 1, ...body },
  }
  return canonicalJson(op)
}

const own = { device: reviewer.device }
const refused: readonly (readonly [string, keyof typeof VOID_WORDS, () => Entry])[] = [
  ['whose device the team does not know', 'unknown-author', () => ({ ...entry, device: nextUuid() })],
  ['that rests on a time before its device was enrolled', 'unknown-author', () => signedBy(reviewer, { teamSeq: 0 })],
  ['with a changed signature', 'not-signed', () => ({ ...entry, signature: new Uint8Array(64) })],
  ['that another device signed', 'not-signed', () => signedBy(world.viewer, {})],
  ['by a viewer', 'not-allowed', () => signedBy(world.viewer, { device: world.viewer.device })],
  ['by a member without access', 'not-allowed', () => signedBy(world.other, { device: world.other.device })],
  ['under a key of another generation', 'other-key', () => signedBy(reviewer, { generation: 2 })],
  ['of newer kinds than agreed', 'newer-than-agreed', () => signedBy(reviewer, { opset: 2 })],
  ['with other sealed bytes', 'unreadable', () => signedBy(reviewer, { sealed: new Uint8Array(80) })],
  ['with nothing sealed', 'unreadable', () => signedBy(reviewer, { sealed: new Uint8Array() })],
  ['that names another operation', 'unreadable', () => signedBy(reviewer, { opHash: crypto.hashText('another') })],
  ['that contains no JSON', 'not-an-operation', () => withText('x')],
  ['that contains another JSON', 'not-an-operation', () => withText('{"kind":"x"}')],
  ['that is not in its canonical form', 'not-an-operation', () => withText(` {}`)],
  ['of a kind that no team exchanges', 'not-an-operation', () => withText(opText('usage.folder-removed', {}))],
  ['with a body of another kind', 'not-an-operation', () => withText(opText('client.archived', { note: 'x' }))],
  ['that only a lead may decide', 'not-allowed', () => withText(opText('client.archived', {}))],
]

describe('an entry', () => {
  it('has an effect when its device signed it for its place and had the right', () => {
    expect(read(entry)).toMatchObject({ kind: 'effective', member: reviewer.member, op: { body: { note: 'first' } } })
  })

  it.each(refused)('%s is void: %s', (_, reason, make) => {
    expect(read(make())).toEqual({ kind: 'void', reason })
    expect(VOID_WORDS[reason]).toMatch(/^[A-Z].*\.$/u)
  })

  it('of a lead changes the domains of a client, and has no effect where the client is internal: that is for an owner', () => {
    const { founder } = team
    const change = (kind: string, author: Laptop): Verdict =>
      read(
        withText(
          opText('client.changed', { domains: ['agency.example'], kind }),
          { device: author.replica.author.device },
          author,
        ),
      )
    expect(change('client', lead)).toMatchObject({ kind: 'effective' })
    expect(change('internal', lead)).toEqual({ kind: 'void', reason: 'not-allowed' })
    expect(change('internal', founder)).toMatchObject({ kind: 'effective' })
  })

  it('whose operation is not what its hash names is void, even if it was sealed for that hash', () => {
    const opHash = crypto.hashText('{}')
    const key = reading.keys.find(
      crypto,
      { scope: client, generation: 1 },
      membership.keys.get(client)!.generations[0]!.value.commitment,
    )!
    const sealed = crypto.sealText(key, { stream: client, op: entry.op, opHash }, '[]')
    expect(read(signedBy(reviewer, { opHash, sealed }))).toEqual({ kind: 'void', reason: 'not-the-operation' })
  })

  it('takes its place even when it is void, so the next one is read', () => {
    const { state } = readClientEntry(reading, start(), { ...entry, signature: new Uint8Array(64) })
    const next = crypto.signEntry(state.head, { ...entry, seq: 1 }, reviewer.replica.author.keys.sign.privateKey)
    expect(read(next, state)).toMatchObject({ kind: 'effective' })
  })

  it.each([
    ['counted before', 'counted-before', { op: nextUuid() }],
    ['placed before', 'placed-before', { deviceSeq: 9 }],
    ['resting on earlier members', 'earlier-members', { op: nextUuid(), deviceSeq: 9, teamSeq: membership.next - 2 }],
  ] as const)('that follows one is void when it is %s', (_, reason, change) => {
    const { state } = readClientEntry(reading, start(), entry)
    const next = { ...entry, seq: 1, ...change }
    const signed = crypto.signEntry(state.head, next, reviewer.replica.author.keys.sign.privateKey)
    expect(read(signed, state)).toEqual({ kind: 'void', reason })
  })

  it.each([
    ['of another stream', 'gap', { stream: nextUuid() }],
    ['of a later position', 'gap', { seq: 1 }],
    ['with a broken name', 'not-an-entry', { op: 'x' }],
    ['with half a count', 'not-an-entry', { deviceSeq: 0.5 }],
    ['with a short hash', 'not-an-entry', { opHash: new Uint8Array(31) }],
    ['resting on members that this device has not read', 'members-missing', { teamSeq: membership.next }],
  ] as const)('%s stops the stream', (_, reason, change) => {
    const isBroken = reason === 'not-an-entry'
    expect(() => read(isBroken ? { ...entry, ...change } : signedBy(reviewer, change))).toThrow(
      expect.objectContaining({ reason }) as Error,
    )
  })

  it('is read once the key that was missing is there', () => {
    const state = start()
    const { keys } = world.other.replica
    expect(() => readClientEntry({ ...reading, keys }, state, entry)).toThrow(StreamStopped)
    expect(read(entry, state)).toMatchObject({ kind: 'effective' })
  })
})

/** Values that a hostile server or author may send in a field, most of them of its type. */
function poison(random: () => number, value: unknown): unknown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  if (value instanceof Uint8Array) {
    const at = Math.floor(random() * value.length)
    return pick([
      () => value.with(at, (value[at] ?? 0) ^ (1 << Math.floor(random() * 8))),
      () => value.subarray(0, at),
      () => new Uint8Array(value.length),
      () => new Uint8Array([...value, ...value]),
      () => Uint8Array.from(value, () => Math.floor(random() * 256)),
      () => null,
    ])()
  }
  if (typeof value === 'number') {
    return pick([value + 1, value - 1, 0, -1, 2 ** 32, 2 ** 53, 2 ** 53 - 1, Number.NaN, Infinity, 0.5, '0', null])
  }
  return pick([own.device, team.team, client, '', 'x'.repeat(36), String(value).toUpperCase(), null, 7, nextUuid()])
}

describe('a poisoned entry', () => {
  const { count, seed } = drill('poison-entries')

  it(
    `is void or stops the stream, and the log stays readable (${count})`,
    () => {
      const random = makeRandom(seed)
      const fields = Object.keys(entry) as (keyof Entry)[]
      const { publicKey } = reviewer.replica.author.keys.sign
      const came = new Map<string, number>()
      for (let at = 0; at < count; at += 1) {
        const field = fields[at % fields.length]!
        const state = start()
        let next = { ...entry, [field]: poison(random, entry[field]) } as Entry
        // A hostile author signs what they changed; the server's owner cannot.
        const isSigned = random() < 0.5
        if (isSigned) next = trySign(next)
        const result = readPoisoned(next)
        // Only what the reviewer signed has an effect, as an operation by the reviewer.
        expect(result !== 'effective' || crypto.isSigned(state.head, next, publicKey)).toBe(true)
        came.set(result, (came.get(result) ?? 0) + 1)
      }
      expect(read(entry)).toMatchObject({ kind: 'effective' })
      expect(came.size).toBeGreaterThan(5)
    },
    DRILL_LIMIT_MS,
  )

  /** The reason of a void or a stop; throws what is neither. */
  function readPoisoned(next: Entry): string {
    const state = start()
    try {
      const { state: after, verdict } = readClientEntry(reading, state, next)
      if (after.next !== 1) throw new Error('The entry took no place.')
      // What an entry claims counts only after it was compared with what was read.
      if (after.floor > newest(membership)) throw new Error('The entry rests on what was not read.')
      if (verdict.kind === 'void') return verdict.reason
      if (verdict.member !== reviewer.member) throw new Error('The entry counts for another member.')
      return 'effective'
    } catch (error) {
      if (!(error instanceof StreamStopped)) throw error
      return error.reason
    }
  }

  function trySign(next: Entry): Entry {
    try {
      return crypto.signEntry(start().head, next, reviewer.replica.author.keys.sign.privateKey)
    } catch {
      return next
    }
  }

  it('of any operation is void, or an operation of its kind', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), (text) => {
        expect(['void', 'effective']).toContain(read(withText(text)).kind)
      }),
    )
  })
})
