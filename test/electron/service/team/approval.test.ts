import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { listSentOfReview } from '../../../../electron/register/remediation/sent.ts'
import { getReader, makeRegister } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { TeamLogError } from '../../../../electron/team/log.ts'
import type { RemediationRow } from '../../../../shared/contract/remediation.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { northfoldOpenAi } from '../../../providers/fixtures/northfold-openai.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { toCsv } from '../evidence/packs.ts'
import { connected, followed, synced } from '../fakes.ts'
import { isRequested, isWrite } from '../remediation/world.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'
import { MemoryServers, prepareInMemory } from './memory-servers.ts'
import { foundedService, joinedService } from './teams.ts'

const HOUR = 3_600_000
const TOMAS = 'tomas@client-acme.example'

/** A team of two with one client whose provider the founder's credential may change; both read it. */
async function setUp() {
  const provider = closeAfterTest(await startFakeOpenAi({ organizations: [northfoldOpenAi()] }))
  const [servers, prepared, clock] = [new MemoryServers(), prepareInMemory(), { now: Date.now() }]
  const make = (): Promise<Service> => newService({ teamServers: servers, now: () => clock.now })
  const mara = await foundedService(prepared, make)
  const anna = await joinedService(mara, prepared, { name: 'Anna', email: 'anna@northlight.example' }, make)
  await mara.api.team.grant({ member: 'anna@northlight.example', client: 'acme', role: 'lead' })
  const connection = await connected(mara.api, provider, { client: 'acme' })
  await mara.api.connection.update({ id: connection, access: 'read-write' })
  await mara.api.team.exchange()
  await synced(mara.api, [connection])
  const exchange = async (): Promise<void> => {
    for (const { api } of [mara, anna, mara]) await api.team.exchange()
  }
  await exchange()
  return { servers, clock, mara, anna, exchange, writes: () => provider.requests.filter(isWrite).length }
}

const row = async ({ api }: Service): Promise<RemediationRow> => (await api.remediation.list({})).rows[0]!
const preview = async (service: Service) =>
  service.api.remediation.preview({ remediations: [(await row(service)).remediationId] })
const approve = async (service: Service, confirm?: string) => {
  const made = await preview(service)
  return service.api.remediation.approve({ token: made.token, confirm: confirm ?? made.confirm })
}
const run = async (service: Service) => {
  const { token, confirm } = await preview(service)
  return service.api.remediation.run({ token, confirm })
}

it('a change of a client that asks for it is sent once a second member approved the same requests, after the team placed that', async () => {
  const { servers, clock, mara, anna, exchange, writes } = await setUp()
  // Added before an owner asks for approvals: it needs one too.
  await isRequested(mara, 'member-remove', TOMAS)
  expect((await row(mara)).approval).toEqual({ state: 'notNeeded', approved: null, own: true })
  expect(await refused(anna.api.team.requireApprovals({ client: 'acme', required: true }))).toMatchObject({
    code: 'NOT_ALLOWED',
  })
  expect(await mara.api.team.requireApprovals({ client: 'acme', required: true })).toMatchObject({
    effect: 'effective',
  })
  await exchange()
  expect((await anna.api.team.status()).approvals.clients).toMatchObject([{ client: 'acme', required: true }])
  expect((await row(mara)).approval).toEqual({ state: 'waiting', approved: null, own: true })

  // Not sent without an approval, and not approved by who added it, who has no right, or with the wrong word.
  expect(await refused(run(mara))).toMatchObject({ message: expect.stringContaining('waits for the approval') })
  expect(await refused(approve(mara))).toMatchObject({ message: expect.stringContaining('You added it') })
  await mara.api.team.grant({ member: 'anna@northlight.example', client: 'acme', role: 'operator' })
  await exchange()
  expect(await refused(approve(anna))).toMatchObject({ message: expect.stringContaining('Only a lead') })
  await mara.api.team.grant({ member: 'anna@northlight.example', client: 'acme', role: 'lead' })
  await exchange()
  expect(await refused(approve(anna, 'x'))).toMatchObject({ message: expect.stringContaining('What was typed') })

  // A register that differs by one fact derives another request, and names the difference.
  const change = (from: string, to: string) =>
    makeRegister(anna.context).transact((writer) =>
      writer.run('UPDATE principal SET external_id = ? WHERE external_id = ?', [to, from]),
    )
  const account = getReader(anna.context).value<string>(
    'SELECT p.external_id FROM remediation r JOIN principal p ON p.id = r.subject_id',
  )!
  change(account, 'user_other')
  const differs = await refused(approve(anna))
  expect(differs.message).toContain('derives other requests')
  expect(differs.message).toMatch(
    new RegExp(`The address differs: \\S+${account} where it was added, \\S+user_other here`, 'u'),
  )
  change('user_other', account)

  await approve(anna)
  await exchange()
  expect((await row(mara)).approval).toMatchObject({ state: 'approved', approved: { by: 'Anna' }, own: true })
  expect(await refused(run(anna))).toMatchObject({ message: expect.stringContaining('no credential') })

  // A day later it has to be approved again.
  clock.now += 25 * HOUR
  expect((await row(mara)).approval?.state).toBe('outdated')
  expect(await refused(run(mara))).toMatchObject({ message: expect.stringContaining('more than 24 hours old') })
  await approve(anna)
  await exchange()

  // Without the server nothing leaves.
  servers.before = () => {
    throw new TeamLogError('offline', 'The team’s server does not answer. Try again.')
  }
  expect(await refused(run(mara))).toMatchObject({
    code: 'OFFLINE',
    message: expect.stringContaining('does not answer'),
  })
  expect(writes()).toBe(0)

  // Where the server does not place the sending, the change waits again.
  servers.before = (call) => {
    if (call === 'push') throw new TeamLogError('offline', 'The team’s server does not answer. Try again.')
  }
  expect((await run(mara)).stopped).toContain('the team’s server has not placed it')
  expect(writes()).toBe(0)
  servers.before = () => undefined
  await exchange()
  expect(await row(mara)).toMatchObject({ state: 'waiting', approval: { state: 'approved' } })

  // A review finds that the access has to go before the change is sent.
  const { reviewId } = await mara.api.reviews.open({
    client: 'acme',
    kind: 'roles',
    override: 'The lists are short here.',
  })
  const { rows: items } = await mara.api.reviews.items({ reviewId })
  const itemId = items.find(({ facts }) => facts.principal?.email === TOMAS)?.itemId ?? 0
  await mara.api.reviews.decide({ reviewId, items: [itemId], decision: 'remove', why: 'Left.' })
  expect(listSentOfReview(getReader(mara.context), reviewId)).toEqual([])

  // At the time at which the sending is placed, the provider has no request yet.
  const placed: number[] = []
  servers.before = (call) => {
    if (call === 'push') placed.push(writes())
  }
  const report = await run(mara)
  expect(report).toMatchObject({ stopped: null, rows: [{ state: 'done' }] })
  expect([placed[0], writes()]).toEqual([0, 1])
  servers.before = () => undefined
  await exchange()
  expect((await row(anna)).state).toBe('done')
  expect((await row(anna)).approval).toMatchObject({ state: 'ended', approved: { by: 'Anna' } })
  const evidence = getReader(anna.context).all(
    "SELECT action, operator FROM journal WHERE action IN ('remediation.added', 'remediation.approved', 'remediation.sending') ORDER BY seq",
  )
  expect(evidence).toEqual([
    { action: 'remediation.added', operator: 'Mara Lind' },
    { action: 'remediation.approved', operator: 'Anna' },
    { action: 'remediation.approved', operator: 'Anna' },
    { action: 'remediation.sending', operator: 'Mara Lind' },
    { action: 'remediation.sending', operator: 'Mara Lind' },
  ])
  for (const { context } of [mara, anna]) {
    expect(getReader(context).value("SELECT count(*) FROM team_entry WHERE void_reason LIKE 'remediation-%'")).toBe(0)
  }

  // The evidence of the review has who added, approved and sent it; an approval that was too old is not one of them.
  const { path } = await mara.api.evidence.pack({
    reviewId,
    directory: mkdtempSync(join(tmpdir(), 'castellan-approval-')),
  })
  const time = new Date(clock.now).toISOString().slice(0, 19)
  const [listed, ...others] = await toCsv(path, 'changes-sent')
  expect(others).toEqual([])
  expect(listed).toMatchObject({ 'Added by': 'Mara Lind', 'Sent by': 'Mara Lind', Result: 'done' })
  expect(listed?.['Approved by']).toMatch(new RegExp(`^Anna \\(${time}[^;]*\\)$`, 'u'))
  expect(readFileSync(join(path, 'summary.html'), 'utf8')).toMatch(/Changes sent to providers.*Anna \(/su)
  expect(await mara.api.evidence.verify({ path })).toMatchObject({ ok: true })

  // Anna cancels another one between the last look and the sending: it stays unsent, with the reason.
  await followed(mara.api)
  await isRequested(mara, 'invite-delete', 'new.dev@client-acme.example')
  await exchange()
  await approve(anna)
  await exchange()
  const { token, confirm } = await preview(mara)
  let pushes = 0
  servers.before = async (call) => {
    if (call !== 'push' || pushes > 0) return
    pushes += 1
    await anna.api.remediation.withdraw({ remediationId: (await row(anna)).remediationId })
    await anna.api.team.exchange()
  }
  const { stopped } = await mara.api.remediation.run({ token, confirm })
  servers.before = () => undefined
  expect(stopped).toContain('was sent, cancelled or marked as done before')
  expect(writes()).toBe(1)
  await exchange()
  expect([(await row(mara)).state, (await row(anna)).state]).toEqual(['withdrawn', 'withdrawn'])
})
