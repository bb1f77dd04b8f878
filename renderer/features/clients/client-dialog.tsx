import type { ReactElement } from 'react'

import type { Client } from '../../../shared/contract/clients.ts'
import { api } from '../../data/api.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { visibleText } from '../../ui/text.ts'
import { ClientForm } from './client-form.tsx'
import { clientChange, clientInput, NEW_CLIENT, toValues, type ClientValues } from './client-values.ts'

interface ClientDialogProps {
  readonly opened: boolean
  /** Null: a new one. */
  readonly editing: Client | null
  readonly close: () => void
}

/** The form of a new or existing client, in a dialog. */
export function ClientDialog({ opened, editing, close }: ClientDialogProps): ReactElement {
  const update = (from: ClientValues, to: ClientValues, slug: string): Promise<Client> =>
    api.client.update({ slug, ...clientChange(from, to) })
  return (
    <Dialog opened={opened} onClose={close} title={editing ? 'Edit client' : 'Add client'} size={480}>
      {editing ? (
        <ClientForm
          initial={toValues(editing)}
          verb="Save"
          save={(values, shown) => update(shown, values, editing.slug)}
          saved={(client) => {
            close()
            notifyDone({
              message: `Saved ${visibleText(client.name)}`,
              undo: () => update(toValues(client), toValues(editing), editing.slug),
            })
          }}
          cancel={close}
        />
      ) : (
        <ClientForm
          initial={NEW_CLIENT}
          verb="Add client"
          save={(values) => api.client.add(clientInput(values))}
          saved={(client) => {
            close()
            notifyDone({
              message: `Added ${visibleText(client.name)}`,
              undo: () => api.client.archive({ slug: client.slug }),
            })
          }}
          cancel={close}
        />
      )}
    </Dialog>
  )
}
