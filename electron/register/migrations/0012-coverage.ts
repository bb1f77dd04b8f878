export const coverage = {
  version: 12,
  name: 'coverage',
  sql: `
-- coverage
`,
} as const
