import type { Service } from '../../../electron/service/process/open.ts'
import type { CalledProviderId } from '../../../shared/domain/providers/providers.ts'
import type { SyncProgress } from '../../../shared/contract/sync.ts'
import { startFakeAnthropic } from '../../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../../providers/fake-openai.ts'
import { ACME_CREDENTIAL, acmeAnthropic } from '../../providers/fixtures/acme-anthropic.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../../providers/fixtures/northfold-openai.ts'
import type { FakeOptions, FakeServer } from '../../providers/http.ts'
import { closeAfterTest } from '../../temporary/closing.ts'

export { ACME_CREDENTIAL, NORTHFOLD_CREDENTIAL }

/** OpenAI with the organization Northfold, closed after the test. */
export async function northfold(options: FakeOptions = {}): Promise<FakeServer> {
  return closeAfterTest(await startFakeOpenAi({ organizations: [northfoldOpenAi()], ...options }))
}

/** Anthropic with the organization Acme, closed after the test. */
export async function acme(options: FakeOptions = {}): Promise<FakeServer> {
  return closeAfterTest(await startFakeAnthropic({ organizations: [acmeAnthropic()], ...options }))
}

/** A client with one connection to a fake provider, its credential set. Returns the connection's id. */
export async function connected(
  api: Service['api'],
  server: FakeServer,
  options: { readonly client?: string; readonly provider?: CalledProviderId; readonly credential?: string } = {},
): Promise<number> {
  const client = options.client ?? 'northfold'
  const provider = options.provider ?? 'openai'
  const known = await api.client.list({})
  if (!known.some(({ slug }) => slug === client)) await api.client.add({ name: client, slug: client })
  const credential = options.credential ?? (provider === 'openai' ? NORTHFOLD_CREDENTIAL : ACME_CREDENTIAL)
  const { id } = await api.connection.add({ client, provider, baseUrl: server.baseUrl, credential })
  return id
}

/** Follows syncs to their end. Returns all their messages. */
export async function followed(api: Service['api']): Promise<SyncProgress[][]> {
  return gathered(await api.sync.watch({}))
}

/** All messages of an operation, until it ends. */
export async function gathered<T>(reported: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const each of reported) all.push(each)
  return all
}

/** Syncs connections and returns how each ended, in the order of the answer. */
export async function synced(api: Service['api'], connections?: number[]): Promise<SyncProgress[]> {
  await api.sync.start(connections === undefined ? {} : { connections })
  return (await followed(api)).at(-1) ?? []
}
