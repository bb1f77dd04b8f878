import { liveRule } from '../facts/live-rule.ts'
import { LEVEL_RANK } from './access.ts'

/** What the scopes of a federation rule `f` leave of a role `g` of its account. */
export const FEDERATED_LEVEL = `CASE WHEN ${LEVEL_RANK('f.level')} > ${LEVEL_RANK('g.level')} AND f.level IS NOT NULL THEN f.level ELSE g.level END`

/** A condition: the federation rule `f` reaches the project with that id, or the organization where it is null. */
const reaches = (project: string): string => `CASE WHEN ${project} IS NULL THEN f.reaches_organization = 1
    ELSE f.projects IS NULL OR (SELECT n.external_id FROM project n WHERE n.id = ${project}) IN (SELECT value FROM json_each(f.projects)) END`

/**
 * A condition: the federation rule `f` gives access now, and its workloads have by it the current role `g` of its account,
 * in a project or in the organization.
 */
export const IS_FEDERATED = `g.principal_id = f.account_id AND g.to_sync IS NULL AND ${liveRule('f')}
  AND ${reaches('g.project_id')}`

/**
 * A condition: by the federation rule `f` workloads can do now what the key `v` of the service account `o` can, in the
 * place of the key. A rule whose scopes leave less than the role of the account there cannot replace the key.
 */
export const REPLACES_KEY = `f.account_id = o.id AND ${liveRule('f')} AND ${reaches('v.project_id')}
  AND (f.level IS NULL OR NOT EXISTS (SELECT 1 FROM effective_access x WHERE x.principal_id = o.id AND x.project_id IS v.project_id
    AND x.via <> 'federation' AND ${LEVEL_RANK('x.level')} < ${LEVEL_RANK('f.level')}))`

/** When a sync first showed the federation rule `f`, of which it is one version. */
export const FIRST_READ = `(SELECT s.finished_at FROM federation_version w JOIN sync s ON s.id = w.from_sync
  WHERE w.connection_id = f.connection_id AND w.external_id = f.external_id ORDER BY w.from_sync LIMIT 1)`
