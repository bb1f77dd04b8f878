import type { Context } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'

/** An HTML document as a PDF. Throws `Refusal` CONFLICT where nothing can print. */
export async function printedPdf(context: Context, html: string): Promise<Uint8Array> {
  const answer = await context.host.printPdf?.(html)
  if (answer?.outcome === 'printed') return answer.pdf
  throw new Refusal(
    'CONFLICT',
    answer === undefined ? 'A PDF needs a browser to print it, and none was found.' : answer.reason,
    'Install Chromium, Chrome or Edge, or name one with CASTELLAN_BROWSER; or export HTML and print it.',
  )
}
