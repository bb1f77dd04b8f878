/** The formats of a register that are texts, and so can be printed. */
export const REGISTER_TEXTS = ['md', 'csv', 'json'] as const
export type RegisterText = (typeof REGISTER_TEXTS)[number]

/** The formats in which a register is written as a file. */
export const REGISTER_FORMATS = [...REGISTER_TEXTS, 'xlsx'] as const
export type RegisterFormat = (typeof REGISTER_FORMATS)[number]
