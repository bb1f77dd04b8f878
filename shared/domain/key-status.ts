/** The status words of a key that Castellan knows; a platform may report another. */
export const KEY_STATUSES = ['active', 'inactive', 'archived', 'expired'] as const
