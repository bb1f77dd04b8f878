import { PROJECTS } from '../../../shared/nouns/projects.ts'
import { idParam, makeSearch, textParam } from '../../data/search-params.ts'

/** The search params of the project list: filter, sort, the saved view that is shown, and the project whose panel is open. */
export const searchSchema = makeSearch(PROJECTS, { saved: textParam, project: idParam })
