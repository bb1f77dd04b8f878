import { liveRule } from '../facts/live-rule.ts'
import { LEVEL_RANK } from './access.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

/** What the scopes of a federation rule `f` leave of a role `g` of its account. */
export const FEDERATED_LEVEL = `CASE WHEN ${LEVEL_RANK('f.level')} > ${LEVEL_RANK('g.level')} AND f.level IS NOT NULL THEN f.level ELSE g.level END`

/** A condition: the federation rule `f` reaches the project with that id, or the organization where it is null. */
const reaches = (project: string, f = 'f'): string => `CASE WHEN ${project} IS NULL THEN ${f}.reaches_organization = 1
    ELSE ${f}.projects IS NULL OR (SELECT n.external_id FROM project n WHERE n.id = ${project}) IN (SELECT value FROM json_each(${f}.projects)) END`

/**
 * A condition: the federation rule `f` gives access now, and its workloads have by it the current role `g` of its account,
 * in a project or in the organization.
 */
export const IS_FEDERATED = `g.principal_id = f.account_id AND g.to_sync IS NULL AND ${liveRule('f')}
  AND ${reaches('g.project_id')}`

/**
 * A condition: by the federation rule `f` workloads can do now what the key `k` of the service account `o` could, in the
 * place of the key. A rule whose scopes leave less than a known role of the account there could not replace the key. The
 * project of a key that ended may be deleted, and the role of the account with it.
 */
export const REPLACES_ENDED_KEY = `f.account_id = o.id AND ${liveRule('f')} AND ${reaches('k.project_id')}
  AND (f.level IS NULL OR NOT EXISTS (SELECT 1 FROM ${EFFECTIVE_GRANTS} x WHERE x.principal_id = o.id AND x.project_id IS k.project_id
    AND x.via <> 'federation' AND ${LEVEL_RANK('x.level')} < ${LEVEL_RANK('f.level')}))`

/**
 * The same of a key that is left: the role of its account there has to be known. Where it was not read, a rule may leave
 * less than it, and without one the rule reaches nothing.
 */
export const REPLACES_KEY = `${REPLACES_ENDED_KEY} AND EXISTS (SELECT 1 FROM ${EFFECTIVE_GRANTS} x WHERE x.principal_id = o.id
    AND x.project_id IS k.project_id AND x.via <> 'federation')`

const firstRead = (
  where: string,
): string => `(SELECT s.finished_at FROM federation_version w JOIN sync s ON s.id = w.from_sync
  WHERE w.connection_id = f.connection_id AND w.external_id = f.external_id AND ${where} ORDER BY w.from_sync LIMIT 1)`

/** When a sync first showed that any version of the federation rule `f` reaches the place of the key `k`. */
export const FIRST_READ = firstRead(reaches('k.project_id', 'w'))

/**
 * Since when the federation rule `f` reaches the place of the key `k`: since the provider created it, or since a sync
 * first showed it there, where the provider does not report the day or the rule was widened to the place later.
 */
export const REACHED_SINCE = `iif(${FIRST_READ} > ${firstRead('true')}, ${FIRST_READ}, ifnull(f.created_at, ${FIRST_READ}))`
