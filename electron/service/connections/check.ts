import type { CheckedConnection } from '../../../shared/contract/connections.ts'
import type { Inputs } from '../../../shared/contract/contract.ts'
import {
  toCredentialCheck,
  type ConnectionFault,
  type CredentialCheckResult,
} from '../../../shared/domain/connection-fault.ts'
import { providerName, type ProviderId } from '../../../shared/domain/providers/providers.ts'
import type { Access } from '../../providers/kit/calls.ts'
import { ReadingRefused } from '../../providers/kit/errors.ts'
import type { TestReport } from '../../providers/kit/probe.ts'
import { getProvider } from '../../providers/registry.ts'
import type { StoredConnection } from '../../register/connections/connection.ts'
import { setCredentialCheck, setTestFacts } from '../../register/connections/local.ts'
import { findOtherOrganization } from '../../register/connections/same-organization.ts'
import { commit, getReader, type Context, type Note } from '../core/context.ts'
import { callable, listAccess } from '../core/credentials.ts'
import { Refusal } from '../kit/refusal.ts'

/** A person waits: an answer that takes longer counts as none, in milliseconds. */
const PATIENCE = { timeoutMs: 10_000, maxRetryDelayMs: 5_000 }

/**
 * Asks the provider of a connection that is not added yet what a credential can read, and stores nothing. Throws
 * `Refusal` PROVIDER when nothing can be read at all.
 */
export async function checkConnection(
  context: Context,
  input: Inputs['connection']['check'],
  signal: AbortSignal | undefined,
): Promise<CheckedConnection> {
  const { provider, baseUrl = null, path = null, credential } = input
  const label = `The connection to ${providerName(provider)}`
  const access = await listAccess(context, { provider, label, baseUrl, path }, credential)
  return toChecked(await ask(provider, access, signal))
}

/**
 * Asks the provider what the stored or the given credential of a connection can read, and keeps what this shows about
 * the stored one. Throws `Refusal` PROVIDER when nothing can be read at all, and CONFLICT for another organization.
 */
export async function testConnection(
  context: Context,
  connection: StoredConnection,
  credential: string | undefined,
  signal: AbortSignal | undefined,
): Promise<CheckedConnection> {
  const access = await listAccess(context, connection, credential)
  // Testing a new credential does not change the state of the stored one.
  const isKept = credential === undefined && context.session().mode === 'write'
  let report: TestReport
  try {
    report = await ask(callable(connection), access, signal)
    checkOrganization(context, connection, report)
  } catch (error) {
    if (isKept && error instanceof Refusal) keepFailure(context, connection, error.fault)
    throw error
  }
  const checked = toChecked(report)
  if (isKept) keepResult(context, connection, checked)
  return checked
}

async function ask(provider: ProviderId, access: Access, signal: AbortSignal | undefined): Promise<TestReport> {
  try {
    const report = await getProvider(provider).test({ ...access, ...PATIENCE }, signal ?? new AbortController().signal)
    const { capabilities, fault } = report
    const [first] = capabilities.filter(({ reason }) => reason !== null)
    if (fault !== null && first?.reason && !capabilities.some(({ state }) => state === 'readable')) {
      throw new Refusal('PROVIDER', `Nothing can be read. ${first.reason}`, hintFor(fault, provider), { fault })
    }
    return report
  } catch (error) {
    if (!(error instanceof ReadingRefused)) throw error
    const { fault } = error
    throw new Refusal('PROVIDER', error.message, hintFor(fault, provider), { fault, cause: error })
  }
}

function hintFor(fault: ConnectionFault, provider: ProviderId): string {
  switch (fault) {
    case 'refused':
    case 'permission':
      return 'Check that the key may administer this organization, and was not revoked and has not expired.'
    case 'file':
      return 'Correct the file, then test again.'
    case 'unreachable':
    case 'address':
      return 'Check the network and the base URL, then test again.'
    case 'certificate':
      return 'Check the base URL, or add the certificate of your own authority to the system.'
    case 'proxy':
      return 'Check the proxy of this machine (HTTPS_PROXY), then test again.'
    case 'busy':
      return `Wait until ${providerName(provider)} answers again, then test again.`
    case 'organization':
    case 'other':
      return 'Test again. If it keeps failing, see docs/troubleshooting.md.'
    default:
      return fault satisfies never
  }
}

function checkOrganization(context: Context, { id }: StoredConnection, { organization }: TestReport): void {
  const opened = { externalId: null, projects: [], principals: [], ...organization }
  const strange = findOtherOrganization(getReader(context), id, opened)
  if (strange !== null) {
    throw new Refusal('CONFLICT', strange.message, strange.remediation, { fault: 'organization' })
  }
}

function toChecked({ organization, capabilities, fault }: TestReport): CheckedConnection {
  const id = organization?.externalId ?? null
  return {
    organization: id === null ? null : { externalId: id, name: organization?.name ?? null },
    capabilities: [...capabilities],
    fault,
  }
}

function keepResult(context: Context, connection: StoredConnection, checked: CheckedConnection): void {
  const readable = checked.capabilities.filter(({ state }) => state === 'readable').length
  commit(context, ['connection'], ({ writer, at, note }) => {
    setTestFacts(writer, connection.id, { ...checked, at, check: 'ok' })
    note(toEntry(connection, 'ok', readable))
  })
}

function keepFailure(context: Context, connection: StoredConnection, fault: ConnectionFault | null): void {
  const check = fault === 'permission' ? 'refused' : toCredentialCheck(fault ?? 'other')
  if (check === null || connection.credentialHint === null) return
  commit(context, ['connection'], ({ writer, at, note }) => {
    setCredentialCheck(writer, connection.id, { check, at })
    note(toEntry(connection, check, 0))
  })
}

function toEntry({ id, client, label }: StoredConnection, check: CredentialCheckResult, readable: number): Note {
  return {
    action: 'credential.tested',
    client: client.slug,
    subject: label,
    body: { connection: id, readable, check },
  }
}
