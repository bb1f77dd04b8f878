import type { ReactElement } from 'react'

import { sameName } from '../../../shared/domain/text/names.ts'
import type { Plan } from '../../../shared/domain/plans/plan.ts'
import { visibleText } from '../../ui/text.ts'
import classes from './plans.module.css'

const BOX = { width: 190, height: 26 }
const COLUMN = 230
const ROW = 34

interface Box {
  readonly id: string
  readonly name: string
  readonly column: number
  readonly row: number
  readonly from: string | null
}

/** Boxes of a plan, left to right: organizations, projects, keys; a box is centred on the boxes that it contains. */
function layOutBoxes(plan: Plan): { readonly boxes: readonly Box[]; readonly rows: number } {
  const boxes: Box[] = []
  let row = 0
  for (const [o, organization] of plan.organizations.entries()) {
    const first = row
    const own = plan.projects.filter((project) => sameName(project.organization, organization.name))
    for (const [p, project] of own.entries()) {
      const id = `p${o}-${p}`
      const top = row
      for (const [k, key] of project.keys.entries()) {
        boxes.push({ id: `${id}-${k}`, name: key.name, column: 2, row: top + k, from: id })
      }
      row += Math.max(1, project.keys.length)
      boxes.push({ id, name: project.name, column: 1, row: (top + row - 1) / 2, from: `o${o}` })
    }
    if (own.length === 0) row += 1
    boxes.push({ id: `o${o}`, name: organization.name, column: 0, row: (first + row - 1) / 2, from: null })
  }
  return { boxes, rows: row }
}

/** The structure as a diagram; the tree beside it has the same content as text. */
export function Diagram({ plan }: { readonly plan: Plan }): ReactElement {
  const { boxes, rows } = layOutBoxes(plan)
  const byId = new Map(boxes.map((box) => [box.id, box]))
  const x = (box: Box): number => box.column * COLUMN + 4
  const y = (box: Box): number => box.row * ROW + 4
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
    <div className={classes['picture']} tabIndex={0}>
      <svg
        role="img"
        aria-label={`Diagram of ${visibleText(plan.name)}: the tree beside it has the same content`}
        width={COLUMN * 3}
        height={rows * ROW + 8}
      >
        {boxes.map((box) => {
          const from = box.from === null ? undefined : byId.get(box.from)
          if (from === undefined) return null
          const [x1, y1] = [x(from) + BOX.width, y(from) + BOX.height / 2]
          const [x2, y2] = [x(box), y(box) + BOX.height / 2]
          const middle = (x1 + x2) / 2
          return (
            <path
              key={box.id}
              className={classes['edge']}
              d={`M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`}
            />
          )
        })}
        {boxes.map((box) => (
          <g key={box.id} transform={`translate(${x(box)} ${y(box)})`}>
            <rect className={classes['box']} data-column={box.column} width={BOX.width} height={BOX.height} rx={4} />
            <text className={classes['boxText']} x={10} y={17}>
              {shortened(visibleText(box.name))}
              <title>{visibleText(box.name)}</title>
            </text>
          </g>
        ))}
      </svg>
    </div>
  )
}

function shortened(name: string): string {
  const characters = Array.from(name)
  return characters.length > 26 ? `${characters.slice(0, 25).join('')}…` : name
}
