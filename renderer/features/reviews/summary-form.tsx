import { SegmentedControl } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import type { WriteTarget } from '../../../shared/contract/common.ts'
import type { Inputs } from '../../../shared/contract/contract.ts'
import { api } from '../../data/api.ts'
import { SaveResult } from '../../entities/save-result.tsx'
import { useSave } from '../../entities/use-save.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import type { ReviewFormProps } from './review-form.ts'

type What = Omit<Inputs['evidence']['summary'], 'path' | 'force'>
type Format = What['format']

const FORMATS: readonly { readonly value: Format; readonly label: string }[] = [
  { value: 'pdf', label: 'PDF' },
  { value: 'html', label: 'HTML' },
]

const write = (what: What, path: WriteTarget) => api.evidence.summary({ ...what, path })

/** Saves the summary of a review for a human auditor. */
export function SummaryForm({ review, close }: ReviewFormProps): ReactElement {
  const { reviewId, client, kind, dueOn } = review.row
  const [format, setFormat] = useState<Format>('pdf')
  const save = useSave(write)
  return (
    <DialogForm
      label="Save summary"
      verb="Save…"
      busy={save.busy}
      error={null}
      onSubmit={() => void save.ask({ reviewId, format }, `${client.slug}-${kind}-${dueOn}-summary.${format}`)}
      close={close}
    >
      <p className="c-prose">
        One page for an auditor: scope, sign-off, decisions, what was kept with open findings and why, and how to verify
        it. The items follow. It is not signed; the evidence pack is, and contains the same summary.
      </p>
      <SegmentedControl
        fullWidth
        aria-label="Format"
        data={[...FORMATS]}
        value={format}
        onChange={(value) => setFormat(value)}
      />
      <SaveResult save={save} />
    </DialogForm>
  )
}
