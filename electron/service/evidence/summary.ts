import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import { newReviewSummary } from '../../../shared/report/review-summary.ts'
import { lastPack } from '../../register/read/evidence.ts'
import { inOneState } from '../../register/read/report.ts'
import { listSentOfReview } from '../../register/remediation/sent.ts'
import { reviewMarks } from '../../register/reviews/ending.ts'
import { type Context, getReader } from '../core/context.ts'
import { placeExport } from '../files-out/place-export.ts'
import { printedPdf } from '../files-out/printed-pdf.ts'
import { fileTarget } from '../files-out/target.ts'
import { stageFile } from '../files-out/write-file.ts'
import { existing } from '../reviews/reviews.ts'
import { makeTerms } from './pack.ts'
import { readEvidence, readItems } from './read-pack.ts'
import { readKey } from './signed-pack.ts'

/**
 * Writes the summary of a review for a human auditor, atomically, and notes it in the journal. Throws `Refusal` NOT_FOUND,
 * and CONFLICT where nothing can print a PDF.
 */
export async function exportSummary(
  context: Context,
  { reviewId, format, path, force }: Inputs['evidence']['summary'],
): Promise<Outputs['evidence']['summary']> {
  const target = fileTarget(context, { path, force })
  const { client, name, items } = existing(context, reviewId)
  const key = await readKey(context)
  const html = inOneState(getReader(context), () => {
    const reader = getReader(context)
    const summary = newReviewSummary()
    for (const item of readItems(reader, reviewId, context.now())) summary.add(item)
    const pack = lastPack(reader, client.slug, reviewId)
    return summary.html({
      evidence: readEvidence(reader, makeTerms(context, reviewId, key)),
      marks: reviewMarks(reader, reviewId),
      sent: listSentOfReview(reader, reviewId),
      pack,
    })
  })
  const staged = stageFile(target, [format === 'pdf' ? await printedPdf(context, html) : html])
  return placeExport(context, staged, {
    action: 'evidence.summarized',
    client: client.slug,
    subject: name,
    body: { review: reviewId, format, rows: items },
  })
}
