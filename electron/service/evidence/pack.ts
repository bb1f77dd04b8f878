import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import { packName } from '../../../shared/report/evidence-pack.ts'
import type { SigningKey } from '../../secrets/signing-key.ts'
import { type Context, getToday, makeMoment, readOperator } from '../core/context.ts'
import { folderTarget } from '../files-out/target.ts'
import { readReviewName } from '../reviews/reviews.ts'
import { writeReviewPack } from './pack-aside.ts'
import type { PackTerms } from './read-pack.ts'
import { writeSignedPack } from './signed-pack.ts'

/**
 * Writes the evidence of a review, signed: see `writeSignedPack`. Also throws `Refusal` NOT_FOUND, and CONFLICT when the signal ends it:
 * then nothing is left of it.
 */
export async function packEvidence(
  context: Context,
  { reviewId, directory, zip = true }: Inputs['evidence']['pack'],
  signal?: AbortSignal,
): Promise<Outputs['evidence']['pack']> {
  const folder = folderTarget(context, directory)
  const row = readReviewName(context, reviewId)
  let items = 0
  return writeSignedPack(context, {
    folder,
    zip,
    signal,
    getName: (n) => packName(row, getToday(context), n),
    write: async (files, key) => {
      const written = await writeReviewPack(context, files, { terms: makeTerms(context, reviewId, key), key, signal })
      items = written.items
      return written
    },
    entry: { action: 'evidence.packed', client: row.client.slug, subject: row.name, area: 'reviews' },
    body: ({ log }) => ({ review: row.reviewId, items, ...(log === null ? {} : { log }) }),
  })
}

/** The facts of the open profile in the documents of a review. */
export function makeTerms(context: Context, reviewId: number, { fingerprint }: SigningKey): PackTerms {
  const { sample } = context.session()
  return { reviewId, moment: makeMoment(context), operator: readOperator(context), sample, fingerprint }
}
