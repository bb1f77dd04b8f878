import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconEye, IconRocket } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { RemedyRow } from '../../../shared/contract/remedy.ts'
import { api } from '../../app/api.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { visibleText } from '../../ui/text.ts'
import { SecretDialog } from './secret-dialog.tsx'

/** The two steps after a new key was made: take its secret, and say that it is in place. */
export function RotationActions({ row }: { readonly row: RemedyRow }): ReactElement {
  const [showing, show] = useDisclosure(false)
  const [asking, ask] = useDisclosure(false)
  const name = visibleText(row.subject.name)
  return (
    <>
      {row.secretHeld ? null : (
        <p className="c-help">
          Its secret is not held any more: it was shown, or Castellan was closed since. If nobody has it, rotate the key
          again.
        </p>
      )}
      <Group gap={6} my={6}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconEye size={14} aria-hidden />}
          aria-label={`Show the secret of the new key for ${name}`}
          disabled={!row.secretHeld}
          onClick={show.open}
        >
          Show the secret once
        </Button>
        <Button
          size="xs"
          leftSection={<IconRocket size={14} aria-hidden />}
          aria-label={`The new key for ${name} is deployed`}
          onClick={ask.open}
        >
          It is deployed
        </Button>
      </Group>
      <SecretDialog remedyId={row.remedyId} name={name} opened={showing} close={show.close} />
      <Confirm
        opened={asking}
        close={ask.close}
        title="The new key is in place"
        verb="It is deployed"
        act={async () => {
          await api.remedy.confirmDeployed({ remedyId: row.remedyId })
          notifyDone({
            message: 'Noted. The removal of the old key waits on the list; withdraw it there to keep the key',
          })
        }}
      >
        Whatever used {name} has to use the new key by now. The old one works until it is deleted: that goes on the list
        as a remedy of its own, with a preview before anything is sent.
      </Confirm>
    </>
  )
}
