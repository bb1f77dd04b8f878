import type { TeamBody } from '../../../shared/team/operations.ts'
import type { Writer } from '../db/handles.ts'

/** What a row about all clients is named. */
const ALL = '*'

/** Notes that the team decided whether changes of a client, or of all, need a second member's approval. */
export function noteRequired(writer: Writer, { clientUid, required }: TeamBody<'approvals.required'>): void {
  // The last word about all clients ends those about single ones.
  if (clientUid === null) writer.run('DELETE FROM team_approval')
  writer.run('INSERT OR REPLACE INTO team_approval (client, required) VALUES (?, ?)', [
    clientUid ?? ALL,
    required ? 1 : 0,
  ])
}
