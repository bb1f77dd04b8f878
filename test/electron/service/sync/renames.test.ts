import { describe, expect, it, onTestFinished } from 'vitest'

import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { openAiOrganization, openAiProject } from '../../../providers/openai-organization.ts'
import { connected, synced } from '../fakes.ts'
import { newService } from '../services.ts'

const CREDENTIAL = 'sk-admin-renames-0123456789abcdef'
const DAY_MS = 86_400_000

async function connectedTo() {
  const clock = { now: Date.UTC(2026, 10, 20, 12) }
  const organization = openAiOrganization({
    id: 'org-renames',
    credentials: [CREDENTIAL],
    users: [{ id: 'u', name: 'Ines Roth', email: 'ines@old.example', role: 'reader' }],
  })
  const server = await startFakeOpenAi({ organizations: [organization] })
  onTestFinished(() => server.close())
  const { api } = await newService({ now: () => clock.now })
  await connected(api, server, { client: 'acme', credential: CREDENTIAL })
  await synced(api)
  /** The provider shows the user as this from the next day on. */
  const becomes = async (more: Readonly<Record<string, string | null>>): Promise<void> => {
    organization.users = organization.users.map((user) => ({ ...(user as object), ...more }))
    clock.now += DAY_MS
    await synced(api)
  }
  const shown = async () => (await api.people.list({})).rows.map(({ name, email }) => [name, email])
  const personnel = (rows: string) => ({
    fileName: 'hr.csv',
    content: new TextEncoder().encode(`Full name;Work e-mail;Employment status\n${rows}\n`),
  })
  return { api, becomes, shown, personnel, organization }
}

describe('a user whose name or address the provider replaced', () => {
  it('is shown as the provider shows them now', async () => {
    const { becomes, shown } = await connectedTo()
    await becomes({ name: 'Ines Berg', email: 'ines@new.example' })
    expect(await shown()).toEqual([['Ines Berg', 'ines@new.example']])
    await becomes({ name: 'Ines B.' })
    expect(await shown()).toEqual([['Ines B.', 'ines@new.example']])
  })

  it('is found by HR files under the old address and under the new one', async () => {
    const { api, becomes, personnel } = await connectedTo()
    await becomes({ email: 'ines@new.example' })
    for (const address of ['ines@old.example', 'INES@new.example']) {
      const plan = await api.people.planImport(personnel(`Ines Roth;${address};Terminated`))
      expect(plan).toMatchObject({ counts: { new: 0, update: 1, doubtful: 0 }, leavers: 1 })
    }
  })

  it('is a change of each, with both names', async () => {
    const { api, becomes } = await connectedTo()
    await becomes({ name: 'Ines Berg', email: 'ines@new.example' })
    const { rows } = await api.changes.list({ since: { day: '2026-11-21' } })
    expect(rows.map(({ kind, subject, before, after }) => [kind, subject.name, before, after])).toEqual([
      ['person-renamed', 'Ines Berg', 'Ines Roth', 'Ines Berg'],
      ['address-changed', 'Ines Berg', 'ines@old.example', 'ines@new.example'],
    ])
  })

  it('keeps the name from HR files', async () => {
    const { api, becomes, shown, personnel } = await connectedTo()
    await api.people.import(personnel('Ines Roth;ines@old.example;Active'))
    await becomes({ name: 'ines_r' })
    expect(await shown()).toEqual([['Ines Roth', 'ines@old.example']])
  })

  it('keeps an address that another person has', async () => {
    const { becomes, shown, organization } = await connectedTo()
    organization.users.push({ id: 'v', name: 'Vera', email: 'vera@old.example', role: 'reader' })
    await becomes({})
    organization.users = organization.users.map((user) =>
      (user as { id: string }).id === 'u' ? { ...(user as object), email: 'vera@old.example' } : user,
    )
    await becomes({})
    expect(await shown()).toContainEqual(['Ines Roth', 'ines@old.example'])
  })

  it('is called by the new address where no name was ever known', async () => {
    const { becomes, shown, organization } = await connectedTo()
    organization.users.push({ id: 'n', name: null, email: 'nobody@old.example', role: 'reader' })
    await becomes({})
    organization.users = organization.users.map((user) =>
      (user as { id: string }).id === 'n' ? { ...(user as object), email: 'noor@new.example' } : user,
    )
    await becomes({})
    expect(await shown()).toContainEqual(['noor@new.example', 'noor@new.example'])
  })
})

describe('a project whose new name shows no environment', () => {
  it('makes its keys due by the interval of other keys', async () => {
    const { api, becomes, organization } = await connectedTo()
    const rename = (name: string): void => {
      const row = { id: 'proj_1', name, status: 'active', created_at: Date.UTC(2026, 9, 1) / 1000 }
      const key = { id: 'key_1', name: 'web', created_at: Date.UTC(2026, 10, 1) / 1000, owner: null }
      organization.projects = [openAiProject({ row, keys: [{ ...key, owner_project_access: 'active' }] })]
    }
    const due = async () =>
      (await api.keys.list({})).rows.map(({ environment, rotation }) => [environment, rotation.basis, rotation.dueOn])
    rename('Harbor Prod')
    await becomes({})
    expect(await due()).toEqual([['production', 'production-policy', '2027-01-30']])
    rename('Harbor')
    await becomes({})
    expect(await due()).toEqual([[null, 'other-policy', '2027-04-30']])
    rename('Harbor live')
    await becomes({})
    expect(await due()).toEqual([['production', 'production-policy', '2027-01-30']])
  })
})
