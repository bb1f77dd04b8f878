import { beforeAll, expect, it } from 'vitest'

import { putSample } from '../../../sample-profile.ts'
import { newCastellan } from '../castellan.ts'
import { keysIn } from '../keys-in.ts'

const castellan = newCastellan()

const SCOPE = ['--client', 'acme-corp'] as const

beforeAll(async () => {
  await putSample(castellan.profile)
})

const review = (...argv: readonly string[]) => castellan.run('review', ...argv)

/** The keys that the help of a subcommand promises. */
async function promised(...name: readonly string[]): Promise<readonly string[]> {
  const keys = keysIn((await review(...name, '--help')).out).join(', ')
  return keys.split(', ')
}

async function opened(kind: string): Promise<number> {
  const ran = await review('open', '--check', kind, ...SCOPE, '--json')
  expect(ran).toMatchObject({ code: 0, err: '' })
  return ran.json<{ readonly reviewId: number }>().reviewId
}

it('lists what is due as a table and as flat objects with the keys that its help names', async () => {
  const rows = (await review('schedule', '--json')).json()
  expect(rows).toHaveLength(30)
  expect(Object.keys(rows[0] ?? {})).toEqual(await promised('schedule'))
  // The overdue ones lead, each group by its day: a last review that came with a register can be older than a departure.
  const order = rows.map((row) => `${row['overdue'] === true ? 0 : 1} ${JSON.stringify(row['dueOn'] ?? '9999')}`)
  expect(order).toEqual(order.toSorted())
  expect(rows[0]).toMatchObject({ overdue: true })
  expect(rows.filter((row) => row['kind'] === 'departed' && row['dueOn'] !== null)).not.toEqual([])
  expect((await review('schedule', ...SCOPE, '--json')).json()).toHaveLength(5)
  const { out } = await review('schedule')
  expect(out).toMatch(/Leavers/u)
  expect((await review('list')).out).toMatch(/No reviews/u)
})

it('opens, decides, undoes, signs and acknowledges a review', async () => {
  const id = await opened('admins')
  const items = (await review('item', 'list', String(id), '--json')).json()
  expect(items.length).toBeGreaterThan(2)
  expect(Object.keys(items[0] ?? {})).toEqual(await promised('item', 'list'))
  expect(items.every((row) => Object.values(row).every((value) => typeof value !== 'object' || value === null))).toBe(
    true,
  )

  const one = String(items[0]?.['itemId'])
  expect(await review('decide', String(id), one, '--decision', 'remove')).toMatchObject({
    code: 1,
    err: expect.stringContaining('Removing an owner or admin needs a justification') as string,
  })
  const removed = await review('decide', String(id), one, '--decision', 'remove', '--why', 'Left the agency.')
  expect(removed).toMatchObject({ code: 0, out: expect.stringMatching(/^Decided 1 item: remove\. Undo it: castellan review undo \d+ \d+\n$/u) as string }) // prettier-ignore
  const batch = /undo \d+ (\d+)/u.exec(removed.out)?.[1] ?? ''
  expect(await review('undo', String(id), batch)).toMatchObject({
    code: 0,
    out: 'Undid the decision about 1 item.\n',
  })

  const unsigned = await review('sign', String(id), '--as', 'Mara')
  expect(unsigned.code).toBe(1)
  expect(unsigned.err).toMatch(/not decided/u)
  const flagged = await review('decide', String(id), '--all', '--decision', 'keep')
  expect(flagged.code).toBe(1)
  expect(flagged.err).toMatch(/needs a justification/u)
  const kept = await review(
    'decide',
    String(id),
    '--all',
    '--undecided',
    '--decision',
    'keep',
    '--why',
    'In charge.',
    '--json',
  )
  expect(kept.json<{ readonly decided: number }>().decided).toBe(items.length)
  const change = ['decide', String(id), one, '--decision', 'change', '--to'] as const
  expect(await review(...change, 'reader')).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /"reader" is not a role of the organization at Anthropic\.\nGive one of: .*developer/u,
    ) as string,
  })
  expect(await review(...change, 'Developer')).toMatchObject({ code: 0 })

  expect(await review('sign', String(id))).toMatchObject({
    code: 2,
    err: expect.stringContaining('Name who signs: --as NAME') as string,
  })
  expect((await review('sign', String(id), '--as', 'Mara')).out).toMatch(
    /Signed review \d+, Administrators.* 1 to change/u,
  )
  expect((await review('acknowledge', String(id), '--as', 'mara')).code).toBe(1)
  expect(await review('acknowledge', String(id), '--as', 'Ines')).toMatchObject({ code: 0 })
  const [row] = (await review('list', '--kind', 'admins', '--json')).json()
  expect(row).toMatchObject({
    reviewId: id,
    state: 'acknowledged',
    signedBy: 'Mara',
    acknowledgedBy: 'Ines',
    pending: 1,
  })
  expect(Object.keys(row ?? {})).toEqual(await promised('list'))
  expect((await review('item', 'list', String(id), '--closure', 'pending', '--json')).json()).toHaveLength(1)
  expect((await review('item', 'list', String(id))).out).toMatch(/change to developer/u)
})

it('cancels a review with a reason', async () => {
  const id = await opened('keys')
  expect((await review('cancel', String(id))).code).toBe(2)
  expect(await review('cancel', String(id), '--why', 'Too early.', '--yes')).toMatchObject({ code: 0 })
  expect((await review('list', '--state', 'withdrawn', '--json')).json()[0]).toMatchObject({ override: 'Too early.' })
})

it('reports what is missing or contradicts itself', async () => {
  const id = String(await opened('roles'))
  expect((await review('open', '--check', 'keys')).err).toMatch(/--client SLUG/u)
  expect((await review('open', '--check', 'everything', ...SCOPE)).code).toBe(2)
  expect((await review('decide', id, '--decision', 'keep')).code).toBe(2)
  expect((await review('decide', id, '1', '--all', '--decision', 'keep')).code).toBe(2)
  expect((await review('decide', id, '--all')).code).toBe(2)
  expect((await review('item', 'list', '999')).code).toBe(1)
  const blocked = await review('open', '--check', 'departed', '--client', 'tarnbeck-rail')
  expect(blocked.code).toBe(1)
  expect(blocked.err).toMatch(/Invites in Tarnbeck on OpenAI/u)
  const empty = [
    'open',
    '--check',
    'departed',
    '--client',
    'heliotide-clinics',
    '--override',
    'Invites are not needed.',
  ]
  expect((await review(...empty)).out).toMatch(/nothing to decide, so it is closed/u)
})
