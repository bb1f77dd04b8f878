/** The subject of a scheduled review; `departed` is opened as soon as a person has left. */
export const REVIEW_KINDS = ['departed', 'admins', 'roles', 'keys', 'membership'] as const
export type ReviewKind = (typeof REVIEW_KINDS)[number]

/**
 * `open`: being decided. `signed`: a reviewer has signed; every item is decided, or its question was left open with a
 * reason. `acknowledged`: management has seen it. `empty`: there was nothing to decide, and it closed itself. `withdrawn`: cancelled, with a reason.
 */
export const REVIEW_STATES = ['open', 'signed', 'acknowledged', 'empty', 'withdrawn'] as const
export type ReviewState = (typeof REVIEW_STATES)[number]

/** `unknown`: the reviewer needs more information, and has asked a question. It is not a final decision. */
export const ITEM_DECISIONS = ['keep', 'change', 'remove', 'unknown'] as const
export type ItemDecision = (typeof ITEM_DECISIONS)[number]

const TITLES: Readonly<Record<ReviewKind, string>> = {
  departed: 'Leavers',
  admins: 'Administrators',
  roles: 'Roles',
  keys: 'Keys',
  membership: 'Project membership',
}

export function reviewTitle(kind: ReviewKind): string {
  return TITLES[kind]
}
