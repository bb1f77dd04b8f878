/**
 * The job function in a job title, as far as the table of recommended roles distinguishes them:
 *
 * | person                      | recommended role      |
 * | --------------------------- | --------------------- |
 * | engineering manager, CTO    | admin, owner          |
 * | security team               | admin, for auditing   |
 * | developer, data, researcher | member                |
 * | finance, accounting         | reader                |
 */
export const JOB_FUNCTIONS = ['management', 'security', 'building', 'finance'] as const

export type JobFunction = (typeof JOB_FUNCTIONS)[number]

/** The highest role that the work needs, in the words of the table. */
export const RECOMMENDED_ROLE: Readonly<Record<JobFunction, string>> = {
  management: 'admin',
  security: 'admin (audit access)',
  building: 'member',
  finance: 'reader',
}

/**
 * Words of titles in English, German, French and Spanish. The first match decides, so that a leader's field does not
 * matter.
 */
const WORDS: readonly (readonly [JobFunction, RegExp])[] = [
  ['security', /\b(?:security|infosec|ciso|appsec|secops|sicherheit|sécurité|seguridad)/iu],
  [
    'finance',
    /\b(?:financ|finanz|accountant|accounting|accounts (?:payable|receivable)|bookkeep|controll(?:er|ing)\b|cfo\b|payroll|treasur|billing|buchhalt|comptab|contab)/iu,
  ],
  [
    'management',
    /\b(?:chief|c[tieop]o|vp|vice president|head|director|direktor|directeur|manager|managing|founder|president|leiter(?:in)?|team ?lead|jefe)\b/iu,
  ],
  [
    'building',
    /\b(?:developer|engineer|programmer|devops|sre\b|coder|data scien|data anal|analyst|machine learning|ml\b|research|scientist|entwickl|ingenieur|ingénieur|développ|desarroll|ingenier|forscher|chercheu)/iu,
  ],
]

/** A developer of financial software calls the API; a financial analyst does not. */
const BUILDS_FOR_FINANCE = /developer|engineer|programmer|data scien|entwickl|développ|desarroll/iu

/** The job function in a job title; null if it contains none of these. */
export function jobFunction(title: string): JobFunction | null {
  const plain = title.slice(0, 200)
  const found = WORDS.find(([, words]) => words.test(plain))?.[0] ?? null
  return found === 'finance' && BUILDS_FOR_FINANCE.test(plain) ? 'building' : found
}
