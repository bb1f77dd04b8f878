import { relative, resolve, sep } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** Participles that do not end in -ed. */
const IRREGULAR =
  'Begun|Bought|Broken|Brought|Built|Caught|Chosen|Cut|Done|Drawn|Found|Frozen|Given|Gone|Grown|Held|Hidden|Kept|Known|Laid|Left|Lost|Made|Met|' +
  'Paid|Place|Put|Read|Said|Seen|Sent|Shown|Sold|Spent|Taken|Thrown|Told|Torn|Undone|Unknown|Unread|Withheld|Won|Written'

const PARTICIPLE = new RegExp(`^(?:${IRREGULAR}|[A-Z][a-z]*[^e]ed)$`, 'u')

/** Where types still have such names, by the reason. */
const NAMED_OTHERWISE = {
  'One log for each client replaces it.': [
    'electron/register/team/',
    'electron/service/team/',
    'electron/team/',
    'renderer/features/team/',
    'shared/team/',
  ],
  'A smaller agency replaces it.': ['electron/service/sample/'],
}

/** True if a type of the product has a name that describes its state instead of the thing: a participle, or “Place”. */
export function isParticiple(name, path) {
  if (!/^(?:shared|electron|renderer|build)\//u.test(path) || !PARTICIPLE.test(name)) return false
  const excepted = Object.values(NAMED_OTHERWISE).flat()
  return !excepted.some((prefix) => path.startsWith(prefix))
}

/** The lint rule: a type is named after its thing, as `PlanRef`, so that a reader knows it at each use. */
export const typeNames = {
  meta: { type: 'problem', docs: { description: 'types are named after their things' } },
  create(context) {
    const path = relative(root, context.filename).split(sep).join('/')
    const check = ({ id }) => {
      if (!isParticiple(id.name, path)) return
      context.report({ node: id, message: `A type is named after its thing, not by its state: “${id.name}”.` })
    }
    return { TSTypeAliasDeclaration: check, TSInterfaceDeclaration: check }
  },
}
