import { wordList } from '../word-list.ts'
import type { FieldRule } from './field-rule.ts'

export const PERSONNEL_FIELDS = [
  'email',
  'aliases',
  'secondaryEmail',
  'name',
  'givenName',
  'familyName',
  'externalId',
  'status',
  'department',
  'manager',
  'jobTitle',
  'contractor',
  'startsOn',
  'endsOn',
] as const

export type PersonnelField = (typeof PERSONNEL_FIELDS)[number]

/**
 * Headings of HR files. Google Workspace writes `Email Address [Required]` and `Status [READ ONLY]`; the brackets are
 * removed before headings are compared.
 */
export const PERSONNEL_RULES: readonly FieldRule<PersonnelField>[] = [
  {
    field: 'email',
    label: 'e-mail',
    shape: 'email',
    headings: wordList(`
      email emailaddress workemail workemailaddress primaryemail primaryemailaddress companyemail businessemail
      corporateemail mail mailaddress useremail emailwork login username userprincipalname upn mailadresse
      emailadresse courriel correo emailprimarywork primaryworkemail
    `),
  },
  {
    field: 'aliases',
    label: 'aliases',
    shape: 'text',
    headings: wordList(`
      aliases alias emailaliases emailalias otheremails otheremail additionalemails proxyaddresses formeremail
      formeremails previousemail worksecondaryemail
    `),
  },
  {
    field: 'secondaryEmail',
    label: 'second e-mail',
    shape: 'text',
    headings: wordList(`
      secondaryemail homesecondaryemail personalemail privateemail homeemail secondemail alternateemail
      emailhome alternateemailaddress
    `),
  },
  {
    field: 'name',
    label: 'name',
    shape: 'text',
    headings: wordList(`
      name fullname displayname employeename preferredname legalname person employee worker workername
      vollername nomcomplet nombrecompleto
    `),
  },
  {
    field: 'givenName',
    label: 'given name',
    shape: 'text',
    headings: wordList(`
      givenname firstname preferredfirstname legalfirstname forename first vorname prenom nombre
    `),
  },
  {
    field: 'familyName',
    label: 'family name',
    shape: 'text',
    headings: wordList(`
      familyname lastname surname legallastname preferredlastname last nachname nom apellido apellidos
    `),
  },
  {
    field: 'externalId',
    label: 'employee number',
    shape: 'text',
    headings: wordList(`
      externalid employeeid employeenumber employeeno staffid staffnumber personnelnumber workerid personid
      payrollid hrid userid associateid fileno number id objectid personalnummer matricule
    `),
  },
  {
    field: 'status',
    label: 'status',
    shape: 'text',
    headings: wordList(`
      status employmentstatus employeestatus workerstatus hrstatus accountstatus userstatus activestatus
      accountenabled state active isactive enabled statut estado beschaftigungsstatus
    `),
  },
  {
    field: 'department',
    label: 'department',
    shape: 'text',
    headings: wordList(`
      department departmentname dept team division businessunit organizationalunit orgunit supervisoryorganization
      costcenter abteilung
      service departement departamento
    `),
  },
  {
    field: 'manager',
    label: 'manager',
    shape: 'text',
    headings: wordList(`
      manager manageremail managername linemanager supervisor supervisorname supervisoremail reportsto
      reportingto vorgesetzter responsable
    `),
  },
  {
    field: 'jobTitle',
    label: 'job title',
    shape: 'text',
    headings: wordList(`
      jobtitle title position positiontitle employeetitle businesstitle jobname job role jobrole jobprofile
      designation stelle poste puesto
    `),
  },
  {
    field: 'contractor',
    label: 'contractor',
    shape: 'text',
    headings: wordList(`
      contractor iscontractor employeetype employmenttype workertype workersubtype usertype contracttype
      employeeclass employeecategory external isexternal type beschaftigungsart
    `),
  },
  {
    field: 'startsOn',
    label: 'start date',
    shape: 'date',
    headings: wordList(`
      startson startdate hiredate hiredon dateofhire dateofjoining joiningdate joindate joined employmentstart
      employmentstartdate originalhiredate datehired start hired eintrittsdatum eintritt datedentree
    `),
  },
  {
    field: 'endsOn',
    label: 'end date',
    shape: 'date',
    headings: wordList(`
      endson enddate terminationdate terminatedon dateoftermination leavedate leavingdate lastday lastdayofwork
      lastworkingday exitdate separationdate contractenddate contractend employmentend employmentenddate
      departuredate dateleft end until austrittsdatum austritt datedesortie
    `),
  },
]
