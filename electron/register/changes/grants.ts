import { LEVELS, type Level } from '../../../shared/domain/role.ts'
import { LEVEL_RANK } from '../access.ts'
import type { Reader } from '../handles.ts'
import type { RawChange } from './raw-change.ts'
import { SPANS, STOOD, touchedBy } from './span.ts'

interface Pair {
  readonly connection_id: number
  readonly sync_id: number
  readonly principal_id: number
  readonly project_id: number | null
  readonly rank_before: number | null
  readonly rank_after: number | null
  readonly roles_before: string | null
  readonly roles_after: string | null
}

/** Through `grant_by_principal`, for each touched pair alone: a grant that nothing touched may hold a pair's strongest role. */
const GRANT_CHANGES = `WITH ${SPANS}, ${touchedBy('grant', ['principal_id', 'project_id'])}
  SELECT t.connection_id, t.sync_id, t.principal_id, t.project_id,
    min(CASE WHEN ${STOOD('g', 's1')} THEN ${LEVEL_RANK('g.level')} END) AS rank_before,
    min(CASE WHEN ${STOOD('g', 's2')} THEN ${LEVEL_RANK('g.level')} END) AS rank_after,
    group_concat(CASE WHEN ${STOOD('g', 's1')} THEN g.role_raw END, ', ' ORDER BY g.role_raw) AS roles_before,
    group_concat(CASE WHEN ${STOOD('g', 's2')} THEN g.role_raw END, ', ' ORDER BY g.role_raw) AS roles_after
  FROM touched t CROSS JOIN grant g ON g.principal_id = t.principal_id AND g.project_id IS t.project_id
  GROUP BY t.connection_id, t.s1, t.s2, t.principal_id, t.project_id`

/** Roles gained, lost, raised, lowered or replaced: one change for each principal and project. */
export function grantChanges(reader: Reader, spans: string): RawChange[] {
  return reader.all<Pair>(GRANT_CHANGES, { spans }).flatMap((pair) => {
    const kind = kindOf(pair)
    if (kind === null) return []
    return {
      kind,
      connectionId: pair.connection_id,
      syncId: pair.sync_id,
      subject: { kind: 'principal' as const, id: pair.principal_id },
      projectId: pair.project_id,
      before: pair.roles_before,
      after: pair.roles_after,
      levelBefore: levelAt(pair.rank_before),
      levelAfter: levelAt(pair.rank_after),
    }
  })
}

function kindOf(pair: Pair): RawChange['kind'] | null {
  const { rank_before: before, rank_after: after } = pair
  if (before === null) return after === null ? null : 'access-gained'
  if (after === null) return 'access-lost'
  if (after < before) return 'access-raised'
  if (after > before) return 'access-lowered'
  return pair.roles_before === pair.roles_after ? null : 'role-changed'
}

function levelAt(rank: number | null): Level | null {
  return rank === null ? null : (LEVELS[rank] ?? 'other')
}
