import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { writeClipboard } from '../ui/clipboard.ts'
import { notifyDone, notifyFailed } from '../ui/notify.tsx'

type ReadDocument = () => Promise<{ readonly text: string }>

/** Copies a document of the service to the clipboard, as Markdown; `what` names it in the notification: `the changes`. */
export function useCopyMarkdown(what: string, read: ReadDocument): UseMutationResult<void, unknown, void> {
  return useMutation({
    mutationFn: async () => {
      const { text } = await read()
      if (!(await writeClipboard(text))) throw new Error('Couldn’t copy to the clipboard.')
    },
    onSuccess: () => notifyDone({ message: `Copied ${what} as Markdown` }),
    onError: notifyFailed,
  })
}

interface CopyMarkdownProps {
  readonly what: string
  readonly read: ReadDocument
  readonly disabled: boolean
}

/** The primary action of a page whose document can be copied. */
export function CopyMarkdown({ what, read, disabled }: CopyMarkdownProps): ReactElement {
  const copying = useCopyMarkdown(what, read)
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
