import { POLICIES } from '../../../shared/decisions/settings.ts'
import { AGENCY, policyLookup } from '../clients/policy.ts'
import type { Writer } from '../db/handles.ts'
import { deriveDue, deriveNames } from '../keys/derive-keys.ts'
import { attributeAllKeys } from '../usage/attribution.ts'
import { referToOwner } from './refer.ts'
import { tableOf } from './table-of.ts'

/** Keys of the clients that a change of policy affects; 0, the agency's, affects all. */
const REACHED =
  'SELECT k.id FROM key k JOIN connection cn ON cn.id = k.connection_id WHERE k.standing = 1 AND (:client = 0 OR cn.client_id = :client)'

/** Derives what follows from the policy of a client, or of the agency. */
function derive(writer: Writer, clientId: number): void {
  deriveNames(writer, REACHED, { client: clientId })
  attributeAllKeys(writer, clientId)
  deriveDue(writer, policyLookup(writer), REACHED, { client: clientId })
}

export const policyTable = tableOf({
  decisions: POLICIES,
  from: 'policy p LEFT JOIN client c ON c.id = p.client_id',
  columns: ['values'],
  named: { client: 'c.slug' },
  json: ['values'],
  refer: (reader, row) => (row.client === null ? { client_id: AGENCY } : referToOwner(reader, row)),
  identity: ['client_id'],
  group: ({ client }) => ['c.slug IS ?', [client]],
  words: ({ client }) => (client === null ? 'the policy of the agency' : `the policy of client ${client}`),
  remove: (writer, { id }) => {
    writer.run('DELETE FROM policy WHERE client_id = ?', [id])
    derive(writer, id)
  },
  follow: derive,
})
