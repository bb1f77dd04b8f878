import { startFakeOpenAi, type FakeOpenAiOptions } from '../../../providers/fake-openai.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../../../providers/fixtures/northfold-openai.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { newCastellan, type Castellan } from '../castellan.ts'

/** A small organization behind a local address, until the test ends. */
export async function fakeOrganization(options: Partial<FakeOpenAiOptions> = {}): Promise<string> {
  return closeAfterTest(await startFakeOpenAi({ organizations: [northfoldOpenAi()], ...options })).baseUrl
}

export const CONNECT = ['connection', 'add', '--client', 'acme-corp', '--provider', 'openai'] as const

/** A profile with one client and one connection to an address, with its credential. */
export async function withConnection(
  baseUrl: string,
  access: 'read-only' | 'read-write' = 'read-only',
): Promise<Castellan> {
  const castellan = newCastellan()
  await castellan.run('client', 'add', 'Acme Corp')
  await castellan.runWith({ stdin: NORTHFOLD_CREDENTIAL }, ...CONNECT, '--base-url', baseUrl, '--access', access)
  return castellan
}
