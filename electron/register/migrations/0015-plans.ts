export const plans = {
  version: 15,
  name: 'plans',
  sql: `
-- plans
`,
} as const
