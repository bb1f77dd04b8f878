import { Button, type ButtonProps } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { RemediationRow } from '../../../shared/contract/remediation.ts'
import { api } from '../../data/api.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'

interface MarkDoneProps extends Pick<ButtonProps, 'size'> {
  readonly row: RemediationRow
}

/** Somebody did it in the console, or looked and found it done. No way back: only a sync can tell otherwise. */
export function MarkDone({ row, size }: MarkDoneProps): ReactElement {
  const marking = useMutation({
    mutationFn: () => api.remediation.markByHand({ remediationId: row.remediationId }),
    onSuccess: () => notifyDone({ message: 'Noted as done under your name; the next sync shows whether it is' }),
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
      It is done
    </Button>
  )
}
