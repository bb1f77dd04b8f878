import { beforeAll, describe, expect, it } from 'vitest'

import { computeWidth } from '../../../electron/cli/kit/text/width.ts'
import { putSample } from '../../sample-profile.ts'
import { newCastellan } from './castellan.ts'

const castellan = newCastellan()

beforeAll(async () => {
  await putSample(castellan.profile)
})

/** The words that a shell makes of a line: quoted ones as one. */
function split(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/gu)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

/** Commands that ask for a credential. */
const NEED_CREDENTIAL = /^castellan (?:connection credential|sync) /u

async function commandsOf(...list: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = (await castellan.run(...list, '--json')).json()
  const kinds = new Map<string, string>()
  for (const row of rows) {
    const next = String(row['next'])
    kinds.set(next.replaceAll(/\d+/gu, 'N').replaceAll(/(--client|--rule) \S+/gu, '$1'), next)
  }
  return kinds
}

describe('the command in the column Next', () => {
  it.each([[['today']], [['finding', 'list']]])('of each kind of row of %j runs as it is', async (list) => {
    const commands = await commandsOf(...list)
    expect(commands.size).toBeGreaterThan(0)
    for (const next of commands.values()) {
      const [program, ...words] = split(next)
      expect(program).toBe('castellan')
      const { code, out, err } = await castellan.run(...words)
      // The sample has no credential: what asks for one ends with a sentence about it.
      const isAnswered = NEED_CREDENTIAL.test(next) ? /credential|key/iu.test(out + err) : code === 0 && err === ''
      expect({ next, err, isAnswered, isEmpty: out === '' && err === '' }).toEqual({
        next,
        err,
        isAnswered: true,
        isEmpty: false,
      })
    }
  })

  it.each([[['today']], [['finding', 'list']]])(
    'of %j is whole on a narrow screen, and so is the sentence',
    async (list) => {
      const rows = (await castellan.run(...list, '--json')).json()
      for (const columns of [60, 80, 200, 400]) {
        const { out } = await castellan.runWith({ columns }, ...list)
        const lines = out.split('\n')
        const text = out.replaceAll(/\s+/gu, ' ')
        for (const row of rows) expect(text).toContain(String(row['next']))
        expect(
          lines
            .filter((line) => computeWidth(line) > columns && !line.startsWith('    castellan '))
            .filter((line) => line.includes('  ')),
        ).toEqual([])
        expect(out).not.toMatch(/Too wide for this screen:.*(?:What|Evidence|Next)/u)
        const words = new Set(text.split(' '))
        const said = rows.flatMap((row) => String(row['says'] ?? row['evidence']).split(' '))
        expect(said.filter((word) => word.length < 20 && !words.has(word))).toEqual([])
      }
    },
  )

  it('names the profile where the command line does', async () => {
    const [row] = (await castellan.run('today', '--json', '--profile', castellan.profile)).json()
    expect(String(row?.['next'])).toContain(` --profile ${castellan.profile}`)
  })
})
