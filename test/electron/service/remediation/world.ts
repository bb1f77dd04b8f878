import { getReader } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import type {
  RemediationOrigin,
  RemediationPreview,
  RemediationRow,
  RemediationValues,
} from '../../../../shared/contract/remediation.ts'
import type { RemediationAction } from '../../../../shared/domain/remediation/remediation.ts'
import { startFakeAnthropic } from '../../../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import type { FaultRule } from '../../../providers/faults.ts'
import { acmeAnthropic } from '../../../providers/fixtures/acme-anthropic.ts'
import { northfoldOpenAi } from '../../../providers/fixtures/northfold-openai.ts'
import type { FakeRequest, FakeServer } from '../../../providers/http.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { connected, synced } from '../fakes.ts'
import { refused, type Refused } from '../seeded.ts'
import { newService } from '../services.ts'

export interface World {
  readonly service: Service
  readonly api: Service['api']
  readonly clock: { now: number }
  readonly server: FakeServer
  readonly organization: ReturnType<typeof northfoldOpenAi>
  readonly connection: number
  /** Faults of the server, which a test may change while it runs. */
  readonly rules: FaultRule[]
  /** Requests that change something, as `DELETE /v1/…`. */
  readonly writes: () => string[]
  readonly actions: () => string[]
}

interface Options {
  readonly access?: 'read-only' | 'read-write'
  readonly latencyMs?: number
  readonly profile?: string
}

/** Northfold, synced once, in a connection that may write by default, on the clock of the machine. */
export async function world({ access = 'read-write', latencyMs, profile }: Options = {}): Promise<World> {
  const organization = northfoldOpenAi()
  organization.spendLimit = null
  const rules: FaultRule[] = []
  const options = { organizations: [organization], faults: { rules } }
  const server = closeAfterTest(await startFakeOpenAi(latencyMs === undefined ? options : { ...options, latencyMs }))
  const clock = { now: Date.now() }
  const service = await newService({ now: () => clock.now, ...(profile === undefined ? {} : { profile }) })
  const { api } = service
  const connection = await connected(api, server)
  if (access === 'read-write') await api.connection.update({ id: connection, access })
  await synced(api)
  return {
    service,
    api,
    clock,
    server,
    organization,
    connection,
    rules,
    writes: () => server.requests.filter(isWrite).map(({ method, path }) => `${method} ${path}`),
    actions: () =>
      getReader(service.context).column<string>(
        `SELECT action FROM journal WHERE action LIKE 'remediation.%' ORDER BY seq`,
      ),
  }
}

export function isWrite({ method }: FakeRequest): boolean {
  return method !== 'GET'
}

/** Acme at Anthropic, beside what the service holds. */
export async function acmeBeside(service: Service) {
  const organization = acmeAnthropic()
  const server = closeAfterTest(await startFakeAnthropic({ organizations: [organization] }))
  const connection = await connected(service.api, server, { client: 'acme', provider: 'anthropic' })
  await service.api.connection.update({ id: connection, access: 'read-write' })
  await synced(service.api, [connection])
  return { server, connection, organization }
}

/** The person of an account. */
export function readPerson(service: Service, account: string): RemediationOrigin {
  const id = getReader(service.context).value<number>('SELECT person_id FROM principal WHERE external_id = ?', [
    account,
  ])
  if (id === undefined) throw new Error(`${account} has no person.`)
  return { kind: 'person', id }
}

/** Every origin of a change. */
async function origins(service: Service): Promise<RemediationOrigin[]> {
  const { rows } = await service.api.findings.list({ limit: 500, certainty: 'all' })
  const people = getReader(service.context).column<number>(
    'SELECT DISTINCT person_id FROM principal WHERE person_id > 0',
  )
  return [
    ...rows.map(({ findingId }) => ({ kind: 'finding', id: findingId }) as const),
    ...people.map((id) => ({ kind: 'person', id }) as const),
  ]
}

/** Adds a proposal about a subject to the list, from any origin. */
export async function isRequested(
  service: Service,
  action: RemediationAction,
  name: string,
  values: RemediationValues = {},
): Promise<RemediationRow> {
  for (const origin of await origins(service)) {
    for (const proposal of await service.api.remediation.proposals({ origins: [origin] })) {
      if (proposal.action !== action || proposal.subject.name !== name) continue
      const { kind, id } = proposal.subject
      return service.api.remediation.add({
        action,
        subject: { kind, id },
        values: { ...proposal.values, ...values },
        origin,
      })
    }
  }
  throw new Error(`${action} of ${name} is proposed nowhere.`)
}

export function preview(service: Service, ...rows: readonly RemediationRow[]): Promise<RemediationPreview> {
  return service.api.remediation.preview({ remediations: rows.map(({ remediationId }) => remediationId) })
}

/** Previews and sends. */
export async function sent(service: Service, ...rows: readonly RemediationRow[]) {
  const { token, confirm } = await preview(service, ...rows)
  return service.api.remediation.run({ token, confirm })
}

export async function now(service: Service, row: RemediationRow): Promise<RemediationRow> {
  const { rows } = await service.api.remediation.list({ remediations: [row.remediationId] })
  const [found] = rows
  if (!found) throw new Error(`Remediation item ${row.remediationId} is not on the list.`)
  return found
}

/** The refusal of work that would send something. Throws unless it is a CONFLICT and nothing was sent. */
export async function nothingSent(it: World, work: () => Promise<unknown>): Promise<Refused> {
  const before = it.writes().length
  const error = await refused(work())
  if (error.code !== 'CONFLICT' || it.writes().length > before) throw new Error('Something was sent.', { cause: error })
  return error
}
