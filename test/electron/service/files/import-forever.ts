/**
 * Imports two registers in turn until it is killed: `node import-forever.ts PROFILE`. Writes a line when it begins and
 * one after each import.
 */
import { awaitImport } from '../../../../shared/contract/import-result.ts'
import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { openService } from '../../../../electron/service/process/open.ts'
import { ACCOUNTS, bigRegister } from './big-register.ts'

const profile = process.argv[2]
if (profile === undefined) throw new Error('Name the profile.')

const service = await openService({
  profile,
  mode: 'write',
  secrets: memoryStore('No keychain in this test.'),
  host: {
    shell: 'terminal',
    notify: () => undefined,
    saveTarget: () => Promise.resolve({ outcome: 'cancelled' }),
    setTitle: () => undefined,
  },
})
if ((await service.api.client.list({})).length === 0) await service.api.client.add({ name: 'Acme Corp' })
process.stdout.write('ready\n')
for (let turn = 0; ; turn += 1) {
  const content = new TextEncoder().encode(bigRegister(turn % 2 === 0 ? 'Owner' : 'Reader', ACCOUNTS + (turn % 2)))
  await awaitImport(
    service.api.files.import({ client: 'acme-corp', kind: 'register', fileName: 'register.md', content }),
  )
  process.stdout.write('imported\n')
}
