import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { getReader } from '../../electron/service/core/context.ts'
import type { Clock } from '../../electron/providers/kit/clock.ts'
import { memoryStore, type SecretStore } from '../../electron/secrets/secret-store.ts'
import { openService, type Service } from '../../electron/service/process/open.ts'
import { registerFile } from '../drills/kill-syncs-world.ts'
import { startFakeOpenAi } from '../providers/fake-openai.ts'
import type { FaultRule } from '../providers/faults.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../providers/fixtures/northfold-openai.ts'
import type { FakeRequest } from '../providers/http.ts'

/** What a flow needs to know about its profile; plain data, so that it can be sent to another process. */
export interface FaultPlace {
  /** The profile as it is before every flow. */
  readonly profile: string
  readonly connection: number
  readonly openReview: number
  readonly signedReview: number
  readonly key: number
  /** A person to be removed from the organization. */
  readonly remediation: number
  /** A backup that lacks what was decided since. */
  readonly backup: string
  readonly usageFile: string
  readonly registerFile: string
}

export interface FaultWorld extends FaultPlace {
  /** The secret store; in memory unless a test gives another one. */
  readonly secrets?: SecretStore
  /** How calls to the provider wait; the machine's clock unless a test gives another one. */
  readonly clock?: Clock
  /** Faults of the provider, which a test may change. */
  readonly rules: FaultRule[]
  readonly requests: () => readonly FakeRequest[]
  /** Whether the person that the change removes is in the organization, by the organization itself. */
  readonly isMember: () => boolean
  /** Puts the organization back to its beginning. */
  readonly reset: () => void
  readonly close: () => Promise<void>
}

const TOMAS = 'user-b2'

/** A profile in `folder` that was worked on, and its provider: the starting point of the flows of `flows.ts`. */
export async function startWorld(folder: string): Promise<FaultWorld> {
  const profile = join(folder, 'template')
  mkdirSync(folder, { recursive: true })
  const organization = northfoldOpenAi()
  const changed = northfoldOpenAi()
  // The sync that is tried finds a new account and a name that changed.
  const [mara, tomas] = changed.users as object[]
  changed.users[0] = { ...mara, name: 'Mara Lind' }
  changed.users.push({ ...tomas, id: 'user-new', name: 'Noor Haddad', email: 'noor@northfold.agency' })
  const rules: FaultRule[] = []
  const server = await startFakeOpenAi({ organizations: [organization], faults: { rules } })
  const service = await openOn(profile, 'write')
  const place = await prepared(service, server.baseUrl)
  await service.close()
  const usageFile = join(folder, 'usage.csv')
  writeFileSync(usageFile, usage())
  const reset = (): void => {
    Object.assign(organization, structuredClone(changed))
    rules.splice(0)
  }
  reset()
  return {
    profile,
    ...place,
    usageFile,
    registerFile: registerFile('a'),
    rules,
    requests: () => server.requests,
    isMember: () => (organization.users as { id: string }[]).some(({ id }) => id === TOMAS),
    reset,
    close: () => server.close(),
  }
}

export function openOn(
  profile: string,
  mode: 'read' | 'write',
  { secrets, clock }: Pick<FaultWorld, 'secrets' | 'clock'> = {},
): Promise<Service> {
  return openService({
    profile,
    mode,
    host: {
      shell: 'terminal',
      notify: () => undefined,
      saveTarget: () => Promise.resolve({ outcome: 'cancelled' }),
      setTitle: () => undefined,
    },
    secrets: secrets ?? memoryStore('No keychain in this test.'),
    ...(clock ? { clock } : {}),
  })
}

/** A copy of the profile as it is before every flow. */
export function putProfile({ profile }: FaultPlace, to: string): void {
  cpSync(profile, to, { recursive: true, force: false, errorOnExist: true })
}

async function prepared(
  service: Service,
  baseUrl: string,
): Promise<Omit<FaultPlace, 'profile' | 'usageFile' | 'registerFile'>> {
  const { api } = service
  await api.client.add({ name: 'Northfold', slug: 'northfold' })
  await api.client.add({ name: 'Acme', slug: 'acme' })
  const { id: connection } = await api.connection.add({ client: 'northfold', provider: 'openai', baseUrl })
  await api.connection.update({ id: connection, access: 'read-write' })
  await api.sync.start({ connections: [connection], credential: NORTHFOLD_CREDENTIAL })
  for await (const _ of await api.sync.watch({}));
  const { path } = await api.backup.make()
  const override = 'Tried by a drill.'
  const roles = await api.reviews.open({ kind: 'roles', client: 'northfold', override })
  await api.reviews.decide({ reviewId: roles.reviewId, items: {}, decision: 'keep', why: 'They work on it.' })
  await api.reviews.sign({ reviewId: roles.reviewId, as: 'Mara Lindqvist' })
  const keys = await api.reviews.open({ kind: 'keys', client: 'northfold', override })
  const { rows } = await api.rotation.due({})
  const origin = {
    kind: 'person',
    id: getReader(service.context).value<number>('SELECT person_id FROM principal WHERE external_id = ?', [TOMAS]) ?? 0,
  } as const
  const proposals = await api.remediation.proposals({ origins: [origin] })
  const removal = proposals.find(({ action }) => action === 'member-remove')
  if (removal === undefined || rows[0] === undefined) throw new Error('The world of the faults lacks what is tried.')
  const { kind, id } = removal.subject
  const remediation = await api.remediation.add({
    action: removal.action,
    subject: { kind, id },
    values: removal.values,
    origin,
  })
  return {
    connection,
    openReview: keys.reviewId,
    signedReview: roles.reviewId,
    key: rows[0].keyId,
    remediation: remediation.remediationId,
    backup: path.replace(/.*[\\/]/u, ''),
  }
}

function usage(): string {
  const rows = Array.from(
    { length: 200 },
    (_, n) => `req-${n},2026-11-0${(n % 9) + 1}T10:00:00Z,gpt-5,${100 + n},${10 + n},0.0${1 + (n % 9)}`,
  )
  return ['request_id,timestamp,model,input_tokens,output_tokens,cost', ...rows, ''].join('\n')
}
