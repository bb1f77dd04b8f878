import { TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { api, query } from '../../data/api.ts'
import { useInfo } from '../../data/use-info.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { Counts } from './counts.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { isSameName } from '../../entities/review-labels.ts'
import type { ReviewFormProps } from './review-form.ts'

const SAME = {
  name: 'This name signed the review. Enter another name',
  member: 'You signed the review. Another member must acknowledge it, at their own device',
} as const

/** Management acknowledges the review: a second name in addition to the signer's; in a team a second member. */
export function AcknowledgeForm({ review, set, close }: ReviewFormProps): ReactElement {
  const { row } = review
  const policy = useQuery(query.policy.get.queryOptions({ input: { client: row.client.slug } })).data
  const [typed, setTyped] = useState<string | null>(null)
  const { team } = review
  const name = team?.member ?? typed ?? policy?.effective.acknowledger ?? ''
  const signedBy = row.signed?.by ?? ''
  const signedHere = row.signed?.operator ?? null
  const isSameOperator = useInfo()?.operator === signedHere
  const same = team?.isSigner ?? isSameName(name, signedBy)
  const acknowledge = useMutation({
    mutationFn: () => api.reviews.acknowledge({ reviewId: row.reviewId, as: name }),
    onSuccess: () => {
      set({ step: 'pack' })
      notifyDone({ message: 'Acknowledged. This is recorded with the signature and is final' })
    },
  })
  return (
    <DialogForm
      label="Acknowledge review"
      verb="Acknowledge"
      busy={acknowledge.isPending}
      error={acknowledge.error}
      disabled={name.trim() === '' || same}
      onSubmit={() => acknowledge.mutate()}
      close={close}
    >
      <Counts review={review} />
      {team === null && isSameOperator && signedHere !== null ? (
        <Status tone="warn" plain>
          {`The operator ${visibleText(signedHere)} signed it too. The evidence will mark this.`}
        </Status>
      ) : null}
      <TextInput
        label="Acknowledged as"
        name="as"
        description={
          team === null
            ? `A second approver, not ${visibleText(signedBy)}`
            : 'The member at this device, whose key signs the acknowledgement'
        }
        value={name}
        readOnly={team !== null}
        error={same && name !== '' ? SAME[team === null ? 'name' : 'member'] : undefined}
        required
        maxLength={200}
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </DialogForm>
  )
}
