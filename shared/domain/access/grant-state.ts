/**
 * The state of a grant: effective, dormant while its project is archived, or expired with the invite that has it. Only
 * an effective one is access; the provider still lists the others.
 */
export const GRANT_STATES = ['effective', 'dormant', 'expired'] as const
export type GrantState = (typeof GRANT_STATES)[number]

export const GRANT_STATE_WORDS: Readonly<Record<GrantState, string>> = {
  effective: 'Effective',
  dormant: 'Dormant (archived project)',
  expired: 'Expired (invite)',
}

/** The holders of grants. A group has none of its own: its roles are those of its members. */
export const HOLDER_KINDS = ['user', 'service-account', 'invite'] as const
