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

/** The steps after a new key was made: copy its secret, then mark it as deployed; or cancel the rotation. */
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
          ? 'Its secret is kept in memory for ten minutes, and shown once.'
          : 'Its secret is no longer available here. If it was not saved, cancel the rotation, delete the new key, and rotate again.'}
      </p>
      <Group gap={6} my={6}>
        {secretHeld ? (
          <Button
            leftSection={<IconEye size={14} aria-hidden />}
            aria-label={`Show secret of the new key for ${name}`}
            onClick={show.open}
          >
            Show secret
          </Button>
        ) : (
          <Button
            leftSection={<IconRocket size={14} aria-hidden />}
            aria-label={`Mark as deployed: the new key for ${name}`}
            onClick={ask.open}
          >
            Mark as deployed
          </Button>
        )}
        <Button variant="default" aria-label={`Cancel rotation of ${name}`} onClick={leave.open}>
          Cancel rotation
        </Button>
      </Group>
      <SecretDialog remediationId={remediationId} name={name} opened={showing} close={show.close} />
      <Confirm
        opened={asking}
        close={ask.close}
        title="Is the new key deployed?"
        verb="Mark as deployed"
        act={async () => {
          await api.remediation.confirmDeployed({ remediationId })
          notifyDone({
            message:
              'Marked as deployed. Deleting the old key is pending in the list; cancel that change to keep the key',
          })
        }}
      >
        Every program that used <bdi>{name}</bdi> has to use the new key by now. The old one works until it is deleted:
        its deletion is added to the list as a separate change, with a preview before anything is sent.
      </Confirm>
      <Confirm
        opened={leaving}
        close={leave.close}
        title="Cancel rotation"
        verb="Cancel rotation"
        danger
        act={async () => {
          await api.remediation.withdraw({ remediationId })
          notifyDone({ message: 'Rotation cancelled; the new key and the old one both stay at the provider' })
        }}
      >
        The new key and the old one both stay at the provider. {secretHeld ? 'The new key’s secret is discarded. ' : ''}
        Delete the new one in the console if no program is to use it.
      </Confirm>
    </>
  )
}
