/**
 * Sends one change of a profile, and is killed before the provider answers: `node killed-child.ts PROFILE ITEM`. The
 * credential comes on standard input.
 */
import { text } from 'node:stream/consumers'

import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { openService } from '../../../../electron/service/process/open.ts'

const [profile = '', remediationId = ''] = process.argv.slice(2)
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
await api.connection.setCredential({ id: connection?.id ?? 0, credential: await text(process.stdin) })
const { token, confirm } = await api.remediation.preview({ remediations: [Number(remediationId)] })
await api.remediation.run({ token, confirm })
