import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { closeDecidedBefore } from '../../../../electron/register/reviews/closing.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { someReading } from '../../register/apply/draw-readings.ts'
import { getReading, grant, insertConnection, type Part, project, user } from '../../register/registers.ts'
import { opened, without } from '../reviewing.ts'
import { acmeParts, seeded } from '../seeded.ts'
import { applyReading } from '../../../../electron/register/apply/apply.ts'

const HOUR = 3_600_000

interface Account {
  readonly id: number
  readonly kind: string
}

interface Item {
  readonly id: number
  readonly principal_id: number | null
  readonly closed_sync: number | null
  readonly closed_at: number | null
}

/** What an account is has no history: one that a list corrected meanwhile may be closed by another sync. */
const ACCOUNTS = 'SELECT id, kind FROM principal WHERE connection_id = ?'

it('an item is closed by the first sync that began after its decision and shows it done, whether it was known then or came later', async () => {
  const { service, api, clock } = await seeded()
  const register = makeRegister(service.context)
  let n = 0
  const decisions = fc.array(fc.constantFrom('keep', 'remove', 'change', 'none'), { minLength: 3, maxLength: 3 })
  const whole = someReading.map((parts) => parts.map((part) => ({ ...part, state: 'complete' as const })))
  await fc.assert(
    fc.asyncProperty(
      whole,
      fc.array(someReading, { minLength: 2, maxLength: 4 }),
      fc.constantFrom('roles', 'keys', 'membership'),
      decisions,
      async (first, readings, kind, each) => {
        n += 1
        const client = `drawn-${n}`
        const connectionId = register.transact((writer) => insertConnection(writer, client))
        const kinds = new Map<number, Set<string>>()
        const read = (parts: readonly Part[]): void => {
          clock.now += HOUR
          register.transact((writer) => applyReading(writer, getReading(connectionId, parts, clock.now)))
          for (const { id, kind: is } of register.reader.all<Account>(ACCOUNTS, [connectionId]))
            kinds.set(id, (kinds.get(id) ?? new Set()).add(is))
        }
        read(first)
        const review = await api.reviews.open({ client, kind, override: 'Drawn.' })
        const items = register.reader.column<number>('SELECT id FROM review_item WHERE review_id = ? ORDER BY id', [
          review.reviewId,
        ])
        for (const [at, decision] of each.entries()) {
          const chosen = items.filter((_, index) => index % each.length === at)
          if (chosen.length > 0 && decision !== 'none') {
            clock.now += HOUR
            const to = decision === 'change' ? { to: 'member' } : {}
            const input = { reviewId: review.reviewId, items: chosen, why: 'Left.', ...to }
            await api.reviews.decide({ ...input, decision }).catch(() => undefined)
          }
          const next = readings[at]
          if (next !== undefined) read(next)
        }
        const state = (): readonly (readonly unknown[])[] =>
          register.reader
            .all<Item>(
              'SELECT id, principal_id, closed_sync, closed_at FROM review_item WHERE review_id = ? ORDER BY id',
              [review.reviewId],
            )
            .filter(({ principal_id: account }) => account === null || kinds.get(account)?.size === 1)
            .map(({ id, closed_sync: sync, closed_at: at }) => [id, sync, at])
        const known = state()
        register.transact((writer) => {
          writer.run('UPDATE review_item SET closed_sync = NULL, closed_at = NULL WHERE review_id = ?', [
            review.reviewId,
          ])
          closeDecidedBefore(writer, connectionId)
        })
        expect(state()).toEqual(known)
      },
    ),
    { numRuns: 15 },
  )
})

it('a sync that began before a decision does not verify it, and the first one after it does', async () => {
  const { service, api, clock, connections } = await seeded()
  const register = makeRegister(service.context)
  const began = clock.now
  const { reviewId } = await api.reviews.open({ client: 'acme', kind: 'membership' })
  clock.now += HOUR
  await api.reviews.decide({ reviewId, items: {}, decision: 'remove', why: 'Left.' })
  const read = (startedAt: number, ...ids: readonly string[]): void => {
    clock.now += HOUR
    const parts = [{ source: 'users' as const, facts: ids.map((id) => user(id)) }, ...GONE]
    register.transact((writer) =>
      applyReading(writer, { ...getReading(connections.acme, parts, clock.now), startedAt }),
    )
  }
  const done = async () => (await api.reviews.items({ reviewId, closure: 'done' })).total
  read(began, 'u9')
  expect(await done()).toBe(0)
  read(clock.now, 'u9')
  expect(await done()).toBeGreaterThan(0)
  const closed = (): readonly unknown[] =>
    register.reader.all('SELECT id, closed_sync, closed_at FROM review_item ORDER BY id')
  const known = closed()
  // They are back, which the earlier sync did not show.
  read(clock.now, 'u1', 'u2')
  register.transact((writer) => {
    writer.run('UPDATE review_item SET closed_sync = NULL, closed_at = NULL')
    expect(closeDecidedBefore(writer, connections.acme)).toBe(known.length)
  })
  expect(closed()).toEqual(known)
})

it('a membership to remove stays open when its project is archived, and is closed by the sync that no longer shows it', async () => {
  const { api, clock, connections, read } = await seeded()
  const { reviewId } = await api.reviews.open({ client: 'acme', kind: 'membership' })
  clock.now += HOUR
  await api.reviews.decide({ reviewId, items: {}, decision: 'remove', why: 'Left.' })
  const done = async () => (await api.reviews.items({ reviewId, closure: 'done' })).total
  const archive = (facts: Part['facts']): void => {
    clock.now += HOUR
    const parts = acmeParts().filter(({ source }) => source === 'users')
    const archived = project('proj_a', { name: 'Chatbot', status: 'archived' })
    read(connections.acme, [
      ...parts,
      { source: 'projects', facts: [archived] },
      { source: 'project-users', project: 'proj_a', facts },
      ...GONE,
    ])
  }
  archive([grant('u2', 'proj_a')])
  expect(await done()).toBe(0)
  archive([])
  expect(await done()).toBe(1)
})

it('a decision is not followed once the review is cancelled', async () => {
  const of = await seeded()
  const { reviewId } = await opened(of, 'roles')
  await of.api.reviews.decide({ reviewId, items: { search: 'tomas' }, decision: 'remove' })
  await of.api.reviews.withdraw({ reviewId, why: 'Wrong client.' })
  of.read(of.connections.acme, without(acmeParts(), 'u2'))
  expect((await of.api.reviews.get({ reviewId })).row.pending).toBe(0)
  expect((await of.api.reviews.items({ reviewId, closure: 'done' })).total).toBe(0)
})

/** Every list in which a member could still be. */
const GONE = (['groups', 'group-users', 'group-roles', 'user-roles'] as const).map((source) => ({ source, facts: [] }))
