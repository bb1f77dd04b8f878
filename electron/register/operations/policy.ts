import type { PolicyOverride } from '../../../shared/domain/policy.ts'
import { policyLookup, setPolicyValues } from '../clients/policy.ts'
import type { Writer } from '../db/handles.ts'
import { deriveDue } from '../keys/due.ts'
import { deriveNames } from '../keys/names.ts'
import { attributeAllKeys } from '../usage/attribution.ts'

/** Keys of the clients that a change of policy affects; 0, the agency's, affects all. */
const REACHED =
  'SELECT k.id FROM key k JOIN connection cn ON cn.id = k.connection_id WHERE k.standing = 1 AND (:client = 0 OR cn.client_id = :client)'

/** Replaces the policy of a client, or of the agency, and derives what follows from it. */
export function replacePolicy(writer: Writer, clientId: number, values: PolicyOverride | null): void {
  setPolicyValues(writer, clientId, values)
  deriveNames(writer, REACHED, { client: clientId })
  attributeAllKeys(writer, clientId)
  deriveDue(writer, policyLookup(writer), REACHED, { client: clientId })
}
