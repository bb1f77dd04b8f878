import { PROJECTS } from '../../../shared/nouns/projects.ts'
import { defineNounVerb, toFields } from '../kit/noun.ts'
import type { DefineVerb } from '../kit/run.ts'

export const define: DefineVerb = (command, act) => {
  defineNounVerb(
    command.command('list').description('List projects.').about({ calls: 'projects.list', example: '--client acme' }),
    act,
    PROJECTS,
    {
      fields: toFields(PROJECTS),
      views: 'projects',
      read: (api, filter) => (slice) => api.projects.list({ ...filter, ...slice }),
    },
  )
}
