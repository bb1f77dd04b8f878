/**
 * The event `e` is about the limit `l` of `LIMITS` in the same place, as SQL. Providers name a limit by its id, its model group
 * (by id or by name) or its limiter, each where it has one; an event that names another is about another limit. The provider
 * itself sets the cap of a usage tier, which no event of a person is about.
 */
export const ABOUT_LIMIT = `e.subject = 'limit' AND l.limit_of <> 'tier'
  AND instr(e.type, CASE l.kind WHEN 'rate' THEN 'rate_limit' ELSE 'spend_limit' END) > 0
  AND (e.subject_x IS NULL OR instr(':' || l.external_id || ':', ':' || e.subject_x || ':') > 0)
  AND (e.detail -> 'model_group' IS NULL OR instr(':' || l.external_id || ':', ':' || (e.detail ->> 'model_group') || ':') > 0
    OR name_key(l.model) = name_key(e.detail ->> 'model_group'))
  AND (e.detail -> 'limiters' IS NULL OR l.metric IN (SELECT value FROM json_each(e.detail, '$.limiters')))`

/** The event `e` is about the certificate `f`: as its only one, or as one of several. */
export const ABOUT_CERTIFICATE = `e.subject = 'certificate'
  AND (e.subject_x = f.external_id OR f.external_id IN (SELECT value FROM json_each(e.detail, '$.certificates')))`
