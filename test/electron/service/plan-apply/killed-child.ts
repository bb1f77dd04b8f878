/**
 * Applies a plan, and is killed somewhere on the way: `node killed-child.ts PROFILE PLAN`. The credential comes on
 * standard input.
 */
import { text } from 'node:stream/consumers'

import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { openService } from '../../../../electron/service/process/open.ts'

const [profile = '', planId = ''] = process.argv.slice(2)
const credential = await text(process.stdin)
const { api } = await openService({
  profile,
  mode: 'write',
  host: {
    shell: 'terminal',
    notify: () => undefined,
    saveTarget: () => Promise.resolve({ outcome: 'cancelled' }),
    setTitle: () => undefined,
  },
  secrets: memoryStore('No keychain in this test.'),
})
const [connection] = await api.connection.list({})
await api.connection.setCredential({ id: connection?.id ?? 0, credential })
for (;;) {
  const { ready } = await api.planApply.addToList({ planId: Number(planId) })
  if (ready.length === 0) break
  const { token, confirm } = await api.remediation.preview({ remediations: ready })
  await api.remediation.run({ token, confirm })
  for await (const states of await api.sync.watch({})) if (states.every(({ phase }) => phase === 'done')) break
}
