/** The rules whose subjects come into Today by another way than by their rule. */
export const ELSEWHERE: readonly string[] = [
  'rotation-overdue',
  'admin-key-old',
  'leaver-with-access',
  'review-overdue',
  'sync-stale',
  'invite-expired',
]
