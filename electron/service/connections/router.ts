import { connectionContract } from '../../../shared/contract/connections.ts'
import type { Connection } from '../../../shared/contract/connections.ts'
import type { Inputs } from '../../../shared/contract/contract.ts'
import { parseOrigin } from '../../../shared/domain/base-url.ts'
import { defaultLabel } from '../../../shared/domain/connection.ts'
import { providerName, readsFile } from '../../../shared/domain/providers/providers.ts'
import { openFile } from '../../providers/file/open.ts'
import { getConnection, listConnections, type StoredConnection } from '../../register/connections/connection.ts'
import { lastSyncs, syncHistory } from '../../register/connections/sync-history.ts'
import { assertWritable, checkScope, findClientId, type Context, commit, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { carryOut, commitOperation, readUid } from '../core/operations.ts'
import { createUidFor, getClient } from '../../register/clients/client.ts'
import { listReadBy } from '../../register/team/custody.ts'
import { invalid, notFound, Refusal } from '../kit/refusal.ts'
import {
  acceptedCredential,
  getAddress,
  callable,
  checkAddress,
  credentialState,
  forgetSecret,
  keepSecret,
} from '../core/credentials.ts'
import { FileRefused } from '../../providers/kit/errors.ts'
import { checkConnection, testConnection } from './check.ts'
import { noteRemoved, noteSet } from './credential-notes.ts'

const os = implementArea({ connection: connectionContract })

const existing = (context: Context, id: number): StoredConnection => {
  const connection = getConnection(getReader(context), id)
  if (connection === null) throw notFound(`Connection ${id}`, 'List the connections to see their numbers.')
  return connection
}

async function shown(context: Context, connections: readonly StoredConnection[]): Promise<Connection[]> {
  const last = lastSyncs(
    getReader(context),
    connections.map((connection) => connection.id),
  )
  const { secrets } = context.session()
  const readBy = listReadBy(getReader(context))
  return Promise.all(
    connections.map(async (connection) => ({
      id: connection.id,
      client: connection.client,
      provider: connection.provider,
      label: connection.label,
      baseUrl: connection.baseUrl,
      path: connection.path,
      platform: connection.platform,
      access: connection.access,
      organizationId: connection.organizationId,
      organizationName: connection.organizationName,
      credential: {
        state: await credentialState(secrets, connection),
        hint: connection.credentialHint,
        setAt: connection.credentialSetAt,
        check: connection.credentialCheck,
        testedAt: connection.credentialTestedAt,
        capabilities: [...connection.capabilities],
      },
      readBy: readBy === null ? null : [...(readBy.get(connection.id) ?? [])],
      lastSync: last.get(connection.id)?.lastSync ?? null,
      lastAttempt: last.get(connection.id)?.lastAttempt ?? null,
      createdAt: connection.createdAt,
    })),
  )
}

async function shownOne(context: Context, id: number): Promise<Connection> {
  const [connection] = await shown(context, [existing(context, id)])
  if (!connection) throw notFound(`Connection ${id}`, 'List the connections to see their numbers.')
  return connection
}

/** Keychain first: a register that records "stored" must be right. */
async function keepCredential(context: Context, connection: StoredConnection, text: string): Promise<void> {
  const { secret, hint } = acceptedCredential(callable(connection), text)
  checkAddress(connection)
  assertWritable(context)
  await keepSecret(context.session().secrets, connection, secret)
  commit(context, ['connection'], (act) => noteSet(act, connection, { hint, kept: context.session().secrets.kind }))
}

/**
 * Checks a connection that reads a file, and returns its platform once the file was read completely. Throws `Refusal`
 * INVALID when an option does not go with a file, or the file cannot be imported.
 */
async function checkFile(path: string | undefined, signal: AbortSignal | undefined): Promise<string> {
  if (path === undefined) throw invalid('path', 'A connection that reads a file has a path.', 'Name the file.')
  try {
    const access = { credential: '', baseUrl: null, path }
    const { platform } = await openFile(access, signal ?? new AbortController().signal)
    return platform
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    throw invalid('path', error.message, 'Correct the file, or name another. Its form is in docs/file-provider.md.')
  }
}

function checkFits({ provider, path, baseUrl, access, credential }: Inputs['connection']['add']): void {
  if (!readsFile(provider)) {
    if (path !== undefined) throw invalid('path', 'Only a connection of the provider file reads one.', 'Leave it out.')
    return
  }
  if (baseUrl) throw invalid('baseUrl', 'A file has no base URL.', 'Leave it out.')
  if (credential !== undefined) throw invalid('credential', 'A file needs no credential.', 'Leave it out.')
  if (access === 'read-write') throw invalid('access', 'A file is only read.', 'Choose read-only.')
}

function freeLabel(context: Context, { client, provider }: Inputs['connection']['add'], platform: string | null) {
  const reader = getReader(context)
  const taken = listConnections(reader, { client }).map(({ label }) => label)
  return defaultLabel(getClient(reader, client)?.name ?? client, platform ?? providerName(provider), taken)
}

export const connectionRouter = {
  list: os.connection.list.handler(({ context, input }) => {
    checkScope(context, input)
    return shown(context, listConnections(getReader(context), input))
  }),
  get: os.connection.get.handler(({ context, input }) => shownOne(context, input.id)),
  add: os.connection.add.handler(async ({ context, input, signal }) => {
    findClientId(context, input.client)
    checkFits(input)
    const platform = readsFile(input.provider) ? await checkFile(input.path, signal) : null
    if (input.credential !== undefined) acceptedCredential(input.provider, input.credential)
    const label = input.label === '' ? freeLabel(context, input, platform) : input.label
    const { provider, baseUrl, path, access } = input
    const connectionUid = createUidFor(getReader(context), input.client, context.now())
    const { connection: id = 0 } = commitOperation(context, {
      kind: 'connection.added',
      client: input.client,
      subject: label,
      body: { v: 1, connectionUid, provider, platform, organizationId: null, label, baseUrl, access, path },
    })
    if (input.credential !== undefined) await keepCredential(context, existing(context, id), input.credential)
    return shownOne(context, id)
  }),
  update: os.connection.update.handler(async ({ context, input: { id, ...change }, signal }) => {
    const before = existing(context, id)
    const { provider, path, baseUrl, access } = { ...change, provider: before.provider }
    checkFits({ client: before.client.slug, provider: callable(before), path, baseUrl, access })
    if (readsFile(provider) && path !== undefined) await checkFile(path, signal)
    assertWritable(context)
    const after = { ...before, baseUrl: baseUrl === undefined ? before.baseUrl : baseUrl }
    const moved = parseOrigin(getAddress(before)) !== parseOrigin(getAddress(after))
    if (moved) {
      context.syncs.cancel(id)
      await forgetSecret(context, before)
    }
    const connectionUid = readUid(getReader(context), 'connection', id)
    commit(context, ['connection'], (act) => {
      const [client, subject] = [before.client.slug, before.label]
      carryOut(act, [{ kind: 'connection.changed', client, subject, body: { v: 1, connectionUid, ...change } }])
      if (moved && before.credentialHint !== null) noteRemoved(act, before, getAddress(after))
    })
    return shownOne(context, id)
  }),
  setCredential: os.connection.setCredential.handler(async ({ context, input }) => {
    const connection = existing(context, input.id)
    const asked = { ...connection, baseUrl: input.baseUrl === undefined ? connection.baseUrl : input.baseUrl }
    const [now, then] = [connection, asked].map((each) => parseOrigin(getAddress(each)))
    if (now !== then) {
      throw new Refusal(
        'CONFLICT',
        `The base URL of ${connection.label} was changed to ${now} while its credential was entered for ${then}.`,
        'Nothing was stored. Check the base URL, then set the credential again.',
      )
    }
    await keepCredential(context, connection, input.credential)
    return shownOne(context, input.id)
  }),
  removeCredential: os.connection.removeCredential.handler(async ({ context, input }) => {
    const connection = existing(context, input.id)
    assertWritable(context)
    await forgetSecret(context, connection)
    commit(context, ['connection'], (decision) => noteRemoved(decision, connection))
    return shownOne(context, input.id)
  }),
  test: os.connection.test.handler(({ context, input, signal }) =>
    testConnection(context, existing(context, input.id), input.credential, signal),
  ),
  check: os.connection.check.handler(async ({ context, input, signal }) => {
    findClientId(context, input.client)
    checkFits({ ...input, label: '', access: 'read-only' })
    if (readsFile(input.provider)) await checkFile(input.path, signal)
    return checkConnection(context, input, signal)
  }),
  remove: os.connection.remove.handler(async ({ context, input }) => {
    const connection = existing(context, input.id)
    assertWritable(context)
    context.syncs.cancel(connection.id)
    await forgetSecret(context, connection)
    commitOperation(context, {
      kind: 'connection.removed',
      client: connection.client.slug,
      subject: connection.label,
      body: { v: 1, connectionUid: readUid(getReader(context), 'connection', connection.id) },
    })
    return { removed: true as const }
  }),
  history: os.connection.history.handler(({ context, input }) => {
    existing(context, input.id)
    return syncHistory(getReader(context), input.id, input.limit)
  }),
}
