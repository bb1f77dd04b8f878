import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { isShownBySync, REMEDIATION_ACTIONS } from '../../../../shared/domain/remediation/remediation.ts'
import { unknownResultStep, verificationWords } from '../../../../shared/domain/remediation/verify.ts'

const ROOT = resolve(import.meta.dirname, '../../../..')

it.each([
  [['key-delete'], 'A sync verifies it.'],
  [['key-delete', 'member-remove'], 'A sync verifies them.'],
  [['member-sign-out'], 'No sync can confirm it.'],
  [['member-sign-out', 'member-sign-out'], 'No sync can confirm them.'],
  [['member-remove', 'member-sign-out'], 'A sync verifies 1 of the 2; no sync can confirm the other.'],
  [
    ['member-sign-out', 'member-remove', 'member-sign-out'],
    'A sync verifies 1 of the 3; no sync can confirm the other 2.',
  ],
] as const)('what a sync verifies of %j', (actions, words) => {
  expect(verificationWords(actions)).toBe(words)
})

it('a sync is promised for every action that it shows, and for no other', () => {
  for (const action of REMEDIATION_ACTIONS) {
    expect(verificationWords([action]).startsWith('A sync verifies')).toBe(isShownBySync(action))
    expect(unknownResultStep(action).startsWith('Sync the connection')).toBe(isShownBySync(action))
  }
})

/** Sentences about a sync that has shown something, or about actions that every sync shows. */
const OTHERS: readonly RegExp[] = [
  /A later sync shows that it was done\./u,
  /A later sync does not show that it was done\./u,
  /A later sync shows that it was not done\./u,
  /A sync shows that remediation item/u,
  /so a sync cannot confirm it/u,
  /no sync since shows the result/u,
  /the last sync shows/iu,
  /Wait for the sync to end and preview again/u,
]

/** Where changes at the providers are written about. */
const FOLDERS = [
  'electron/service/plan-apply',
  'electron/service/remediation',
  'renderer/entities',
  'renderer/features/leavers',
  'renderer/features/plans',
  'renderer/features/remediation',
  'shared/domain',
]

describe('no other sentence', () => {
  it('promises that a sync shows the result of a change', () => {
    const files = FOLDERS.flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/u.test(name))
        .map((name) => join(folder, name).replaceAll('\\', '/')),
    ).filter((path) => path !== 'shared/domain/remediation/verify.ts')
    const found = files.flatMap((path) =>
      readFileSync(join(ROOT, path), 'utf8')
        .replaceAll(/\/\*[^]*?\*\/|(?<=^|\s)\/\/.*/gu, '')
        .split('\n')
        .filter((line) => /\bsyncs?\b.*\b(?:verif|confirm|shows?\b|find out|check)/iu.test(line))
        .filter((line) => !OTHERS.some((other) => other.test(line)))
        .map((line) => `${path}: ${line.trim()}`),
    )
    expect(files.length).toBeGreaterThan(150)
    expect(found).toEqual([])
  })
})
