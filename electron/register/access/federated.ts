import { liveRule } from '../facts/live-rule.ts'
import { LEVEL_RANK } from './access.ts'

/** What the scopes of a federation rule `f` leave of a role `g` of its account. */
export const FEDERATED_LEVEL = `CASE WHEN ${LEVEL_RANK('f.level')} > ${LEVEL_RANK('g.level')} AND f.level IS NOT NULL THEN f.level ELSE g.level END`

/**
 * A condition: the federation rule `f` gives access now, and its workloads have by it the current role `g` of its account,
 * which is in the project `n` or, without one, in the organization.
 */
export const IS_FEDERATED = `g.principal_id = f.account_id AND g.to_sync IS NULL AND ${liveRule('f')}
  AND CASE WHEN g.project_id IS NULL THEN f.reaches_organization = 1
    ELSE f.projects IS NULL OR n.external_id IN (SELECT value FROM json_each(f.projects)) END`
