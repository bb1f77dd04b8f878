import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'

interface HoldDialogProps {
  /** The uid of the client; undefined: closed. */
  readonly client: string | undefined
  readonly close: () => void
}

/** Has this device hold a client, after it is clear what that costs. */
export function HoldDialog({ client, close }: HoldDialogProps): ReactElement {
  return (
    <Dialog opened={client !== undefined} onClose={close} title="Hold a client on this device" size={480}>
      {client === undefined ? null : <HoldForm client={client} close={close} />}
    </Dialog>
  )
}

function HoldForm({ client, close }: { readonly client: string; readonly close: () => void }): ReactElement {
  const queries = useQueryClient()
  const unheld = useQuery(query.team.unheld.queryOptions())
  const figures = unheld.data?.clients.find(({ uid }) => uid === client)?.figures ?? null
  const name = figures === null ? 'The client' : visibleText(figures.name)
  const hold = useMutation(
    query.team.hold.mutationOptions({
      onSuccess: async ({ sentences }) => {
        await queries.invalidateQueries()
        close()
        notifyDone({ message: [`${name} is held on this device.`, ...sentences].join(' ') })
      },
    }),
  )
  return (
    <DialogForm
      label="Hold a client on this device"
      verb="Hold"
      disabled={false}
      busy={hold.isPending}
      error={hold.error}
      onSubmit={() => hold.mutate({ clients: [client] })}
      close={close}
    >
      <p className="c-prose">
        {name} is read from the server, with its whole history
        {figures === null ? '' : ` (${plural(figures.entries, 'entry', 'entries')} and the readings that they name)`},
        and then belongs to every list of this device. There is no way back: what was read stays. To hold fewer clients,
        join the team in a new profile.
      </p>
    </DialogForm>
  )
}
