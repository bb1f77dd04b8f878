export const handover = {
  version: 18,
  name: 'handover',
  sql: `
-- handover
`,
} as const
