import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { Inputs } from '../../../shared/contract/contract.ts'
import { api } from '../../data/api.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { writeClipboard } from '../../ui/clipboard.ts'

interface CopyReportProps {
  readonly input: Inputs['leavers']['report']
  readonly label: string
  readonly small?: boolean
}

const SMALL = { size: 'compact-xs', variant: 'subtle' } as const

/** Copies the report of one leaver, or of all, to the clipboard, as Markdown. */
export function CopyReport({ input, label, small = false }: CopyReportProps): ReactElement {
  const copying = useMutation({
    mutationFn: async () => {
      const { text } = await api.leavers.report(input)
      if (!(await writeClipboard(text))) throw new Error('Couldn’t copy to the clipboard.')
    },
    onSuccess: () => notifyDone({ message: 'Copied the report as Markdown' }),
    onError: notifyFailed,
  })
  return (
    <Button
      {...(small ? SMALL : { variant: 'default' })}
      leftSection={<IconCopy size={small ? 13 : 15} aria-hidden />}
      loading={copying.isPending}
      onClick={() => copying.mutate()}
    >
      {label}
    </Button>
  )
}
