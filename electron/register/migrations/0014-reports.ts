export const reports = {
  version: 14,
  name: 'reports',
  sql: `
-- reports
`,
} as const
