import { Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { api } from '../../data/api.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { DECISION_NOTICE } from './use-deciding.ts'
import type { ReviewFormProps } from './review-form.ts'

/** Cancels an open review, with the reason. */
export function WithdrawForm({ review, close }: ReviewFormProps): ReactElement {
  const { reviewId, decided } = review.row
  const [why, setWhy] = useState('')
  const withdraw = useMutation({
    mutationFn: () => api.reviews.withdraw({ reviewId, why }),
    onSuccess: () => {
      close()
      notifyDone({
        message: 'Review cancelled. It stays in the list with its reason; start another one instead',
        only: DECISION_NOTICE,
      })
    },
  })
  return (
    <DialogForm
      label="Cancel review"
      verb="Cancel review"
      danger
      busy={withdraw.isPending}
      error={withdraw.error}
      disabled={why.trim() === ''}
      onSubmit={() => withdraw.mutate()}
      close={close}
    >
      <p className="c-prose">
        {decided === 0 ? 'No decisions yet.' : `${plural(decided, 'decision')} will not count and will not be applied.`}
        {' The review stays in the list and in the audit log. It does not count as done, and cannot be reopened.'}
      </p>
      <Textarea
        label="Reason"
        name="why"
        description="Recorded in the audit log under your name"
        value={why}
        required
        maxLength={2000}
        autosize
        minRows={2}
        data-autofocus
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
    </DialogForm>
  )
}
