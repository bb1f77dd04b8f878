/**
 * A window's service that is killed: `node alerts-child.ts PROFILE FILE`. Sets a budget of 100 dollars, imports the
 * records of the file, and prints each notification on a line; then it waits.
 */
import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { openService, type Service } from '../../../../electron/service/process/open.ts'

export const NOW = Date.parse('2026-11-16T12:00:00Z')

export function openOn(profile: string, notify: (title: string) => void): Promise<Service> {
  return openService({
    profile,
    mode: 'write',
    now: () => NOW,
    host: {
      shell: 'electron',
      notify: ({ title }) => notify(title),
      saveTarget: () => Promise.resolve({ outcome: 'cancelled' }),
      setTitle: () => undefined,
    },
    secrets: memoryStore('No keychain in this test.'),
  })
}

if (import.meta.main) {
  const [profile = '', path = ''] = process.argv.slice(2)
  const { api } = await openOn(profile, (title) => process.stdout.write(`${title}\n`))
  await api.client.add({ name: 'Acme' })
  await api.budgets.set({ client: 'acme', amount: 100_000_000 })
  for await (const _ of await api.usage.import({ client: 'acme', path }));
  setInterval(() => undefined, 1000)
}
