/** The words that the product knows for the status of a key; a platform may report another. */
export const KEY_STATUSES = ['active', 'inactive', 'archived', 'expired'] as const
