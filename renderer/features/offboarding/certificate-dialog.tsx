import { Modal } from '@mantine/core'
import type { ReactElement } from 'react'

import { api } from '../../data/api.ts'
import { WritePack } from '../reviews/write-pack.tsx'

interface CertificateDialogProps {
  readonly client: string
  readonly opened: boolean
  readonly close: () => void
}

/** Writes the signed certificate that the agency holds nothing more at a client. */
export function CertificateDialog({ client, opened, close }: CertificateDialogProps): ReactElement {
  return (
    <Modal opened={opened} onClose={close} title="Certificate of offboarding" size="lg">
      <WritePack
        label="Certificate of offboarding"
        verb="Write the certificate"
        write={(to) => api.offboarding.certificate({ client, ...to })}
        close={close}
      >
        That nothing is left, at which sync, what was held before and when it went, and the keys for the client to
        rotate: as Markdown, CSV and JSON, with the rows of the journal, signed with this register’s key.
      </WritePack>
    </Modal>
  )
}
