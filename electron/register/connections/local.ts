import type { z } from 'zod'

import type { capability } from '../../../shared/contract/connections.ts'
import type { CredentialCheckResult } from '../../../shared/domain/connection-fault.ts'
import type { Writer } from '../db/handles.ts'

/*
 * The knowledge of this machine alone about a connection. It is never exchanged with another register: a credential
 * stays in the keychain of the machine where it was set, and so does what is known of it.
 */

/** The row of a connection, which is made when there is something to know. */
function ensure(writer: Writer, id: number): void {
  writer.run('INSERT INTO connection_local (connection_id) VALUES (?) ON CONFLICT DO NOTHING', [id])
}

/** The file that a connection reads here; the path is absolute. */
export function setFilePath(writer: Writer, id: number, path: string): void {
  ensure(writer, id)
  writer.run('UPDATE connection_local SET file_path = ? WHERE connection_id = ?', [path, id])
}

/** The credential of a connection that ended is not known here any more. */
export function forgetCredential(writer: Writer, id: number): void {
  writer.run(
    `UPDATE connection_local SET credential_hint = NULL, credential_set_at = NULL
     WHERE connection_id = ? AND EXISTS (SELECT 1 FROM connection n WHERE n.id = connection_id AND n.removed_at IS NOT NULL)`,
    [id],
  )
}

/** Stores the facts of a credential: its ending and when it was set. Null: it was removed. */
export function setCredentialFacts(
  writer: Writer,
  id: number,
  facts: { readonly hint: string; readonly at: number } | null,
): void {
  ensure(writer, id)
  writer.run(
    `UPDATE connection_local SET credential_hint = ?, credential_set_at = ?, credential_check = NULL, credential_tested_at = NULL,
       capabilities = '[]' WHERE connection_id = ?`,
    [facts?.hint ?? null, facts?.at ?? null, id],
  )
}

export interface TestFacts {
  readonly at: number
  readonly check: CredentialCheckResult | null
  readonly capabilities: readonly z.infer<typeof capability>[]
  readonly organization: { readonly externalId: string; readonly name: string | null } | null
}

export function setTestFacts(writer: Writer, id: number, facts: TestFacts): void {
  ensure(writer, id)
  writer.run(
    `UPDATE connection_local SET credential_check = :check, credential_tested_at = :at, capabilities = :capabilities,
       organization_id = ifnull(:organization, organization_id), organization_name = ifnull(:name, organization_name)
     WHERE connection_id = :id`,
    {
      id,
      at: facts.at,
      check: facts.check,
      capabilities: JSON.stringify(facts.capabilities),
      organization: facts.organization?.externalId ?? null,
      name: facts.organization?.name ?? null,
    },
  )
}

/** Stores the result of a sync, or of a test that could read nothing; a refused credential reads nothing more. */
export function setCredentialCheck(
  writer: Writer,
  id: number,
  { check, at }: { readonly check: CredentialCheckResult; readonly at: number },
): void {
  ensure(writer, id)
  writer.run(
    `UPDATE connection_local SET credential_check = :check, credential_tested_at = :at,
       capabilities = CASE WHEN :check = 'refused' THEN '[]' ELSE capabilities END WHERE connection_id = :id`,
    { id, check, at },
  )
}
