import { describe, expect, it, onTestFinished } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { startFakeAnthropic } from '../../../providers/fake-anthropic.ts'
import type { FaultRule } from '../../../providers/faults.ts'
import { HIDDEN_KEY, HIDDEN_TOKEN, hiddenAnthropic } from '../../../providers/fixtures/hidden-anthropic.ts'
import { depart } from '../../register/leavers/depart.ts'
import { connected, followed, synced } from '../fakes.ts'
import { newService } from '../services.ts'
import { isWrite, now, readPerson, sent } from './world.ts'

const BO = 'bo@hidden.example'
const NOW = Date.UTC(2026, 10, 24, 12)

/** Bo has left, and is still a member at Anthropic. */
async function leaver({ credential = HIDDEN_TOKEN } = {}) {
  const organization = hiddenAnthropic()
  const rules: FaultRule[] = []
  const server = await startFakeAnthropic({ organizations: [organization], faults: { rules } })
  onTestFinished(() => server.close())
  const service = await newService({ now: () => NOW })
  const { api, context } = service
  const connection = await connected(api, server, { client: 'hidden', provider: 'anthropic', credential })
  await api.connection.update({ id: connection, access: 'read-write' })
  await synced(api)
  const person = readPerson(service, 'user_bo')
  makeRegister(context).transact((writer) => depart(writer, person.id))
  const proposals = (await api.remediation.proposals({ origins: [person] })).filter(
    ({ subject }) => subject.name === BO,
  )
  const add = async (action: 'member-remove' | 'member-sign-out') => {
    const { subject } = proposals.find((each) => each.action === action) ?? {}
    if (subject === undefined) throw new Error(`${action} is not proposed.`)
    return api.remediation.add({ action, subject, values: {}, origin: person })
  }
  const writes = (): string[] => server.requests.filter(isWrite).map(({ method, path }) => `${method} ${path}`)
  return { service, api, organization, rules, proposals, add, writes }
}

describe('the sign-out of a leaver at Anthropic', () => {
  it('is proposed beside the removal, sent before it in any order, and confirmed by the answer alone', async () => {
    const { service, api, proposals, add, writes } = await leaver()
    expect(proposals.map(({ says }) => says)).toEqual([
      `Remove ${BO} from the organization.`,
      `Sign ${BO} out everywhere.`,
    ])
    const [removal, signOut] = [await add('member-remove'), await add('member-sign-out')]
    const { stopped } = await sent(service, removal, signOut)
    expect(stopped).toBeNull()
    expect(writes()).toEqual([
      'POST /v1/organizations/users/user_bo/sign_out',
      'DELETE /v1/organizations/users/user_bo',
    ])
    await followed(api)
    expect(await now(service, removal)).toMatchObject({ state: 'done', shown: true })
    expect(await now(service, signOut)).toMatchObject({
      state: 'done',
      shown: null,
      outcome: expect.stringContaining('cannot be confirmed by a sync'),
    })
  })

  it('does not hold up the removal where the plan or the credential lacks it, and names what to do instead', async () => {
    const { service, organization, add, writes } = await leaver()
    const signOut = await add('member-sign-out')
    Object.assign(organization.enterprise ?? {}, { signOut: 'not-enrolled' })
    const removal = await add('member-remove')
    const { stopped } = await sent(service, removal, signOut)
    expect(stopped).toBeNull()
    expect(writes()).toHaveLength(2)
    expect(await now(service, removal)).toMatchObject({ state: 'done' })
    const refused = await now(service, signOut)
    expect(refused.state).toBe('failed')
    expect(refused.outcome).toMatch(
      /^Anthropic offers it to Claude Enterprise organizations in its beta alone, .+ Nothing changed \(400\)\. Instead, remove the member in the console \(Settings, Members\)/u,
    )
  })

  it.each([
    [
      'the key lacks the scope',
      { signOut: 'no-scope' as const },
      /needs the scope write:members\. Nothing changed \(403\)/u,
    ],
    ['the member is the primary owner', { role: 'primary_owner' }, /^The primary owner .+ Nothing changed \(400\)/u],
    [
      'the member was removed',
      { id: 'user_other' },
      /^Anthropic does not offer it here, or .+ Nothing changed \(404\)/u,
    ],
  ])('explains a refusal: %s', async (_, change, says) => {
    const { service, organization, add } = await leaver()
    const signOut = await add('member-sign-out')
    if ('signOut' in change) Object.assign(organization.enterprise ?? {}, change)
    else Object.assign(organization.users[1] as object, change)
    await sent(service, signOut)
    expect(await now(service, signOut)).toMatchObject({ state: 'failed', outcome: expect.stringMatching(says) })
  })

  it('that is refused is not counted as done where the removal after it fails', async () => {
    const { service, organization, rules, add } = await leaver()
    const [removal, signOut] = [await add('member-remove'), await add('member-sign-out')]
    Object.assign(organization.enterprise ?? {}, { signOut: 'no-scope' })
    rules.push({ path: /users\/user_bo$/u, fault: { kind: 'status', status: 500, body: {} } })
    const { stopped } = await sent(service, removal, signOut)
    expect(stopped).toMatch(/ 1 before it was refused\.$/u)
    expect(stopped).not.toMatch(/(?:is|are) done/u)
  })

  it('that something before the provider refuses is not explained by a scope, and stops the run', async () => {
    const { service, rules, add, writes } = await leaver()
    const [removal, signOut] = [await add('member-remove'), await add('member-sign-out')]
    rules.push({ path: /sign_out$/u, fault: { kind: 'status', status: 403, body: 'Blocked' } })
    const { stopped } = await sent(service, removal, signOut)
    expect(stopped).toMatch(/may not do this \(403\)\. Nothing changed\..* 1 after it was not sent\.$/u)
    expect(stopped).not.toMatch(/scope/u)
    expect(writes()).toHaveLength(1)
  })

  it('marked as done by a person names that no sync confirms it', async () => {
    const { api, add } = await leaver()
    const { remediationId } = await add('member-sign-out')
    const marked = await api.remediation.markByHand({ remediationId })
    expect(marked.outcome).toMatch(/No sync can confirm it\.$/u)
  })

  it('is not proposed with an admin key of a Console organization, which has no sign-out', async () => {
    const { proposals } = await leaver({ credential: HIDDEN_KEY })
    expect(proposals.map(({ action }) => action)).toEqual(['member-remove'])
  })
})
