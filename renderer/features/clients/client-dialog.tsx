import type { ReactElement } from 'react'

import type { Client } from '../../../shared/contract/clients.ts'
import { api, query } from '../../data/api.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Editing } from '../../ui/editing.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { visibleText } from '../../ui/text.ts'
import { ClientForm } from './client-form.tsx'
import { clientChange, clientInput, NEW_CLIENT, toValues } from './client-values.ts'

interface ClientDialogProps {
  readonly opened: boolean
  /** Null: a new one. */
  readonly editing: Client | null
  readonly close: () => void
}

/** The form of a new or existing client, in a dialog. */
export function ClientDialog({ opened, editing, close }: ClientDialogProps): ReactElement {
  return (
    <Dialog opened={opened} onClose={close} title={editing ? 'Edit client' : 'Add client'} size={480}>
      {editing ? (
        <EditClient slug={editing.slug} close={close} />
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

function EditClient({ slug, close }: { readonly slug: string; readonly close: () => void }): ReactElement {
  return (
    <Editing
      of={query.client.list.queryOptions({ input: { archived: false } })}
      find={(clients) => {
        const client = clients.find((each) => each.slug === slug)
        return client === undefined ? null : toValues(client)
      }}
      what="the client"
      saving="the changed fields"
    >
      {({ began, setTyped, check }) => (
        <ClientForm
          initial={began}
          verb="Save"
          setTyped={setTyped}
          save={async (values) => {
            await check()
            return api.client.update({ slug, ...clientChange(began, values) })
          }}
          saved={(client, values) => {
            close()
            notifyDone({
              message: `Saved ${visibleText(client.name)}`,
              undo: () => api.client.update({ slug, ...clientChange(values, began) }),
            })
          }}
          cancel={close}
        />
      )}
    </Editing>
  )
}
