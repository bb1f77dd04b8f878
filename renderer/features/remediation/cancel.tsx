import { Button, type ButtonProps } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { RemediationRow } from '../../../shared/contract/remediation.ts'
import { api } from '../../data/api.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'

interface WithdrawProps extends Pick<ButtonProps, 'size'> {
  readonly row: RemediationRow
  readonly done?: () => void
}

/** Removes a pending change from the list. */
export function Withdraw({ row, size, done }: WithdrawProps): ReactElement {
  const { action, subject, values, origin } = row
  const withdrawing = useMutation({
    mutationFn: () => api.remediation.withdraw({ remediationId: row.remediationId }),
    onSuccess: () => {
      notifyDone({
        message: 'Change cancelled',
        // A change that may have been sent cannot be restored as unsent.
        undo:
          row.state === 'unsure'
            ? undefined
            : () => api.remediation.add({ action, subject: { kind: subject.kind, id: subject.id }, values, origin }),
      })
      done?.()
    },
    onError: notifyFailed,
  })
  return (
    <Button
      variant="default"
      {...(size === undefined ? {} : { size })}
      loading={withdrawing.isPending}
      onClick={() => withdrawing.mutate()}
    >
      Cancel change
    </Button>
  )
}
