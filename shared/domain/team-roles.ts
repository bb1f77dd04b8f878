/** The roles of a member in the agency: change the team; read all clients; see people. */
export const AGENCY_ROLES = ['owner', 'auditor', 'people'] as const
export type AgencyRole = (typeof AGENCY_ROLES)[number]

/** The roles of a member for one client, least first. Owners count as leads of every client. */
export const CLIENT_ROLES = ['viewer', 'reviewer', 'operator', 'lead'] as const
export type ClientRole = (typeof CLIENT_ROLES)[number]
