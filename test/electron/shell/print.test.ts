import { describe, expect, it } from 'vitest'

import { findBrowser } from '../../../electron/shell/chromium/find.ts'
import { printPdf } from '../../../electron/shell/chromium/print.ts'
import { countPdfPages, PAGE_WITH_SCRIPT } from './page-with-script.ts'

const browser = await findBrowser()

describe('a PDF', () => {
  it.skipIf(browser === null)(
    'is printed by an installed browser, which runs nothing',
    { timeout: 120_000 },
    async () => {
      const answer = await printPdf(browser, PAGE_WITH_SCRIPT)
      if (answer.outcome === 'failed') throw new Error(answer.reason)
      expect(new TextDecoder('latin1').decode(answer.pdf.subarray(0, 5))).toBe('%PDF-')
      expect(countPdfPages(answer.pdf)).toBe(1)
    },
  )

  it('reports what is missing without a browser, and which browser failed', async () => {
    expect(await printPdf(null, '')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('none was found') as string,
    })
    expect(await printPdf('/bin/false', '')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('/bin/false') as string,
    })
  })
})
