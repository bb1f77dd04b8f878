/**
 * Syncs and imports endlessly, each time other data, until it is killed: `node kill-syncs-child.ts PROFILE BASE_URL`.
 * Prints `s` when a sync begins, `i` when an import does.
 */
import { awaitImport } from '../../shared/contract/import-result.ts'
import type { Service } from '../../electron/service/process/open.ts'
import { openOn } from '../faults/world.ts'
import { adminKey, registerFile, type Variant, VARIANTS } from './kill-syncs-world.ts'

export async function enter(service: Service, baseUrl: string): Promise<void> {
  const { api } = service
  if ((await api.client.list({})).length > 0) return
  await api.client.add({ name: 'Acme' })
  await api.connection.add({ client: 'acme', provider: 'openai', baseUrl, label: 'Live' })
}

export async function syncOnce(service: Service, variant: Variant): Promise<void> {
  const { api } = service
  const connection = (await api.connection.list({})).find((c) => c.label === 'Live')
  await api.sync.start({ connections: [connection?.id ?? 0], credential: adminKey(variant) })
  for await (const _ of await api.sync.watch({}));
}

export async function importOnce(service: Service, variant: Variant): Promise<void> {
  const content = new TextEncoder().encode(registerFile(variant))
  await awaitImport(service.api.files.import({ client: 'acme', kind: 'register', fileName: 'register.md', content }))
}

if (import.meta.main) {
  const [profile = '', baseUrl = ''] = process.argv.slice(2)
  const service = await openOn(profile, 'write')
  await enter(service, baseUrl)
  for (;;) {
    for (const variant of VARIANTS) {
      process.stdout.write('s')
      await syncOnce(service, variant)
      process.stdout.write('i')
      await importOnce(service, variant)
    }
  }
}
