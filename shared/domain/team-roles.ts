/** The roles of a member in the agency: change the team; read all clients; see people. */
export const AGENCY_ROLES = ['owner', 'auditor', 'people'] as const
export type AgencyRole = (typeof AGENCY_ROLES)[number]

/** The roles of a member for one client, least first. Owners count as leads of every client. */
export const CLIENT_ROLES = ['viewer', 'reviewer', 'operator', 'lead'] as const
export type ClientRole = (typeof CLIENT_ROLES)[number]

/** The logs of a team: its own, that of the agency, and one for each client. */
export const LOG_KINDS = ['team', 'agency', 'client'] as const
export type LogKind = (typeof LOG_KINDS)[number]
