export const alerts = {
  version: 13,
  name: 'alerts',
  sql: `
-- alerts
`,
} as const
