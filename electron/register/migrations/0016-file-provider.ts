export const fileProvider = {
  version: 16,
  name: 'file-provider',
  sql: `
-- file-provider
`,
} as const
