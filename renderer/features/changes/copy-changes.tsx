import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { Inputs } from '../../../shared/contract/contract.ts'
import { api } from '../../data/api.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { writeClipboard } from '../../ui/clipboard.ts'

interface CopyChangesProps {
  readonly input: Inputs['changes']['markdown']
  readonly disabled: boolean
}

/** Puts all of the changes that are shown on the clipboard, as Markdown. */
export function CopyChanges({ input, disabled }: CopyChangesProps): ReactElement {
  const copying = useMutation({
    mutationFn: async () => {
      const { text } = await api.changes.markdown(input)
      if (!(await writeClipboard(text))) throw new Error('The clipboard did not take the text.')
    },
    onSuccess: () => notifyDone({ message: 'Copied the changes as Markdown' }),
    onError: notifyFailed,
  })
  return (
    <Button
      leftSection={<IconCopy size={15} aria-hidden />}
      disabled={disabled}
      loading={copying.isPending}
      onClick={() => copying.mutate()}
    >
      Copy as Markdown
    </Button>
  )
}
