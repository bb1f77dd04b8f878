import { cpSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { beforeAll, expect, it } from 'vitest'

import { memoryStore } from '../../../electron/secrets/secret-store.ts'
import { evaluateNow } from '../../../electron/service/findings/findings.ts'
import { getReader } from '../../../electron/service/core/context.ts'
import { openService } from '../../../electron/service/process/open.ts'
import { drawn } from '../../drills/drill.ts'
import { HOSTILE, makeHostile, RAW } from '../../hostile-register.ts'
import { makeRandom } from '../../providers/random.ts'
import { putSample } from '../../sample-profile.ts'
import { findPart, MADE_SHAPES, makeSecret } from '../../secrets/made-secrets.ts'
import { recordingHost } from '../service/services.ts'
import { newCastellan } from './castellan.ts'
import { listArguments, commandTree } from './commands.ts'

const castellan = newCastellan()

/** A key that people pasted into the name of everything. Its shape has the signs that most formats escape. */
const SECRET = makeSecret(
  MADE_SHAPES.find(({ name }) => name === 'OpenAI project key') ?? { name: '', parts: [] },
  makeRandom(1),
)
let projectId = ''
const root = mkdtempSync(join(tmpdir(), 'castellan-hostile-'))
const file = join(root, 'people.csv')

/** Colours that the terminal paints itself. */
// oxlint-disable-next-line no-control-regex -- the escape sequences are what is meant
const PAINT = /\u001B\[(?:2|22|31|32|33|39)m/gu

beforeAll(async () => {
  await putSample(castellan.profile)
  writeFileSync(file, `Name,Email,Role\n"Ann ${HOSTILE}",ann@acme.example,${HOSTILE}reader\n${HOSTILE}\n`)
  const service = await openService({
    profile: castellan.profile,
    mode: 'write',
    host: recordingHost(),
    secrets: memoryStore('No keychain here.'),
  })
  await service.api.reviews.open({ kind: 'roles', client: 'acme-corp' })
  projectId =
    getReader(service.context).value<string>(
      "SELECT p.external_id FROM project p JOIN connection n ON n.id = p.connection_id JOIN client c ON c.id = n.client_id WHERE c.slug = 'acme-corp'",
    ) ?? ''
  makeHostile(service, `${HOSTILE} ${SECRET.text} `)
  // Otherwise each command that writes would evaluate the findings of its copy.
  evaluateNow(service.context)
  await service.close()
})

/** A copy of the profile: the last one, if nothing wrote into it. */
function copy(): string {
  if (copied === null || stateOf(copied.profile) !== copied.state) {
    const profile = join(mkdtempSync(join(root, 'p-')), 'profile')
    cpSync(castellan.profile, profile, { recursive: true })
    copied = { profile, state: stateOf(profile) }
  }
  return copied.profile
}

let copied: { readonly profile: string; readonly state: string } | null = null

/** The names, sizes and times of what is written into a folder; the log and what SQLite keeps of a reader are not. */
function stateOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => [name, statSync(join(folder, name))] as const)
    .filter(([name, { size }]) => size > 0 && !/\.(?:log|db-shm)$/u.test(name))
    .map(([name, { size, mtimeMs }]) => `${name} ${size} ${mtimeMs}`)
    .join('\n')
}

it('RAW finds every kind of hostile character', () => {
  for (const character of HOSTILE.replaceAll(/[^\p{C}\u034F\u115F\u1160\u2028\u2029\u3164\uFFA0\u180E]/gu, ''))
    expect(character === '\u200D' ? `a${character}` : character).toMatch(RAW)
})

const COMMANDS = (await commandTree()).map((one, at) => ({ ...one, at }))

it.each(COMMANDS)(
  '$path prints no character of a hostile name as it is, and no secret in one, in any format',
  async ({ path, command, at: place }) => {
    // They work until they are stopped.
    if (path === 'usage watch' || path === 'runner') return
    const { stdin = '', ...given } = listArguments({ file, folder: root })(path)
    const argv = given.argv.map((word) => (word === 'acme' ? 'acme-corp' : word === 'Chatbot' ? projectId : word))
    const formats = command.options.find(({ long }) => long === '--format')?.argChoices ?? []
    // What a machine reads is the same on every terminal; only the usual output knows colours and a width.
    const looks = [
      { way: [], colour: true, columns: 80 },
      ...[[], ['--json'], ...formats.map((format) => ['--format', format])].map((way) => ({
        way,
        colour: false,
        columns: null,
      })),
    ]
    // Each command begins with another one, so that a sample has all of them.
    const from = place % looks.length
    for (const { way, colour, columns } of drawn('hostile-looks', [...looks.slice(from), ...looks.slice(0, from)])) {
      const profile = copy()
      const ran = await castellan.runWith(
        { stdin, colour, columns },
        ...path.split(' '),
        ...argv,
        ...way,
        '--profile',
        profile,
      )
      const printed = `${ran.out}${ran.err}`.replaceAll(PAINT, '').replaceAll('\r\n', '\n')
      expect({ path, way, colour, raw: RAW.exec(printed)?.[0] ?? null, at: at(printed) }).toMatchObject({ raw: null })
      expect({ path, way, secret: findPart(SECRET, printed.replaceAll('\\', '')) }).toMatchObject({ secret: null })
    }
  },
)

function at(printed: string): string {
  const { index = 0 } = RAW.exec(printed) ?? {}
  return JSON.stringify(printed.slice(Math.max(0, index - 40), index + 40))
}
