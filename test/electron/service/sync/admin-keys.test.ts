import { afterEach, describe, expect, it } from 'vitest'

import type { Service } from '../../../../electron/service/process/open.ts'
import { fakeClock } from '../../../providers/fake-clock.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import type { FaultRule } from '../../../providers/faults.ts'
import { STRANGE_CREDENTIAL, strangeOpenAi } from '../../../providers/fixtures/strange-openai.ts'
import type { FakeServer } from '../../../providers/http.ts'
import type { FakeOpenAiOrganization } from '../../../providers/openai-organization.ts'
import { SEVEN_A_MINUTE } from '../../../providers/throttle.ts'
import { connected, synced } from '../fakes.ts'
import { newService } from '../services.ts'

const servers: FakeServer[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

/** The list of admin keys of the organization also holds the keys of its 6 projects, 50 in each. */
async function mislabelled(change: (organization: FakeOpenAiOrganization) => void = () => undefined) {
  const organization = strangeOpenAi(6, 50)
  change(organization)
  const rules: FaultRule[] = []
  const clock = fakeClock()
  const throttle = { ...SEVEN_A_MINUTE, clock }
  const server = await startFakeOpenAi({ organizations: [organization], variant: 'live', faults: { rules }, throttle })
  servers.push(server)
  const service = await newService({ clock })
  const connection = await connected(service.api, server, { client: 'strange', credential: STRANGE_CREDENTIAL })
  await service.api.connection.update({ id: connection, access: 'read-write' })
  const sync = async () => (await synced(service.api)).at(-1)?.result
  return { service, rules, sync, server, organization }
}

async function kinds({ api }: Service): Promise<Record<string, number>> {
  const { rows } = await api.keys.list({ limit: 500 })
  const counts: Record<string, number> = {}
  for (const { kind, project } of rows) {
    const of = `${kind} of ${project?.name ?? 'none'}`
    counts[of] = (counts[of] ?? 0) + 1
  }
  return counts
}

const RIGHT: Readonly<Record<string, number>> = {
  'admin of none': 1,
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`project of project-${n}`, 50])),
}

const PROJECT_3_KEYS: FaultRule = {
  path: /projects\/proj_3\/api_keys/u,
  fault: { kind: 'status', status: 403, body: { error: { message: 'You have insufficient permissions.' } } },
}

/** Findings about keys that only an admin key can have. */
async function adminFindings({ api }: Service): Promise<string[]> {
  const { rows } = await api.findings.list({ limit: 500 })
  const named = rows.filter(({ subject, rule }) => subject.kind === 'key' && rule.id.startsWith('admin-'))
  return [...new Set(named.map(({ subject }) => subject.name))]
}

describe('a key that the list of admin keys and a project both name', () => {
  it('is the project’s key, and 300 such keys raise no finding about admin keys', async () => {
    const { service, sync } = await mislabelled()
    const result = await sync()
    expect(result?.state).toBe('complete')
    expect(result?.sources.find(({ source }) => source === 'admin-keys')?.excluded).toEqual([
      { count: 300, reason: 'A key that a project lists too: it is the project’s key.' },
    ])
    expect(await kinds(service)).toEqual(RIGHT)
    expect(await adminFindings(service)).toEqual(['castellan'])
  })

  it('keeps the owner that its project names', async () => {
    const { service, sync } = await mislabelled()
    await sync()
    const { rows } = await service.api.keys.list({ search: 'service-3-7' })
    expect(rows[0]?.owner).toMatchObject({ name: 'Ada Boss', kind: 'user', email: 'ada@strange.example' })
  })

  it('is deleted by the project’s call', async () => {
    const { service, sync, server } = await mislabelled()
    await sync()
    const { rows } = await service.api.keys.list({ search: 'service-3-7' })
    const { remediationId } = await service.api.remediation.add({
      action: 'key-delete',
      subject: { kind: 'key', id: rows[0]?.keyId ?? 0 },
      origin: { kind: 'finding', id: await findingOn(service, rows[0]?.keyId ?? 0) },
    })
    const { remediations } = await service.api.remediation.preview({ remediations: [remediationId] })
    expect(remediations[0]?.calls.map(({ method, url }) => `${method} ${url.replace(server.baseUrl, '')}`)).toEqual([
      'DELETE /organization/projects/proj_3/api_keys/key_3_7',
    ])
  })

  it('is of unknown kind while the keys of its project cannot be read, and raises no finding about admin keys', async () => {
    const { service, rules, sync } = await mislabelled()
    rules.push(PROJECT_3_KEYS)
    const result = await sync()
    expect(result?.state).toBe('partial')
    const { 'project of project-3': _, ...rest } = RIGHT
    expect(await kinds(service)).toEqual({ ...rest, 'unknown of none': 50 })
    expect(await adminFindings(service)).toEqual(['castellan'])
    expect(result?.sources.find(({ source }) => source === 'admin-keys')?.excluded).toContainEqual({
      count: 50,
      reason: expect.stringContaining('of unknown kind') as string,
    })
    rules.splice(0)
    await sync()
    expect(await kinds(service)).toEqual(RIGHT)
  })

  it('keeps the kind that a complete sync found when a later one cannot read the keys of its project', async () => {
    const { service, rules, sync } = await mislabelled()
    await sync()
    const listed = async () => (await service.api.keys.list({ limit: 500 })).rows
    const before = await listed()
    rules.push(PROJECT_3_KEYS)
    expect((await sync())?.state).toBe('partial')
    expect(await listed()).toEqual(before)
    rules.splice(0)
    expect((await sync())?.state).toBe('complete')
    expect(await listed()).toEqual(before)
  })

  it('differs from an admin key only by the lists where its form shows neither', async () => {
    const { service, sync, rules, organization } = await mislabelled(({ adminKeys }) => {
      Object.assign(adminKeys[0] as object, { redacted_value: 'sk-...0001' })
    })
    rules.push(PROJECT_3_KEYS)
    await sync()
    expect(await kinds(service)).toMatchObject({ 'unknown of none': 51 })
    rules.splice(0)
    await sync()
    expect(await kinds(service)).toEqual(RIGHT)
    // A key that its project deletes is removed from both lists.
    organization.projects[2]?.keys.splice(0, 1)
    await sync()
    expect(await kinds(service)).toEqual({ ...RIGHT, 'project of project-3': 49 })
  })
})

async function findingOn({ api }: Service, keyId: number): Promise<number> {
  const { rows } = await api.findings.list({ limit: 500 })
  const found = rows.find(({ subject }) => subject.kind === 'key' && subject.id === keyId)
  if (found === undefined) throw new Error('The key has no finding.')
  return found.findingId
}
