import { IconLicense } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { Problem } from '../../ui/failure.ts'
import { plural } from '../../ui/relative.ts'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'

/** The licence of Castellan, and those of its packages. */
export function LicencesSection(): ReactElement {
  const licences = useQuery({ queryKey: ['licences'], queryFn: readLicences })
  if (licences.isPending) return <Loading what="the licences" />
  if (licences.isError) return <Failed error={licences.error} retry={() => void licences.refetch()} />
  const { own, packages } = licences.data
  if (packages.length === 0) {
    return (
      <Empty icon={IconLicense} title="No licences in this build">
        They are written when Castellan is built.
      </Empty>
    )
  }
  return (
    <>
      <p className="c-prose">
        {`Castellan is free software under the MIT licence. It contains ${plural(packages.length, 'package')} of others, each under the licence below it.`}
      </p>
      <div className="c-licences">
        <LicenceText heading="Castellan" text={own} />
        {packages.map((each) => (
          <LicenceText key={each.heading} {...each} />
        ))}
      </div>
    </>
  )
}

function LicenceText({ heading, text }: { readonly heading: string; readonly text: string }): ReactElement {
  return (
    <details>
      <summary>{heading}</summary>
      <pre className="c-source" dir="ltr">
        {text}
      </pre>
    </details>
  )
}

async function readLicences(): Promise<ReturnType<typeof parseLicences>> {
  const answer = await fetch('/licenses.txt').catch(() => null)
  if (answer?.ok !== true) throw new Problem('The licences could not be read.', 'Rebuild or reinstall Castellan.')
  return parseLicences(await answer.text())
}

interface Licence {
  /** Name, version and kind of licence, such as `zod - 4.6.7 (MIT)`. */
  readonly heading: string
  readonly text: string
}

/** Parses the licence text of the build: Castellan's own licence, then a section for each package. */
export function parseLicences(text: string): { readonly own: string; readonly packages: readonly Licence[] } {
  const [own = '', ...parts] = text.split(/^={80}\n(.+)\n={80}$/mu)
  const packages = parts.flatMap((heading, at) =>
    at % 2 === 0 ? [{ heading, text: (parts[at + 1] ?? '').trim() }] : [],
  )
  return { own: own.trim(), packages }
}
