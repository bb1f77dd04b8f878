/**
 * The grants as of the instant `:now`: one row for each path by which an account has a role in an organization (no
 * project) or a project. Every list, count, finding and document reads these relations. A test names the few statements
 * that read the tables beneath.
 */

/** True if a row of `grant_row` gives access. */
export const isEffective = (e: string): string => `(${e}.dormant = 0 AND ifnull(${e}.ends_at > :now, 1))`

/** The state of a row of `grant_row`, as in `GRANT_STATES`. */
export const grantState = (e: string): string =>
  `CASE WHEN ${e}.ends_at <= :now THEN 'expired' WHEN ${e}.dormant = 1 THEN 'dormant' ELSE 'effective' END`

/** Grants that give access. */
export const EFFECTIVE_GRANTS = `(SELECT * FROM grant_row WHERE ${isEffective('grant_row')})`

/** The few of them with level owner or admin, by an index of their own. */
export const PRIVILEGED_GRANTS = `(SELECT * FROM privileged_grant_row WHERE ${isEffective('privileged_grant_row')})`

/** Grants in archived projects, which give access again when their project is active. */
export const DORMANT_GRANTS = `(SELECT * FROM grant_row WHERE ${grantState('grant_row')} = 'dormant')`
