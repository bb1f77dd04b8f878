import { Checkbox } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { query } from '../../../data/api.ts'
import { PathField, type Readable } from '../../../entities/path-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { DialogForm } from '../../../ui/dialog-form.tsx'

interface UpdateFileDialogProps {
  readonly opened: boolean
  readonly close: () => void
}

/** Verifies a package on this disk, without a network. */
export function UpdateFileDialog({ opened, close }: UpdateFileDialogProps): ReactElement {
  return (
    <Dialog opened={opened} onClose={close} title="Choose an update file" size={560}>
      <UpdateFileForm close={close} />
    </Dialog>
  )
}

const READS: readonly Readable[] = [{ kind: 'file', title: 'Choose a package of Castellan', extensions: [] }]

function UpdateFileForm({ close }: { readonly close: () => void }): ReactElement {
  const queries = useQueryClient()
  const [path, setPath] = useState('')
  const [older, setOlder] = useState(false)
  const verify = useMutation(
    query.updates.verify.mutationOptions({
      onSuccess: (status) => {
        queries.setQueryData(query.updates.status.queryKey(), status)
        close()
      },
    }),
  )
  return (
    <DialogForm
      label="Update file"
      verb="Verify"
      busy={verify.isPending}
      error={verify.error}
      disabled={path.trim() === ''}
      close={close}
      onSubmit={() => verify.mutate({ path: path.trim(), older })}
    >
      <p className="c-prose">
        The package is verified by castellan-update.json and castellan-update.json.sig, which have to be in the same
        folder. No network is used.
      </p>
      <PathField label="Path of the package" name="path" value={path} onChange={setPath} reads={READS} data-autofocus />
      <Checkbox
        label="Go back to an older version"
        description="It opens only a register of its own time, from a backup"
        checked={older}
        onChange={(event) => setOlder(event.currentTarget.checked)}
      />
    </DialogForm>
  )
}
