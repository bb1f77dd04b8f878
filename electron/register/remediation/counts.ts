import type { WaitingState } from '../../../shared/domain/today/matter.ts'
import type { Reader } from '../db/handles.ts'
import { connectionsInScope, type Scope } from '../db/scope.ts'

/** States in which a remediation item needs a person. */
const WANTING = ['waiting', 'by-hand', 'unsure', 'deploying'] as const satisfies readonly WaitingState[]

/** How many remediation items need a person, by client and state. */
export function wantingRemediations(
  reader: Reader,
  scope: Scope,
): ReadonlyMap<string, Readonly<Partial<Record<WaitingState, number>>>> {
  const inScope = connectionsInScope(scope)
  const rows = reader.all<{ readonly slug: string; readonly state: WaitingState; readonly count: number }>(
    `SELECT c.slug, r.state, count(*) AS count FROM remediation r INDEXED BY remediation_by_state
     JOIN connection cn ON cn.id = r.connection_id JOIN client c ON c.id = cn.client_id
     WHERE r.state IN (${WANTING.map((state) => `'${state}'`).join(', ')}) AND r.connection_id IN (${inScope.text})
     GROUP BY c.slug, r.state`,
    inScope.params,
  )
  return new Map(
    [...Map.groupBy(rows, (row) => row.slug)].map(([slug, own]) => [
      slug,
      Object.fromEntries(own.map((row) => [row.state, row.count])),
    ]),
  )
}
