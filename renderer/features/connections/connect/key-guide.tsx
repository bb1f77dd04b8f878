import { Collapse, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useId, type ReactElement } from 'react'

import { providerFacts, providerName, type ProviderId } from '../../../../shared/domain/providers/providers.ts'
import { capitalize } from '../../../../shared/domain/capitalize.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import classes from './connect.module.css'

/** `Where do I find this key?`: the steps in the provider's console, shown in place. */
export function KeyGuideLink({ provider }: { readonly provider: ProviderId }): ReactElement | null {
  const [opened, { toggle }] = useDisclosure(false)
  const id = useId()
  const guide = providerFacts(provider).keyGuide
  if (guide === null) return null
  return (
    <div>
      <UnstyledButton className="c-link" aria-expanded={opened} aria-controls={id} onClick={toggle}>
        Where do I find this key?
      </UnstyledButton>
      <Collapse expanded={opened} id={id}>
        <section className={classes['guide']} aria-label={`Steps at ${providerName(provider)}`}>
          <ol className="c-bullets">
            {guide.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p className={classes['address']}>
            <span className="c-mono c-break">{guide.page}</span>
            <CopyButton text={`https://${guide.page}`} label="Copy address" size="compact-xs" />
          </p>
          <dl className="c-facts">
            <dt>Who</dt>
            <dd>{capitalize(guide.maker)}</dd>
            <dt>Permission</dt>
            <dd>{guide.permission}</dd>
            <dt>Does not fit</dt>
            <dd>{guide.unfit}</dd>
          </dl>
        </section>
      </Collapse>
    </div>
  )
}
