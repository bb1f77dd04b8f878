import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { version } from '../../package.json' with { type: 'json' }
import { findMissingTests } from '../named-tests.ts'
import { CRITERIA } from './criteria.ts'
import { toOpenAcr, toPage } from './report.ts'

/** The day of the last change of the list. */
const REPORTED_ON = '2026-11-26'

const PROOFS = CRITERIA.flatMap(({ num, standing }) =>
  (standing.by === 'test' || standing.by === 'part' ? (standing.proofs ?? []) : []).map(
    (proof) => [num, ...proof] as const,
  ),
)

describe('the accessibility report', () => {
  it('names each criterion of WCAG 2.2, levels A and AA, once', () => {
    expect(new Set(CRITERIA.map(({ num }) => num)).size).toBe(CRITERIA.length)
    expect(CRITERIA.filter(({ level }) => level === 'A')).toHaveLength(31)
    expect(CRITERIA.filter(({ level }) => level === 'AA')).toHaveLength(24)
  })

  it('names only tests that exist', () => {
    expect(PROOFS.length).toBeGreaterThan(20)
    expect(findMissingTests(PROOFS.map(([, file, title]) => [file, title]))).toEqual([])
  })

  it('has the form of OpenACR, and matches the list; run this file with `--update` to write it', async () => {
    const text = toOpenAcr(CRITERIA, version, REPORTED_ON)
    const { chapters } = parse(text) as { chapters: Record<string, { criteria?: readonly { num: string }[] }> }
    expect(Object.values(chapters).flatMap(({ criteria }) => criteria ?? [])).toHaveLength(CRITERIA.length)
    await expect(text).toMatchFileSnapshot('../../docs/accessibility.openacr.yaml')
  })

  it('is a page that matches the list', async () => {
    await expect(toPage(CRITERIA)).toMatchFileSnapshot('../../docs/accessibility.md')
  })
})
