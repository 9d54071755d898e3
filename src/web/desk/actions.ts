/**
 * What can be done at the desk: each is a form that says a command. Another one is a row here, a text
 * `desk.do.<name>` in every language, and a place on a page.
 */
import type { PageKey } from '../../languages/language.ts';

export type Field = {
  readonly name: string;
  readonly label: PageKey;
  readonly kind?: 'text' | 'area' | 'number' | 'check' | 'choice' | 'people';
  readonly max?: number;
  readonly isOptional?: true;
  readonly example?: PageKey;
  /** What a box that is checked says. */
  readonly value?: string;
  readonly choices?: readonly { readonly value: string; readonly label: PageKey }[];
};

export type DeskAction = {
  readonly name: ActionName;
  /** The command behind it. */
  readonly command: string;
  readonly fields: readonly Field[];
  /** What follows the command's word. */
  readonly args: (fields: Fields) => string;
  readonly tone?: 'primary' | 'danger';
};

/** The values of a form by their names, each on one line; empty for what was left out. */
export type Fields = (name: string) => string;

type NameIn<Key> = Key extends `desk.do.${infer Name}` ? Name : never;
type ActionName = NameIn<PageKey>;

const TASK: Field = { name: 'task', label: 'desk.field.task', kind: 'number', max: 9 };
const OFFER: Field = { name: 'offer', label: 'desk.field.offer', kind: 'number', max: 9 };
const WHY: Field = { name: 'why', label: 'desk.field.why', max: 300 };
const NAME: Field = { name: 'name', label: 'desk.field.name', max: 100 };
const CREDITS: Field = { name: 'credits', label: 'desk.field.credits', kind: 'number', max: 9 };
const ALL: Field = { name: 'all', label: 'desk.field.all', kind: 'check', value: 'ALL' };
const ROLE: Field = {
  name: 'role',
  label: 'desk.field.role',
  kind: 'choice',
  choices: [
    { value: 'owner', label: 'desk.role.owner' },
    { value: 'manager', label: 'desk.role.manager' },
    { value: 'reviewer', label: 'desk.role.reviewer' },
    { value: 'counter', label: 'desk.role.counter' },
  ],
};
const KIND: Field = {
  name: 'kind',
  label: 'desk.field.kind',
  kind: 'choice',
  choices: [
    { value: 'issuer', label: 'desk.kind.issuer' },
    { value: 'redeemer', label: 'desk.kind.redeemer' },
  ],
};

/** Words that are there, with single blanks between them. */
const words = (...parts: readonly string[]): string => parts.filter(Boolean).join(' ');

/** `when sat 9-11; note bring boots`, of the fields that were filled in. */
const changed = (fields: Fields): string =>
  (['when', 'where', 'slots', 'note'] as const)
    .filter((name) => fields(name) !== '')
    .map((name) => `${name} ${fields(name)}`)
    .join('; ');

export const ACTIONS: readonly DeskAction[] = [
  {
    name: 'announce',
    command: 'announce',
    tone: 'primary',
    fields: [
      { name: 'title', label: 'desk.field.title', max: 200 },
      CREDITS,
      { name: 'when', label: 'desk.field.when', max: 200, example: 'desk.example.when' },
      { name: 'where', label: 'desk.field.where', max: 200 },
      { name: 'slots', label: 'desk.field.slots', kind: 'number', max: 9 },
    ],
    args: (of) => ['title', 'credits', 'when', 'where', 'slots'].map(of).join('; '),
  },
  {
    name: 'change',
    command: 'change',
    fields: [
      TASK,
      {
        ...{ name: 'when', label: 'desk.field.when', max: 200 },
        ...{ isOptional: true, example: 'desk.example.when' },
      },
      { name: 'where', label: 'desk.field.where', max: 200, isOptional: true },
      { name: 'slots', label: 'desk.field.slots', kind: 'number', max: 9, isOptional: true },
      { name: 'note', label: 'desk.field.note', max: 300, isOptional: true },
      ALL,
    ],
    args: (of) => words(of('task'), of('all'), changed(of)),
  },
  {
    name: 'calloff',
    command: 'calloff',
    tone: 'danger',
    fields: [TASK, WHY, ALL],
    args: (of) => words(of('task'), of('all'), of('why')),
  },
  { name: 'close', command: 'close', fields: [TASK], args: (of) => of('task') },
  { name: 'walkin', command: 'walkin', fields: [TASK], args: (of) => of('task') },
  {
    name: 'tell',
    command: 'tell',
    fields: [TASK, { name: 'text', label: 'desk.field.tell', kind: 'area', max: 400 }],
    args: (of) => words(of('task'), of('text')),
  },
  {
    name: 'answer',
    command: 'answer',
    fields: [
      { name: 'question', label: 'desk.field.question', kind: 'number', max: 9 },
      { name: 'text', label: 'desk.field.answer', kind: 'area', max: 400 },
    ],
    args: (of) => words(of('question'), of('text')),
  },
  {
    name: 'here',
    command: 'here',
    tone: 'primary',
    fields: [TASK, { name: 'people', label: 'desk.field.people', kind: 'people' }],
    args: (of) => `${of('task')}: ${of('people')}`,
  },
  {
    name: 'offer',
    command: 'offer',
    tone: 'primary',
    fields: [
      { name: 'title', label: 'desk.field.title', max: 200 },
      CREDITS,
      {
        ...{ name: 'perDay', label: 'desk.field.perDay', kind: 'number', max: 9 },
        isOptional: true,
      },
    ],
    args: (of) => [of('title'), of('credits'), of('perDay')].join('; '),
  },
  {
    name: 'confirm',
    command: 'confirm',
    tone: 'primary',
    fields: [{ name: 'code', label: 'desk.field.code', max: 40 }],
    args: (of) => of('code'),
  },
  {
    name: 'approve-all',
    command: 'approve',
    fields: [TASK],
    args: (of) => words('ALL', of('task')),
  },
  { name: 'undo', command: 'undo', fields: [], args: () => '' },
  {
    name: 'today',
    command: 'today',
    fields: [{ name: 'count', label: 'desk.field.count', kind: 'number', max: 9 }],
    args: (of) => of('count'),
  },
  { name: 'pause', command: 'pause', fields: [OFFER], args: (of) => of('offer') },
  { name: 'unpause', command: 'pause', fields: [OFFER], args: (of) => `${of('offer')} OFF` },
  {
    name: 'price',
    command: 'price',
    fields: [OFFER, CREDITS],
    args: (of) => words(of('offer'), of('credits')),
  },
  { name: 'as', command: 'as', fields: [NAME], args: (of) => of('name') },
  {
    name: 'invite',
    command: 'invite',
    fields: [ROLE, NAME],
    args: (of) => words(of('role'), of('name')),
  },
  {
    name: 'uninvite',
    command: 'uninvite',
    tone: 'danger',
    fields: [{ name: 'which', label: 'desk.field.which', max: 12 }],
    args: (of) => of('which'),
  },
  {
    name: 'invite-partner',
    command: 'invite',
    fields: [KIND, NAME],
    args: (of) => words(of('kind'), of('name')),
  },
  { name: 'invite-admin', command: 'invite', fields: [], args: () => 'admin' },
  {
    name: 'suspend',
    command: 'suspend',
    tone: 'danger',
    fields: [NAME, WHY],
    args: (of) => words(of('name'), of('why')),
  },
  { name: 'resume', command: 'resume', fields: [NAME], args: (of) => of('name') },
  {
    name: 'cap',
    command: 'cap',
    fields: [NAME, CREDITS],
    args: (of) => words(of('name'), of('credits')),
  },
  { name: 'mute', command: 'mute', fields: [TASK], args: (of) => of('task') },
];

const BY_NAME: ReadonlyMap<string, DeskAction> = new Map(ACTIONS.map((one) => [one.name, one]));

/** An action by its name; throws for one that is not there. */
export function actionNamed(name: ActionName): DeskAction {
  const action = BY_NAME.get(name);
  if (action === undefined) throw new Error(`There is no action ${name}.`);
  return action;
}

export const findAction = (name: string): DeskAction | undefined => BY_NAME.get(name);

/** What separates the parts of a line that says a command. */
const SEPARATORS = /[;؛；]/gu;
const VALUE_LENGTH_MAX = 500;

/** The fields of a form as a command takes them: on one line, and none can become two. */
export const fieldsOf =
  (form: Readonly<Record<string, unknown>>): Fields =>
  (name) =>
    [form[name]]
      .flat()
      .filter((value) => typeof value === 'string')
      .join(' ')
      .slice(0, VALUE_LENGTH_MAX)
      .replace(SEPARATORS, ',')
      .replace(/\s+/gu, ' ')
      .trim();
