import { describe, expect, it } from 'vitest'

import { newCastellan } from './castellan.ts'
import { commandTree } from './commands.ts'

const { run } = newCastellan()
const PATHS = (await commandTree()).map(({ path }) => path)
const NOUNS = new Set(PATHS.flatMap((path) => (path.endsWith(' list') ? [path.slice(0, -' list'.length)] : [])))

/** Words that end as a plural does: a state, and documents that are one thing each. */
const NO_PLURALS: ReadonlySet<string> = new Set(['changes', 'diagnostics', 'settings', 'status'])

/** What a language makes of a noun that is not made by an s. */
const plural = (noun: string): string => (/[^aeiou]y$/u.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`)

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
  it.each([...NOUNS].filter((noun) => !noun.includes(' ') && noun !== 'access'))(
    'that is the plural of %s is answered with the noun',
    async (noun) => {
      const { code, err } = await run(plural(noun), 'list')
      expect(code).toBe(2)
      expect(err).toMatch(new RegExp(`^Unknown command '${plural(noun)}' \\(Did you mean .*\\b${noun}\\b.*\\?\\)`, 'u'))
    },
  )

  it.each([...NOUNS].filter((noun) => !noun.includes(' ') && !PATHS.includes(noun)))(
    '%s alone names its list and its other commands',
    async (noun) => {
      const { code, err } = await run(noun, '--json')
      expect(code).toBe(2)
      expect(err).toContain(`To list: castellan ${noun} list.`)
    },
  )
})
