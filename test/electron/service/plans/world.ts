import type { Service } from '../../../../electron/service/process/open.ts'
import type { Inputs } from '../../../../shared/contract/contract.ts'
import type { Plan } from '../../../../shared/domain/plans/plan.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import type { FaultRule } from '../../../providers/faults.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { bareOrganization, CREDENTIAL } from '../../../providers/fixtures/bare-openai.ts'
import type { FakeOpenAiOrganization } from '../../../providers/openai-organization.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { connected, synced } from '../fakes.ts'
import { newService } from '../services.ts'

export interface World {
  readonly service: Service
  readonly api: Service['api']
  readonly server: FakeServer
  readonly organization: FakeOpenAiOrganization
  readonly connection: number
  readonly rules: FaultRule[]
  /** Requests that changed something. */
  readonly writes: () => string[]
}

/** A client with one connection, synced once, that may write. */
export async function planWorld(profile?: string): Promise<World> {
  const organization = bareOrganization()
  const rules: FaultRule[] = []
  const server = closeAfterTest(await startFakeOpenAi({ organizations: [organization], faults: { rules } }))
  // No two things happen at one instant, as on a real clock.
  let now = Date.now()
  const service = await newService({ now: () => (now += 1), ...(profile === undefined ? {} : { profile }) })
  const { api } = service
  const connection = await connected(api, server, { client: 'acme', credential: CREDENTIAL })
  await api.connection.update({ id: connection, access: 'read-write' })
  await synced(api)
  return {
    service,
    api,
    server,
    organization,
    connection,
    rules,
    writes: () =>
      server.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`),
  }
}

export async function drafted(api: Service['api'], from: Inputs['plan']['create']['from']): Promise<number> {
  const { row } = await api.plan.create({ client: 'acme', from })
  return row.planId
}

/** A plan of every kind of thing that an API can apply. */
export const PLAN: Plan = {
  name: 'Acme',
  organizations: [
    {
      name: 'Acme',
      provider: 'openai',
      reason: null,
      limit: { amount: 900_000_000, enforcement: 'hard', thresholds: [80] },
    },
  ],
  teams: [{ name: 'Chatbot', lead: null }],
  environments: ['prod', 'dev'],
  projects: [
    {
      name: 'Product-Prod',
      organization: 'Acme',
      team: 'Chatbot',
      application: 'chatbot',
      environments: ['prod'],
      limit: { amount: 500_000_000, enforcement: 'hard', thresholds: [] },
      keys: [{ name: 'prod-chatbot-backend', environment: 'prod', purpose: 'backend', rotationDays: null }],
    },
    {
      name: 'Product-Dev',
      organization: 'Acme',
      team: 'Chatbot',
      application: 'chatbot',
      environments: ['dev'],
      limit: null,
      keys: [],
    },
  ],
  jobs: [
    { name: 'CTO', level: 'owner', projects: 'all', note: null },
    { name: 'Backend Developer', level: 'member', projects: ['Product-Prod', 'Product-Dev'], note: null },
    { name: 'Intern', level: 'member', projects: ['Product-Dev'], note: null },
  ],
  people: [
    { name: 'Olga', email: 'olga@acme.example', job: 'CTO' },
    { name: 'Ravi', email: 'ravi@acme.example', job: 'Intern' },
    { name: 'Noor', email: 'noor@acme.example', job: 'Backend Developer' },
  ],
  naming: { pattern: '{environment}-{team}-{purpose}', examples: ['prod-chatbot-backend'] },
  reviews: [],
  attribution: [],
  choices: [],
}

/**
 * Adds what is ready, sends it, and syncs again, until nothing more can be sent. Returns how many rounds sent
 * something.
 */
export async function applied(it: Pick<World, 'api'>, planId: number): Promise<number> {
  for (let round = 0; ; round += 1) {
    const { ready } = await it.api.planApply.addToList({ planId })
    if (ready.length === 0) return round
    const { token, confirm } = await it.api.remediation.preview({ remediations: ready })
    const { stopped } = await it.api.remediation.run({ token, confirm })
    await settled(it.api)
    if (stopped !== null) throw new Error(stopped)
  }
}

/** Waits for the syncs that a run began. */
export async function settled(api: Service['api']): Promise<void> {
  for await (const states of await api.sync.watch({})) if (states.every(({ phase }) => phase === 'done')) return
}

/** What an organization holds, without what depends on the order in which it was made. */
export function shape({ projects, users, invites, spendLimit, spendAlerts }: FakeOpenAiOrganization): unknown {
  const names = new Map(projects.map(({ row }) => [row.id, String(row['name'])]))
  const reported = (rows: readonly unknown[], keys: readonly string[]): string[] =>
    rows.map((row) => JSON.stringify(keys.map((key) => (row as Record<string, unknown>)[key]))).toSorted()
  return {
    users: reported(users, ['id', 'role']),
    invites: (invites as { email: string; role: string; projects: { id: string; role: string }[] }[])
      .map((one) => [one.email, one.role, one.projects.map(({ id, role }) => `${names.get(id)} ${role}`).toSorted()])
      .toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))),
    limits: reported([spendLimit], ['threshold_amount']),
    alerts: reported(spendAlerts, ['threshold_amount']),
    projects: projects
      .map((one) => [
        one.row['name'],
        reported(one.users, ['id', 'role']),
        reported(one.serviceAccounts, ['name']),
        one.keys.length,
        reported([one.spendLimit ?? {}], ['threshold_amount']),
        reported(one.spendAlerts, ['threshold_amount']),
      ])
      .toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))),
  }
}
