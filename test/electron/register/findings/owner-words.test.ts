import { expect, it } from 'vitest'

import { RULES } from '../../../../electron/register/findings/rules.ts'
import { toLocalDay } from '../../../../shared/domain/day.ts'
import type { KeyFact } from '../../../../shared/domain/facts.ts'
import { keyWorld, stranger } from './parts.ts'
import { applyWorld, AT } from './worlds.ts'

/** The sentence about a key without an owner. */
function says(provider: string, over: Partial<KeyFact>): string | undefined {
  const world = keyWorld({ ownerState: 'none', ownerAccess: null, owner: null, ...over }, { provider })
  const [row] = applyWorld(world).register.reader.column<string>(
    `SELECT evidence FROM finding WHERE rule = 'key-owner-none'`,
  )
  const evidence = JSON.parse(row ?? 'null') as Readonly<Record<string, string | number | null>>
  return RULES.find(({ id }) => id === 'key-owner-none')?.say(evidence, { now: AT, today: toLocalDay(AT) })
}

it.each([
  ['openai', { project: 'proj_a' }, 'The provider reports no owner: it belongs to the project “Web”.'],
  ['openai', { project: null }, 'The provider reports neither an owner nor a project.'],
  ['litellm', { project: null }, 'The provider reports neither an owner nor a project.'],
  [
    'file',
    { project: 'proj_a', owner: stranger },
    'The provider reports “Zoe” as its owner, and no list of the provider contains them.',
  ],
  ['anthropic', { project: 'proj_a' }, 'It belongs to its workspace, and its creator has left.'],
  ['anthropic', { project: 'proj_a', owner: stranger }, 'It belongs to its workspace, and its creator “Zoe” has left.'],
] as const)('at %s, the finding about a key without an owner, %j, reads: %s', (provider, over, sentence) => {
  expect(says(provider, over)).toBe(sentence)
})
