import type { ReactElement, ReactNode } from 'react'

import { AcknowledgeForm } from './acknowledge-form.tsx'
import { BulkForm } from './bulk-form.tsx'
import type { ReviewDialogsProps, ReviewFormProps } from './review-form.ts'
import type { ReviewsSearch } from './search.ts'
import { SignForm } from './sign-form.tsx'
import { SummaryForm } from './summary-form.tsx'
import { WithdrawForm } from './withdraw-form.tsx'
import { api } from '../../data/api.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { WritePack } from './write-pack.tsx'

type Form = Exclude<NonNullable<ReviewsSearch['step']>, 'about'>

const TITLES: Readonly<Record<Form, string>> = {
  bulk: 'Decide all listed',
  sign: 'Sign off review',
  acknowledge: 'Acknowledge review',
  pack: 'Export evidence pack',
  summary: 'Save summary for an auditor',
  withdraw: 'Cancel review',
}

/** The form over a review that its address names. */
export function ReviewDialogs(props: ReviewDialogsProps): ReactElement {
  const { search, set } = props
  const { step } = search
  const form = step === 'about' ? undefined : step
  const close = (): void => set({ step: undefined })
  return (
    <Dialog opened={form !== undefined} onClose={close} title={form === undefined ? '' : TITLES[form]} size={560}>
      {form === undefined ? null : renderForm(form, { ...props, close })}
    </Dialog>
  )
}

function renderForm(form: Form, props: ReviewFormProps): ReactNode {
  switch (form) {
    case 'bulk':
      return <BulkForm {...props} />
    case 'sign':
      return <SignForm {...props} />
    case 'acknowledge':
      return <AcknowledgeForm {...props} />
    case 'pack':
      return <PackForm {...props} />
    case 'summary':
      return <SummaryForm {...props} />
    case 'withdraw':
      return <WithdrawForm {...props} />
    default:
      return form satisfies never
  }
}

/** Exports the evidence of a review into a folder: its content, the folder, and the result. */
function PackForm({ review, close }: ReviewFormProps): ReactElement {
  const { reviewId } = review.row
  return (
    <WritePack
      label="Evidence pack"
      verb="Export evidence pack"
      write={(to) => api.evidence.pack({ reviewId, ...to })}
      close={close}
    >
      Header, population, items, decisions, applied changes and signatures, as Markdown, CSV and JSON, with the rows of
      the audit log, in a team with what each member signed. It can be checked without Castellan.
    </WritePack>
  )
}
