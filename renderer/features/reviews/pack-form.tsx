import { Button, Checkbox, Group, TextInput } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { api } from '../../app/api.ts'
import { DialogForm } from './dialog-form.tsx'
import { PackWritten } from './pack-written.tsx'
import type { ReviewFormProps } from './review-dialogs.tsx'
import { useFolder } from './use-folder.ts'

/** Writes the evidence of a review into a folder: what it holds, where to, and what was written. */
export function PackForm({ review, close }: ReviewFormProps): ReactElement {
  const { reviewId } = review.row
  const folder = useFolder()
  const [zip, setZip] = useState(true)
  const write = useMutation({ mutationFn: () => api.evidence.pack({ reviewId, directory: folder.path.trim(), zip }) })
  if (write.data !== undefined) return <PackWritten written={write.data} close={close} />
  return (
    <DialogForm
      label="Evidence pack"
      verb="Write the pack"
      busy={write.isPending}
      error={write.error ?? folder.error}
      disabled={folder.path.trim() === ''}
      onSubmit={() => write.mutate()}
      close={close}
    >
      <p className="c-prose">
        Header, population, items, decisions, what was carried out and the signatures, as Markdown, CSV and JSON, with
        the rows of the journal, signed with this register’s key. It can be checked without Castellan.
      </p>
      <Group gap="xs" align="end" wrap="nowrap">
        <TextInput
          label="Folder"
          description="The pack becomes a new folder in it"
          value={folder.path}
          required
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: 'c-mono' }}
          flex={1}
          data-autofocus
          onChange={(event) => folder.type(event.currentTarget.value)}
        />
        {folder.choose === null ? null : (
          <Button variant="default" leftSection={<IconFolderOpen size={14} aria-hidden />} onClick={folder.choose}>
            Choose…
          </Button>
        )}
      </Group>
      <Checkbox
        label="Also as a zip beside it"
        checked={zip}
        onChange={(event) => setZip(event.currentTarget.checked)}
      />
    </DialogForm>
  )
}
