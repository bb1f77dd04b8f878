import { TagsInput, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'

import type { Plan } from '../../../shared/domain/plans/plan.ts'
import { visibleText } from '../../ui/text.ts'
import { setEnvironments } from './edit.ts'

interface RulesTabProps {
  readonly plan: Plan
  readonly edit: (change: (plan: Plan) => Plan) => void
}

const ABOUT = {
  admins: 'Admins',
  keys: 'Keys',
  roles: 'Roles',
  projects: 'Members of projects',
  departed: 'Leavers',
}

/** Naming, environments, reviews, attribution, and the answers of the guided start. */
export function RulesTab({ edit, plan }: RulesTabProps): ReactElement {
  return (
    <>
      <section className="c-card c-padded c-form" aria-label="Naming">
        <TextInput
          label="Company name"
          value={plan.name}
          onChange={({ currentTarget: { value } }) => edit((now) => ({ ...now, name: value }))}
        />
        <TextInput
          label="Key names"
          description="With {environment}, {team} and {purpose}"
          classNames={{ input: 'c-mono' }}
          value={plan.naming.pattern}
          onChange={({ currentTarget: { value } }) =>
            edit((now) => ({ ...now, naming: { ...now.naming, pattern: value } }))
          }
        />
        <TagsInput
          label="Examples"
          value={[...plan.naming.examples]}
          onChange={(examples) => edit((now) => ({ ...now, naming: { ...now.naming, examples } }))}
        />
        <TagsInput
          label="Environments"
          value={[...plan.environments]}
          onChange={(environments) => edit((now) => setEnvironments(now, environments))}
        />
      </section>
      <section className="c-card c-padded" aria-label="Reviews and attribution">
        <h2 className="c-card-title">Reviews</h2>
        <ul>
          {plan.reviews.map(({ about, months }) => (
            <li
              key={about}
            >{`${ABOUT[about]}: ${months === 0 ? 'immediately' : months === 1 ? 'every month' : `every ${months} months`}`}</li>
          ))}
        </ul>
        <h2 className="c-card-title">Attribution</h2>
        <ol>
          {plan.attribution.map(({ says }) => (
            <li key={says}>{visibleText(says)}</li>
          ))}
        </ol>
        <p className="c-help">Reviews and attribution are changed in the YAML.</p>
      </section>
      {plan.choices.length === 0 ? null : (
        <section className="c-card c-padded" aria-label="Choices">
          <h2 className="c-card-title">Choices</h2>
          <ul className="c-form">
            {plan.choices.map(({ answer, overridden, question, rule }) => (
              <li key={question}>
                {`${visibleText(question)} ${visibleText(answer)}`}
                <span className="c-sub">{visibleText(rule)}</span>
                {overridden === null ? null : <span className="c-sub">{`Exception: ${visibleText(overridden)}`}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
