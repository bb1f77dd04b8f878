import { Checkbox } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { api } from '../../app/api.ts'
import { DialogForm } from './dialog-form.tsx'
import { FolderField } from './folder-field.tsx'
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
      <FolderField folder={folder} />
      <Checkbox
        label="Also as a zip beside it"
        checked={zip}
        onChange={(event) => setZip(event.currentTarget.checked)}
      />
    </DialogForm>
  )
}
