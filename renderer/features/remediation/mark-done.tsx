import { Button, type ButtonProps } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { RemediationRow } from '../../../shared/contract/remediation.ts'
import { verificationWords } from '../../../shared/domain/remediation/verify.ts'
import { api } from '../../data/api.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'

interface MarkDoneProps extends Pick<ButtonProps, 'size'> {
  readonly row: RemediationRow
  readonly done?: () => void
}

/** Marks a change as done after a person made it in the console, or found it done; undone until a sync shows it done. */
export function MarkDone({ row, size, done }: MarkDoneProps): ReactElement {
  const marking = useMutation({
    mutationFn: () => api.remediation.markByHand({ remediationId: row.remediationId }),
    onSuccess: () => {
      notifyDone({
        message: `Marked as done under your name. ${verificationWords([row.action])}`,
        undo: () => api.remediation.unmarkMany({ remediations: [row.remediationId] }),
      })
      done?.()
    },
    onError: notifyFailed,
  })
  return (
    <Button
      {...(size === undefined ? {} : { size })}
      variant="default"
      leftSection={<IconCheck size={14} aria-hidden />}
      loading={marking.isPending}
      onClick={() => marking.mutate()}
    >
      Mark as done
    </Button>
  )
}
