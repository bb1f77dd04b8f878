import { describe, expect, it } from 'vitest'

import type { Verdict } from '../../../shared/contract/evidence.ts'
import { judgeVerdict } from '../../../shared/report/evidence-checks.ts'

const PROBLEM: Verdict['problems'][number] = { file: 'items.csv', row: 3, says: 'It was changed.' }

describe('the outcome of a verification', () => {
  it.each<readonly [Verdict['signer'], string, string]>([
    [null, 'sound', 'Unchanged'],
    ['own', 'sound', 'Unchanged'],
    ['given', 'sound', 'Unchanged'],
    ['not-compared', 'sound', 'Unchanged'],
    ['unknown', 'unknown', 'Unchanged, but signed by an unknown key'],
  ])('of what is unchanged, signed by: %s', (signer, kind, words) => {
    expect(judgeVerdict({ ok: true, signer, problems: [] })).toEqual({ kind, words })
  })

  it('of a pack of which only the signer differs from the given one names the key', () => {
    expect(judgeVerdict({ ok: false, signer: 'other', problems: [PROBLEM] }).words).toBe('Signed by another key')
  })

  it.each<Verdict['signer']>([null, 'own', 'other', 'unknown', 'not-compared'])(
    'of what was changed is never better, signed by: %s',
    (signer) => {
      expect(judgeVerdict({ ok: false, signer, problems: [PROBLEM, PROBLEM] })).toEqual({
        kind: 'unsound',
        words: 'Changed',
      })
    },
  )
})
