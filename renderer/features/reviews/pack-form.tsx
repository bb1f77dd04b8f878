import type { ReactElement } from 'react'

import { api } from '../../data/api.ts'
import { WritePack } from './write-pack.tsx'
import type { ReviewFormProps } from './review-form.ts'

/** Writes the evidence of a review into a folder: what it holds, where to, and what was written. */
export function PackForm({ review, close }: ReviewFormProps): ReactElement {
  const { reviewId } = review.row
  return (
    <WritePack
      label="Evidence pack"
      verb="Write the pack"
      write={(to) => api.evidence.pack({ reviewId, ...to })}
      close={close}
    >
      Header, population, items, decisions, what was carried out and the signatures, as Markdown, CSV and JSON, with the
      rows of the journal, signed with this register’s key. It can be checked without Castellan.
    </WritePack>
  )
}
