import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { readJournal, opened } from '../reviewing.ts'
import { refused, seeded, type Seeded } from '../seeded.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'castellan-summary-'))

/** A signed review of roles: one item kept, and one whose question is carried. */
async function signed(of: Seeded): Promise<number> {
  const { reviewId, rows } = await opened(of, 'roles')
  const [first] = rows
  await of.api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'Still needed.' })
  const ask = 'Is <b>she</b> on the team?'
  await of.api.reviews.decide({ reviewId, items: [first?.itemId ?? 0], decision: 'unknown', why: ask })
  await of.api.reviews.sign({ reviewId, as: 'Robin Reviewer', carry: 'The owner is away.' })
  await of.api.reviews.acknowledge({ reviewId, as: 'Morgan Manager' })
  return reviewId
}

/** The text of a summary without its tags. */
async function readText(of: Seeded, reviewId: number): Promise<string> {
  const path = join(folder(), 'summary.html')
  await of.api.evidence.summary({ reviewId, format: 'html', path })
  return readFileSync(path, 'utf8')
    .replace(/<style>[^]*<\/style>/u, '')
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
}

describe('the summary of a review', () => {
  it('states scope, signatures, decisions and open questions in sentences', async () => {
    const of = await seeded()
    const text = await readText(of, await signed(of))
    expect(text).toMatch(
      /Robin Reviewer signed this review on \d+ \w+ 2026, \d\d:\d\d UTC\. Morgan Manager acknowledged it/u,
    )
    expect(text).toContain(
      '1 item needs more information. The review was signed without an answer, because: The owner is away.',
    )
    expect(text).toMatch(/Provider organization: .*OpenAI/u)
    expect(text).toContain('All 2 items, as recorded when the review was started')
    expect(text).toMatch(/2 items, without any filter, read on .*\(sync \d+\)/u)
  })

  it('shows what people and providers wrote as text', async () => {
    const of = await seeded()
    const text = await readText(of, await signed(of))
    expect(text).toMatch(/Is &#x3C;b>she&#x3C;\/b> on the team\?/u)
  })

  it('names the key that signs, and the pack that proves it once there is one', async () => {
    const of = await seeded()
    const reviewId = await signed(of)
    expect(await readText(of, reviewId)).toContain('No pack of this review has been exported yet: ask for one.')
    const { fingerprint, path } = await of.api.evidence.pack({ reviewId, directory: folder() })
    const text = await readText(of, reviewId)
    expect(text).toContain(fingerprint)
    expect(text).toContain(`proves what it states: ${path.split('/').at(-1) ?? ''}, exported on`)
    expect(readFileSync(join(path, 'summary.html'), 'utf8')).toContain(
      'This summary is a file of the signed evidence pack',
    )
    expect(await of.api.evidence.verify({ path })).toMatchObject({ ok: true })
  })

  it('is printed as a PDF where something can print, and refused elsewhere', async () => {
    const of = await seeded()
    const reviewId = await signed(of)
    const path = join(folder(), 'summary.pdf')
    expect(await refused(of.api.evidence.summary({ reviewId, format: 'pdf', path }))).toMatchObject({
      code: 'CONFLICT',
    })
    await of.api.evidence.summary({ reviewId, format: 'html', path })
    expect(readJournal(of, 'evidence.summarized')).toMatchObject([{ review: reviewId, format: 'html', rows: 2 }])
  })

  it('attests nothing for an open or cancelled review', async () => {
    const of = await seeded()
    const { reviewId } = await opened(of, 'roles')
    expect(await readText(of, reviewId)).toContain('This review is still open: 0 of 2 items are decided')
    await of.api.reviews.withdraw({ reviewId, why: 'Too early.' })
    expect(await readText(of, reviewId)).toContain('This review was cancelled, so it attests nothing.')
  })

  it('waits for the answers of an open review alone', async () => {
    const of = await seeded()
    const { reviewId } = await opened(of, 'roles')
    await of.api.reviews.decide({ reviewId, items: {}, decision: 'unknown', why: 'Who is this?' })
    const waits = 'The review needs an answer, or a reason for none, before it is signed.'
    expect(await readText(of, reviewId)).toContain(`2 items need more information. ${waits}`)
    const { path } = await of.api.evidence.pack({ reviewId, directory: folder() })
    expect(readFileSync(join(path, 'sign-off.jsonl'), 'utf8')).toContain('because","value":"not signed"')
    expect(await of.api.evidence.verify({ path })).toMatchObject({ ok: true })
    await of.api.reviews.withdraw({ reviewId, why: 'Too early.' })
    expect(await readText(of, reviewId)).not.toContain(waits)
  })

  it('states that no reason was recorded for a review that was signed before one was asked for', async () => {
    const of = await seeded()
    const reviewId = await signed(of)
    makeRegister(of.service.context).transact((writer) => writer.run('UPDATE review SET carried = NULL'))
    expect(await readText(of, reviewId)).toContain('signed without an answer; no reason was recorded.')
  })
})
