/** The systems whose rules there are. */
export type SystemName = 'windows' | 'macos'

/** The variable that tells a process whose rules it is under. */
export const RULES = 'CASTELLAN_RULES'
