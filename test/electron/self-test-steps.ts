/** What the test of the keychain does inside a private session: `node self-test-steps.ts HOME` prints `RESULT` and what was seen as JSON. */
import { execFileSync } from 'node:child_process'

import { openKeychain } from '../../electron/secrets/keychain.ts'
import { startStandIn } from './stand-in/start.ts'

const home = process.argv[2] ?? ''

/** How many entries the keyring holds, of any program. */
function countEntries(): number {
  const answer = execFileSync('dbus-send', [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.secrets',
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.SearchItems',
    'dict:string:string:',
  ])
  return answer.toString('utf8').match(/object path/gu)?.length ?? 0
}

const keychain = await openKeychain(10_000)
await keychain.set('other/connection-1', 'a secret value')
const before = countEntries()
// The stand-in has no bus unless it is given one.
const env = { DBUS_SESSION_BUS_ADDRESS: process.env['DBUS_SESSION_BUS_ADDRESS'] }
const application = await startStandIn({ home, env, args: ['--self-test=json'] })
let most = before
const timer = setInterval(() => (most = Math.max(most, countEntries())), 100)
const code = await application.ended
clearInterval(timer)
const kept = await keychain.get('other/connection-1')
const { checks } = JSON.parse(application.printed()) as { checks: { name: string; state: string; detail: string }[] }
process.stdout.write(`RESULT ${JSON.stringify({ code, before, most, after: countEntries(), kept, checks })}\n`)
process.exit(0)
