import type { CLIENT_OPERATIONS } from '../../../shared/operations/clients.ts'
import { insertClient, setClientArchived, updateClient } from '../clients/client.ts'
import { type Appliers, NO_NUMBERS } from './applier.ts'

export const clientAppliers: Appliers<keyof typeof CLIENT_OPERATIONS> = {
  'client.added': (writer, { client, at, body }) => {
    insertClient(writer, { ...body, slug: client ?? '', at, uid: body.clientUid })
    return NO_NUMBERS
  },
  'client.changed': (writer, { client, body }) => {
    updateClient(writer, client ?? '', body)
    return NO_NUMBERS
  },
  'client.archived': (writer, { client, at }) => {
    setClientArchived(writer, client ?? '', at)
    return NO_NUMBERS
  },
  'client.restored': (writer, { client }) => {
    setClientArchived(writer, client ?? '', null)
    return NO_NUMBERS
  },
}
