/** The systems whose rules there are. */
export type SystemName = 'windows' | 'macos'

/** The variable with the system whose rules a process is under. */
export const RULES = 'CASTELLAN_RULES'
