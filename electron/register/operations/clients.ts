import type { CLIENT_OPERATIONS } from '../../../shared/decisions/clients.ts'
import { insertClient, setClientArchived, updateClient } from '../clients/client.ts'
import { type Appliers, NO_NUMBERS } from './applier.ts'

export const clientAppliers: Appliers<keyof typeof CLIENT_OPERATIONS> = {
  'client.added': (writer, { client, at, body }) => {
    const [slug, uid] = [client ?? '', body.clientUid]
    // One whose operation lost its effect in a team, and is placed again: other rows still refer to it.
    if (writer.value('SELECT 1 FROM client WHERE slug = ? AND uid = ?', [slug, uid]) === undefined) {
      insertClient(writer, { ...body, slug, at, uid })
      return NO_NUMBERS
    }
    updateClient(writer, slug, body)
    writer.run('UPDATE client SET created_at = ?, archived_at = NULL WHERE slug = ?', [at, slug])
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
