/**
 * Who is external: one definition for lists, filters, findings and documents. An account is external at a client that has
 * domains where the domain of its address is none of these, and none of the agency's own. A person is external where one of
 * their accounts is. Where a client has no domain, nothing is known.
 */

/** The domain of an address in lower case, null without one. Plain SQL, since it is computed for a million accounts. */
export const domainOf = (email: string): string =>
  `CASE WHEN ${email} LIKE '%_@_%' THEN lower(substr(${email}, instr(${email}, '@') + 1)) END`

/** The domains of the clients that are the agency itself, in lower case. */
export const AGENCY_DOMAINS = `SELECT DISTINCT lower(d.value) AS domain FROM client, json_each(client.domains) d WHERE client.kind = 'internal'`

/** The domains of one client, in lower case. */
export const domainsOfClient = (client: string): string => `SELECT lower(d.value) FROM json_each(${client}.domains) d`

/** True if an address is external where these domains are the client's own; `agency` and `own` are subqueries. */
export const isExternal = (email: string, agency: string, own: string): string =>
  `ifnull(EXISTS (${own}) AND ${domainOf(email)} NOT IN (${agency}) AND ${domainOf(email)} NOT IN (${own}), 0)`
