import { plainHeading } from './fields.ts'
import { wordList } from '../word-list.ts'
import { type EmploymentState, EMPLOYMENT_STATES } from '../people/employment.ts'

/** Spellings of a status, in the form that `plainHeading` gives: English, German, French, Spanish, Dutch, Italian. */
const STATES: Readonly<Record<EmploymentState, readonly string[]>> = {
  employed: wordList(`
    active employed current enabled hired working present permanent onboarding fulltime parttime regular
    probation noticeperiod onnotice activeemployee prehire staged provisioned lockedout passwordexpired recovery aktiv beschaftigt angestellt actif active enposte
    activo empleado actief attivo true yes y 1
  `),
  leave: wordList(`
    leave onleave leaveofabsence loa parentalleave maternityleave paternityleave sabbatical medicalleave
    sickleave unpaidleave paidleave furlough furloughed garden gardenleave gardeningleave beurlaubt elternzeit
    mutterschutz enconge debaja excedencia metverlof
  `),
  departed: wordList(`
    departed left gone former formeremployee exemployee leaver terminated termination inactive disabled
    deactivated deprovisioned suspended archived deleted offboarded offboarding resigned retired dismissed
    separated alumni ended expired deceased ausgeschieden inaktiv gekundigt ehemalig parti inactif sorti
    inactivo baja cesado uitdienst inactief cessato inattivo false no n 0
  `),
}

const STATE_OF: ReadonlyMap<string, EmploymentState> = new Map(
  EMPLOYMENT_STATES.toReversed().flatMap((state) => STATES[state].map((word) => [word, state] as const)),
)

/** The meaning of a status word; null for an unknown word, which is never guessed. */
export function employmentState(word: string): EmploymentState | null {
  return STATE_OF.get(plainHeading(word)) ?? null
}

const YES = new Set(['yes', 'y', 'true', '1', 'x', 'ja', 'oui', 'si', 'contractor'])
/** Kinds of employment that mean a contractor: the person works for another company, or temporarily. */
const CONTRACTOR =
  /contract(?:or|ed|ing)?\b|contingent|freelanc|extern|consultant|vendor|temp(?:orary|worker)?\b|agency|1099|self.?employed|leiharbeit|werkvertrag|prestataire|autonom|zzp|partita iva/iu
const PERMANENT = /permanent contract|employment contract|contrat (?:a durée indéterminée|cdi)|\bcdi\b/iu

/** True if a word about the kind of employment, or a plain yes, means contractor. */
export function isContractorWord(word: string): boolean {
  return YES.has(plainHeading(word)) || (CONTRACTOR.test(word) && !PERMANENT.test(word))
}
