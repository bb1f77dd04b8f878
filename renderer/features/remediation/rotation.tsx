import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconEye, IconRocket } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { RemediationRow } from '../../../shared/contract/remediation.ts'
import { api } from '../../data/api.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { visibleText } from '../../ui/text.ts'
import { SecretDialog } from './secret-dialog.tsx'

/** The steps after a new key was made: take its secret, then say that it is in place; or give the rotation up. */
export function RotationActions({ row }: { readonly row: RemediationRow }): ReactElement {
  const [showing, show] = useDisclosure(false)
  const [asking, ask] = useDisclosure(false)
  const [leaving, leave] = useDisclosure(false)
  const { remediationId, secretHeld } = row
  const name = visibleText(row.subject.name)
  return (
    <>
      <p className="c-help">
        {secretHeld
          ? 'Its secret is held in memory for ten minutes, and shown once.'
          : 'Its secret is not held any more. If nobody has it, give this up, delete the new key, and rotate again.'}
      </p>
      <Group gap={6} my={6}>
        {secretHeld ? (
          <Button
            leftSection={<IconEye size={14} aria-hidden />}
            aria-label={`Show the secret of the new key for ${name}`}
            onClick={show.open}
          >
            Show the secret
          </Button>
        ) : (
          <Button
            leftSection={<IconRocket size={14} aria-hidden />}
            aria-label={`It is deployed: the new key for ${name}`}
            onClick={ask.open}
          >
            It is deployed
          </Button>
        )}
        <Button variant="default" aria-label={`Give up the rotation of ${name}`} onClick={leave.open}>
          Give up
        </Button>
      </Group>
      <SecretDialog remediationId={remediationId} name={name} opened={showing} close={show.close} />
      <Confirm
        opened={asking}
        close={ask.close}
        title="The new key is in place"
        verb="It is deployed"
        act={async () => {
          await api.remediation.confirmDeployed({ remediationId })
          notifyDone({ message: 'Noted. Deleting the old key waits on the list; withdraw it there to keep the key' })
        }}
      >
        Whatever used <bdi>{name}</bdi> has to use the new key by now. The old one works until it is deleted: that goes
        on the list as a remedy of its own, with a preview before anything is sent.
      </Confirm>
      <Confirm
        opened={leaving}
        close={leave.close}
        title="Give up the rotation"
        verb="Give up"
        danger
        act={async () => {
          await api.remediation.withdraw({ remediationId })
          notifyDone({ message: 'Withdrawn; the new key and the old one both stay at the provider' })
        }}
      >
        The new key stays at the provider and so does the old one. {secretHeld ? 'Its secret is forgotten. ' : ''}Delete
        the new one in the console if nothing is to use it.
      </Confirm>
    </>
  )
}
