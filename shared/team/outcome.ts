/** Why a log is read no further: something is not authentic, or newer than this version. */
export type StopReason =
  | 'not-a-batch'
  | 'gap'
  | 'other-history'
  | 'not-signed'
  | 'unknown-author'
  | 'other-card'
  | 'card-not-allowed'
  | 'key-missing'
  | 'blob-missing'
  | 'newer-version'
  | 'fault'

/** Why something authentic does not count. The first group is about a whole batch, the second about one operation. */
export type NoEffectReason =
  | 'does-not-open'
  | 'not-canonical'
  | 'over-budget'
  | 'other-operations'
  | 'class-disagrees'
  | 'passed-over'
  | 'other-generation'
  | 'not-an-operation'
  | 'counted-before'
  | 'no-right'
  | 'decided-meanwhile'
  | 'not-approved'
  | 'approved-by-adder'
  | 'other-calls'
  | 'precondition'
  | 'rests-on-no-effect'

/** The version of the folds: it goes up when a kind is added, or its meaning changes. */
export const FOLD_VERSION = 1

/** Why an operation that waits goes out only once its author keeps it: another member decided meanwhile, it is old, or from another role; or it would not count now. */
export type AskedReason = 'decided-meanwhile' | 'old' | 'another-role' | NoEffectReason
