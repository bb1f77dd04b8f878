export const usageFaces = {
  version: 11,
  name: 'usage-faces',
  sql: `
-- usage-faces
`,
} as const
