import { useId, useMemo, type ReactElement } from 'react'

import type { ImpactReport } from '../../../shared/contract/impact.ts'
import { IMPACT_EFFECTS } from '../../../shared/domain/providers/facts.ts'
import { visibleText } from '../../ui/text.ts'
import { effectWord } from '../../entities/remediation-labels.ts'
import classes from './impact.module.css'
import { fitted, NODE_HEIGHT, makePicture, type PictureNode } from './layout.ts'

/** The impact as a graph. The table below it shows the same as text. */
export function ImpactPicture({ report }: { readonly report: ImpactReport }): ReactElement {
  const titleId = useId()
  const { width, height, nodes, edges } = useMemo(() => makePicture(report), [report])
  return (
    <figure>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide picture scrolls, by the keyboard too */}
      <section className={`c-card ${classes['canvas']}`} aria-label="Impact diagram" tabIndex={0}>
        <svg role="img" aria-labelledby={titleId} viewBox={`0 0 ${width} ${height}`} width={width} height={height}>
          <title id={titleId}>
            {`${visibleText(report.subject.name)}, the connections it reaches and what is revoked or goes on working there. The table below shows the same.`}
          </title>
          {edges.map(({ key, path, effect, tone }) => (
            <path key={key} d={path} className={classes['edge']} data-effect={effect} data-tone={tone} />
          ))}
          {nodes.map((node) => (
            <Box key={node.key} node={node} />
          ))}
        </svg>
      </section>
      <figcaption className="c-legend">
        {IMPACT_EFFECTS.map((effect) => {
          const { tone, word } = effectWord({ kind: 'key', effect }, report.subject.kind)
          return (
            <span key={effect}>
              <svg width={28} height={8} aria-hidden>
                <path d="M1 4 H27" className={classes['edge']} data-effect={effect} data-tone={tone} />
              </svg>
              {word}
            </span>
          )
        })}
      </figcaption>
    </figure>
  )
}

function Box({ node }: { readonly node: PictureNode }): ReactElement {
  const { x, y, width, kind, label, word, tone } = node
  const whole = visibleText(label)
  return (
    <g className={classes['box']} data-kind={kind} data-tone={tone ?? undefined}>
      <title>{word === '' ? whole : `${whole}, ${visibleText(word)}`}</title>
      <rect x={x} y={y} width={width} height={NODE_HEIGHT} rx={4} />
      <text x={x + 10} y={word === '' ? y + 25 : y + 18}>
        {fitted(whole, width)}
      </text>
      {word === '' ? null : (
        <text x={x + 10} y={y + 33} className={classes['word']}>
          {fitted(visibleText(word), width)}
        </text>
      )}
    </g>
  )
}
