export const PEOPLE = 60
export const ACCOUNTS = 40

/** A register in which everyone has one role, so that half of an import would show. */
export function bigRegister(role: string, accounts: number): string {
  const people = Array.from({ length: PEOPLE }, (_, n) => `| Person ${n} | ${role} | ChatBot, Web | - |`)
  const keys = Array.from({ length: accounts }, (_, n) => `| account-${n} | for ${role} | key_${n} | 2026-01-01 |`)
  return [
    '### OpenAI (org-acme-corp)',
    '',
    '| Person | Role | Projects | Last Review |',
    '|---|---|---|---|',
    ...people,
    '',
    '### Service Accounts',
    '',
    '| Account | Purpose | Key ID | Rotation Due |',
    '|---|---|---|---|',
    ...keys,
    '',
  ].join('\n')
}
