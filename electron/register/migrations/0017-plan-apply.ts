export const planApply = {
  version: 17,
  name: 'plan-apply',
  sql: `
-- plan-apply
`,
} as const
