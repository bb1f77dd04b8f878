import { describe, expect, it } from 'vitest'

import { EARLIER } from '../../../electron/cli/renamed.ts'
import { THING_KINDS } from '../../../electron/cli/verbs/show/find.ts'
import { newCastellan } from './castellan.ts'
import { commandTree } from './commands.ts'

const { run } = newCastellan()
const PATHS = (await commandTree()).map(({ path }) => path)
const NOUNS = new Set(PATHS.flatMap((path) => (path.endsWith(' list') ? [path.slice(0, -' list'.length)] : [])))

/** Words that end as a plural does: a state, and documents that are one thing each. */
const NO_PLURALS: ReadonlySet<string> = new Set(['changes', 'diagnostics', 'settings', 'status'])

/** What a language makes of a noun that is not made by an s. */
const plural = (noun: string): string => (noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`)

describe('the words of every command', () => {
  it.each(PATHS)('%s has no plural in it', (path) => {
    expect(path.split(' ').filter((word) => /[^s]s$/u.test(word) && !NO_PLURALS.has(word))).toEqual([])
  })

  it('list a thing by the command list, which each noun of people has', () => {
    for (const noun of [
      'key',
      'person',
      'project',
      'client',
      'connection',
      'access',
      'finding',
      'review',
      'plan',
      'budget',
    ])
      expect(NOUNS).toContain(noun)
  })
})

describe('a name that a command does not have', () => {
  it.each(Object.entries(EARLIER))('“%s” is answered with “%s”, also for its help', async (former, now) => {
    const err = `“castellan ${former}” is now “castellan ${now}”.\nRun: castellan ${now} --help\n`
    for (const more of [[], ['--help'], ['--json']])
      expect(await run(...former.split(' '), ...more)).toEqual({
        ...(await run()),
        code: 2,
        out: '',
        err,
        json: expect.any(Function),
      })
    expect(await run('help', ...former.split(' '))).toMatchObject({ code: 2, out: '' })
    expect((await run(...now.split(' '), '--help')).code).toBe(0)
  })

  it.each([...NOUNS].filter((noun) => !noun.includes(' ') && noun !== 'access'))(
    'the plural of %s is answered with its list, and before a command with that',
    async (noun) => {
      expect((await run(plural(noun))).err).toContain(`is now “castellan ${noun} list”`)
      expect((await run(plural(noun), 'list')).err).toContain(`is now “castellan ${noun} list”`)
    },
  )

  it('the command show after a noun is answered with the verb that shows every kind of thing', () => {
    const shown = THING_KINDS.map((kind) => `${kind === 'change' ? 'remediation' : kind} show`)
    expect(shown.filter((path) => !PATHS.includes(path) && EARLIER[path] !== 'show')).toEqual([])
  })

  it('“findings show 7” is answered with “finding show”', async () => {
    expect((await run('findings', 'show', '7')).err).toContain(
      '“castellan findings show” is now “castellan finding show”.',
    )
  })

  it.each([...NOUNS].filter((noun) => !noun.includes(' ') && !PATHS.includes(noun)))(
    '%s alone names its list and its other commands',
    async (noun) => {
      const { code, err } = await run(noun, '--json')
      expect(code).toBe(2)
      expect(err).toContain(`To list: castellan ${noun} list.`)
    },
  )
})
