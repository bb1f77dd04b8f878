import { Checkbox, Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { api } from '../../app/api.ts'
import { DialogForm } from '../reviews/dialog-form.tsx'
import { FolderField } from '../reviews/folder-field.tsx'
import { PackWritten } from '../reviews/pack-written.tsx'
import { useFolder } from '../reviews/use-folder.ts'

interface CertificateDialogProps {
  readonly client: string
  readonly opened: boolean
  readonly close: () => void
}

/** Writes the signed certificate that the agency holds nothing more at a client. */
export function CertificateDialog({ client, opened, close }: CertificateDialogProps): ReactElement {
  return (
    <Modal opened={opened} onClose={close} title="Certificate of offboarding" size="lg">
      <CertificateForm client={client} close={close} />
    </Modal>
  )
}

function CertificateForm({ client, close }: Omit<CertificateDialogProps, 'opened'>): ReactElement {
  const folder = useFolder()
  const [zip, setZip] = useState(true)
  const write = useMutation({
    mutationFn: () => api.offboarding.certificate({ client, directory: folder.path.trim(), zip }),
  })
  if (write.data !== undefined) return <PackWritten written={write.data} close={close} />
  return (
    <DialogForm
      label="Certificate of offboarding"
      verb="Write the certificate"
      busy={write.isPending}
      error={write.error ?? folder.error}
      disabled={folder.path.trim() === ''}
      onSubmit={() => write.mutate()}
      close={close}
    >
      <p className="c-prose">
        That nothing is left, at which sync, what was held before and when it went, and the keys for the client to
        rotate: as Markdown, CSV and JSON, with the rows of the journal, signed with this register’s key.
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
