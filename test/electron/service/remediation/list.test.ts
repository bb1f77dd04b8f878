import { describe, expect, it } from 'vitest'

import type { RemediationOrigin, RemediationProposal } from '../../../../shared/contract/remediation.ts'
import { getReader } from '../../../../electron/service/core/context.ts'
import { followed, synced } from '../fakes.ts'
import { refused } from '../seeded.ts'
import { acmeBeside, now, readPerson, preview, sent, isRequested, world, type World } from './world.ts'

const TOMAS = 'tomas@client-acme.example'

describe('the list', () => {
  it('contains the same change request once, and again once it has ended', async () => {
    const { service, api } = await world()
    const row = await isRequested(service, 'member-remove', TOMAS)
    const again = await refused(isRequested(service, 'member-remove', TOMAS))
    expect(again).toMatchObject({
      code: 'CONFLICT',
      message: `This is on the list already, as remediation item ${row.remediationId}.`,
    })
    expect(await api.remediation.withdraw({ remediationId: row.remediationId })).toMatchObject({ state: 'withdrawn' })
    expect(await isRequested(service, 'member-remove', TOMAS)).toMatchObject({ state: 'waiting' })
    expect(await api.remediation.list({ state: 'withdrawn' })).toMatchObject({ total: 1 })
    expect(await api.remediation.list({ client: 'northfold' })).toMatchObject({ total: 2 })
    await api.client.add({ name: 'Other', slug: 'other' })
    expect(await api.remediation.list({ client: 'other' })).toMatchObject({ total: 0, rows: [] })
  })

  it('still shows open changes at a client that was archived, and none that have ended there', async () => {
    const { service, api } = await world()
    const row = await isRequested(service, 'member-remove', TOMAS)
    const ended = await isRequested(service, 'member-remove', 'ex-contractor@freelance.example')
    await api.remediation.withdraw({ remediationId: ended.remediationId })
    await api.client.archive({ slug: 'northfold' })
    expect((await api.remediation.list({})).rows.map(({ remediationId }) => remediationId)).toEqual([row.remediationId])
    expect(await api.remediation.list({ client: 'northfold' })).toMatchObject({ total: 2 })
    expect(await sent(service, row)).toMatchObject({ stopped: null })
    await followed(api)
  })

  it('accepts nothing that does not come from a finding, a decision or a person', async () => {
    const { service, api } = await world()
    const { subject, action } = await isRequested(service, 'member-remove', TOMAS)
    const request = { action, subject: { kind: subject.kind, id: subject.id } }
    expect(await refused(api.remediation.add(request))).toMatchObject({ code: 'INVALID', data: { field: 'origin' } })
    const other = readPerson(service, 'user-c3')
    expect(await refused(api.remediation.add({ ...request, origin: other }))).toMatchObject({
      code: 'INVALID',
      data: { field: 'origin' },
    })
    expect(await refused(api.remediation.add({ ...request, origin: { kind: 'finding', id: 9999 } }))).toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('accepts no action that does not apply to its subject', async () => {
    const { service, api } = await world()
    const { subject, origin } = await isRequested(service, 'invite-delete', 'new.dev@client-acme.example')
    const invite = { kind: subject.kind, id: subject.id }
    expect(await refused(api.remediation.add({ action: 'member-remove', subject: invite, origin }))).toMatchObject({
      code: 'INVALID',
      data: { field: 'subject', hint: expect.stringMatching(/deleted instead/u) as string },
    })
    expect(await refused(api.remediation.add({ action: 'key-delete', subject: invite, origin }))).toMatchObject({
      code: 'INVALID',
      data: { field: 'subject' },
    })
  })

  it('accepts of a finding what it proposes and nothing else: no other action on its subject, and no other subject', async () => {
    const { api } = await world()
    const { rows } = await api.findings.list({ limit: 100, certainty: 'all' })
    const origins = rows.map(({ findingId }) => ({ kind: 'finding', id: findingId }) as const)
    const all = (await api.remediation.proposals({ origins })).filter(({ action }) => action === 'key-delete')
    const [one] = all
    const other = all.find(({ origin }) => origin.id !== one?.origin.id)
    if (one === undefined || other === undefined) throw new Error('Two findings propose to delete a key.')
    const { origin } = one
    const add = (action: typeof one.action, { kind, id }: typeof one.subject, values = {}) =>
      api.remediation.add({ action, subject: { kind, id }, values, origin })
    const isRefused = { code: 'INVALID', data: { field: 'origin' } }
    expect(await refused(add('key-rename', one.subject, { name: 'prod-acme-chat' }))).toMatchObject(isRefused)
    expect(await refused(add('key-delete', other.subject))).toMatchObject(isRefused)
    expect(await add('key-delete', one.subject)).toMatchObject({ action: 'key-delete', origin })
  })

  it('requires whole cents', async () => {
    const { service } = await world()
    const request = (amountMicros: number) => isRequested(service, 'limit-set', 'northfold on OpenAI', { amountMicros })
    expect(await refused(request(12_345))).toMatchObject({ code: 'INVALID', data: { field: 'amountMicros' } })
    expect(await refused(isRequested(service, 'limit-set', 'northfold on OpenAI'))).toMatchObject({ code: 'INVALID' })
  })

  it('has manual steps for what no API can do, and accepts that a person did them', async () => {
    const { service, api, writes } = await world()
    const row = await isRequested(service, 'key-rename', 'legacy', { name: 'prod-acme-chat' })
    expect(row).toMatchObject({ state: 'by-hand' })
    const { token, confirm, remediations } = await preview(service, row)
    expect(remediations).toMatchObject([
      { calls: [], obstacle: null, byHand: expect.stringContaining('Set its name to “prod-acme-chat”.') as string },
    ])
    expect(confirm).toBe('')
    expect(await refused(api.remediation.run({ token, confirm }))).toMatchObject({ code: 'CONFLICT' })
    const done = await api.remediation.markByHand({ remediationId: row.remediationId })
    expect(done).toMatchObject({ state: 'done', shown: null })
    await synced(api)
    // The name is still the old one, as the sync shows.
    expect((await now(service, row)).shown).not.toBe(true)
    expect(writes()).toEqual([])
    expect(await refused(api.remediation.withdraw({ remediationId: row.remediationId }))).toMatchObject({
      code: 'CONFLICT',
    })
  })

  it('lists the changes of some people, and accepts that a person made several together, all or none', async () => {
    const { service, api } = await world()
    const removal = await isRequested(service, 'member-remove', TOMAS)
    const other = await isRequested(service, 'invite-delete', 'new.dev@client-acme.example')
    const renaming = await isRequested(service, 'key-rename', 'legacy', { name: 'prod-acme-chat' })
    const person = (await api.people.list({ search: TOMAS })).rows[0]?.personId ?? 0
    const own = await api.remediation.list({ people: [person] })
    expect(own.rows.map(({ remediationId }) => remediationId)).toEqual([removal.remediationId])
    await api.remediation.withdraw({ remediationId: other.remediationId })
    const all = [removal, renaming, other].map(({ remediationId }) => remediationId)
    expect(await refused(api.remediation.markManyByHand({ remediations: all }))).toMatchObject({ code: 'CONFLICT' })
    expect(await now(service, removal)).toMatchObject({ state: 'waiting' })
    expect(await api.remediation.markManyByHand({ remediations: all.slice(0, 2) })).toEqual({ marked: 2 })
    expect((await api.remediation.list({ state: 'done' })).total).toBe(2)
  })

  it('cancels several together, all or none', async () => {
    const { service, api } = await world()
    const removal = await isRequested(service, 'member-remove', TOMAS)
    const renaming = await isRequested(service, 'key-rename', 'legacy', { name: 'prod-acme-chat' })
    const other = await isRequested(service, 'invite-delete', 'new.dev@client-acme.example')
    const all = [removal, renaming, other].map(({ remediationId }) => remediationId)
    await api.remediation.withdraw({ remediationId: other.remediationId })
    expect(await refused(api.remediation.withdrawMany({ remediations: all }))).toMatchObject({ code: 'CONFLICT' })
    expect(await now(service, removal)).toMatchObject({ state: 'waiting' })
    expect(await api.remediation.withdrawMany({ remediations: all.slice(0, 2) })).toEqual({ withdrawn: 2 })
    expect((await api.remediation.list({ state: 'withdrawn' })).total).toBe(3)
  })

  it('shows the blocker: a key that is switched off already, a connection that was removed', async () => {
    const { service, api } = await world()
    const { organization, connection } = await acmeBeside(service)
    const off = await isRequested(service, 'key-disable', 'orphan')
    const deletion = await isRequested(service, 'key-delete', 'orphan')
    expect((await preview(service, off)).remediations[0]?.obstacle).toBeNull()
    organization.keys = organization.keys.map((row) => ({ ...(row as object), status: 'inactive' }))
    await synced(api, [connection])
    expect((await preview(service, off)).remediations[0]?.obstacle).toBe('The key is inactive already.')
    expect((await preview(service, deletion)).remediations[0]?.obstacle).toBeNull()
    await api.connection.remove({ id: off.connection.id })
    expect((await preview(service, off)).remediations[0]?.obstacle).toMatch(/connection was removed/u)
    expect(await api.remediation.list({})).toMatchObject({ total: 0 })
  })

  it('sends what can be sent and leaves manual steps', async () => {
    const { service, writes } = await world()
    const byHand = await isRequested(service, 'key-rename', 'legacy', { name: 'prod-acme-chat' })
    const other = await isRequested(service, 'member-remove', TOMAS)
    const { rows } = await sent(service, byHand, other)
    expect(rows.map(({ state }) => state)).toEqual(['by-hand', 'done'])
    expect(writes()).toHaveLength(1)
  })

  it('shows that a group or a role of the organization has to be changed, where the access comes from there', async () => {
    const { service, api } = await world()
    const origin = await decided(service, 'membership', 'z9@client-acme.example', { decision: 'remove' })
    const [proposal] = await api.remediation.proposals({ origins: [origin] })
    if (proposal === undefined) throw new Error('Nothing is proposed.')
    expect(proposal).toMatchObject({ action: 'project-member-remove', needs: [] })
    const { action, subject, values } = proposal
    const row = await api.remediation.add({ action, subject: { kind: subject.kind, id: subject.id }, values, origin })
    expect(row.state).toBe('by-hand')
    const { remediations } = await preview(service, row)
    expect(remediations[0]?.byHand).toMatch(
      /through the group “Acme developers”: remove “z9@client-acme\.example” from it/u,
    )
  })
})

describe('many changes', () => {
  it('are added to the list by one transaction, each with its own row of the journal; a refused one leaves the others', async () => {
    const { service, api } = await world()
    const request = async (name: string) => {
      const { action, subject, origin, remediationId } = await isRequested(service, 'member-remove', name)
      await api.remediation.withdraw({ remediationId })
      return { action, subject: { kind: subject.kind, id: subject.id }, origin }
    }
    const [first, second] = [await request(TOMAS), await request('ex-contractor@freelance.example')]
    const noted = () =>
      getReader(service.context).value<number>(`SELECT count(*) FROM journal WHERE action = 'remediation.added'`)
    const before = noted() ?? 0
    const { added, already, open, refused } = await api.remediation.addMany({
      items: [first, { ...first, origin: null }, second, second],
    })
    expect(added.map(({ subject }) => subject.id)).toEqual([first.subject.id, second.subject.id])
    expect({ already, open }).toEqual({ already: 1, open: 0 })
    expect(refused).toMatchObject([{ message: expect.stringMatching(/^A change comes from/u) as string }])
    expect(noted()).toBe(before + 2)
    expect(await api.remediation.addMany({ items: [first] })).toMatchObject({ added: [], already: 1, refused: [] })
  })

  it('use the best proposal of each origin, and count what is on the list and what cannot be changed', async () => {
    const { service, api } = await world()
    const origin = await decided(service, 'membership', TOMAS, { decision: 'remove' })
    const kept = await decided(service, 'membership', 'z9@client-acme.example', { decision: 'keep' })
    const first = await api.remediation.addMany({ origins: [origin, kept, { kind: 'finding', id: 9999 }] })
    expect(first).toMatchObject({
      added: [{ action: 'project-member-remove', origin }],
      already: 0,
      open: 1,
      refused: [{ message: 'Finding 9999 is not in the register.' }],
    })
    expect(await api.remediation.addMany({ origins: [origin] })).toEqual({
      added: [],
      already: 1,
      open: 0,
      refused: [],
    })
  })
})

describe('what a review decided', () => {
  it('is proposed: a role changed, an access removed, and nothing where it was kept', async () => {
    const { service, api } = await world()
    const proposed = async (...about: DecideArguments) =>
      api.remediation.proposals({ origins: [await decided(service, ...about)] })
    expect(await proposed('membership', TOMAS, { decision: 'remove' })).toMatchObject([
      { action: 'project-member-remove', says: `Remove ${TOMAS} from Acme chatbot.` },
      { action: 'key-delete', subject: { name: 'tomas laptop' } },
    ])
    expect(await proposed('membership', TOMAS, { decision: 'change', to: 'owner' })).toMatchObject([
      { action: 'project-member-role', values: { role: 'owner' }, needs: [] },
    ])
    expect(await proposed('membership', TOMAS, { decision: 'keep' })).toEqual([])
    expect(await proposed('roles', TOMAS, { decision: 'remove' })).toMatchObject([{ action: 'member-remove' }])
    expect(await proposed('roles', TOMAS, { decision: 'change', to: 'owner' })).toMatchObject([
      { action: 'member-role', values: { role: 'owner' }, needs: [] },
    ])
    expect(await proposed('keys', 'legacy', { decision: 'remove' })).toMatchObject([{ action: 'key-delete' }])
  })

  it('shows only the impact in the project when a person is removed from it', async () => {
    const { service, api, organization } = await world()
    for (const project of organization.projects) {
      project.keys = project.keys.map((key) => ({ ...(key as object), expires_at: null }))
    }
    await synced(api)
    const origin = await decided(service, 'membership', TOMAS, { decision: 'remove' })
    const [proposal] = await api.remediation.proposals({ origins: [origin] })
    if (proposal === undefined) throw new Error('Nothing is proposed.')
    const { action, subject, values } = proposal
    const row = await api.remediation.add({ action, subject: { kind: subject.kind, id: subject.id }, values, origin })
    const { impact } = (await preview(service, row)).remediations[0] ?? {}
    expect(impact?.rows.map(({ kind, name }) => `${kind} ${name}`)).toContain('key tomas laptop')
    expect(impact?.rows.filter(({ project }) => project?.id !== values.projectId)).toEqual([])
    expect(impact?.says).toContain('1 key stops working.')
  })

  it('precedes its change', async () => {
    const { service, api } = await world()
    const origin = await decided(service, 'membership', TOMAS, { decision: 'remove' })
    const [proposal] = await api.remediation.proposals({ origins: [origin] })
    if (proposal === undefined) throw new Error('Nothing is proposed.')
    await decided(service, 'membership', TOMAS, { decision: 'keep' })
    const { action, subject, values } = proposal
    const kept = await refused(
      api.remediation.add({ action, subject: { kind: subject.kind, id: subject.id }, values, origin }),
    )
    expect(kept).toMatchObject({ code: 'CONFLICT', message: expect.stringMatching(/did not decide/u) as string })
  })
})

type DecideArguments = [
  kind: 'roles' | 'keys' | 'membership',
  name: string,
  what: { readonly decision: 'keep' | 'change' | 'remove'; readonly to?: string },
]

/** Decides the item of a review about a person or a key; the review is opened unless it is. */
async function decided(service: World['service'], ...[kind, name, what]: DecideArguments): Promise<RemediationOrigin> {
  const { reviews } = service.api
  const [open] = (await reviews.list({ kind, state: 'open' })).rows
  const { reviewId } = open ?? (await reviews.open({ client: 'northfold', kind, override: 'For this test.' }))
  const { rows } = await reviews.items({ reviewId, limit: 500 })
  const item = rows.find(({ facts: { principal, key } }) => principal?.email === name || key?.name === name)
  if (item === undefined) throw new Error(`The review has no item about ${name}.`)
  await reviews.decide({ reviewId, items: [item.itemId], why: 'For this test.', ...what })
  return { kind: 'review-item', id: item.itemId }
}

describe('a leaver', () => {
  it('has proposals to be removed from everything, with their own keys and those that they can have seen', async () => {
    const { service, api } = await world()
    await acmeBeside(service)
    const proposals = await api.remediation.proposals({ origins: [readPerson(service, 'user-b2')] })
    expect(proposals.map(({ action, subject }) => `${action} ${subject.name}`)).toEqual([
      `member-remove ${TOMAS}`,
      'key-delete tomas laptop',
      'key-rotate prod-web',
    ])
    const mara = await api.remediation.proposals({ origins: [readPerson(service, 'user-a1')] })
    expect(mara.filter(({ action }) => action === 'member-remove').map(({ connection }) => connection.label)).toEqual([
      'northfold on OpenAI',
      'acme on Anthropic',
    ])
    const row = await isRequested(service, 'member-remove', TOMAS)
    expect((await api.remediation.proposals({ origins: [readPerson(service, 'user-b2')] }))[0]).toMatchObject({
      remediationId: row.remediationId,
    })
  })
})

describe('the changes for several things', () => {
  it('are each there once, for the first thing that allows it, and other requests are answered meanwhile', async () => {
    const { service, api } = await world()
    await acmeBeside(service)
    const [tomas, mara] = [readPerson(service, 'user-b2'), readPerson(service, 'user-a1')]
    const alone = await Promise.all([tomas, mara].map((origin) => api.remediation.proposals({ origins: [origin] })))
    const answered: string[] = []
    const [together] = await Promise.all([
      api.remediation.proposals({ origins: [tomas, mara, tomas] }).then((proposals) => {
        answered.push('proposals')
        return proposals
      }),
      api.remediation.list({ limit: 1 }).then(() => answered.push('list')),
    ])
    expect(answered).toEqual(['list', 'proposals'])
    const keys = (proposals: readonly RemediationProposal[]): string[] =>
      proposals.map(({ action, subject }) => `${action} ${subject.kind} ${subject.id}`)
    const every = alone.flatMap(keys)
    expect(keys(together)).toEqual([...new Set(every)])
    expect(every.length).toBeGreaterThan(together.length)
    const first = keys(alone[0] ?? [])
    expect(together.map(({ origin }) => origin.id)).toEqual(
      keys(together).map((key) => (first.includes(key) ? tomas.id : mara.id)),
    )
  })
})

describe('the word to type', () => {
  it('can be typed, whatever the provider calls the subject', async () => {
    const { service, api, organization } = await world()
    organization.invites.push({
      object: 'organization.invite',
      id: 'invite-odd',
      email: 'ann\u202Egpj.exe\u200B@x.example',
      role: 'reader',
      status: 'pending',
      created_at: 1_735_689_600,
      expires_at: null,
      projects: [],
    })
    await synced(api)
    const row = await isRequested(service, 'invite-delete', 'ann\u202Egpj.exe\u200B@x.example')
    const { confirm, token } = await preview(service, row)
    expect(confirm).toBe('invite-odd')
    expect(await api.remediation.run({ token, confirm })).toMatchObject({ stopped: null })
    await followed(api)
  })
})
