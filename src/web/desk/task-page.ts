/** One task: who is in it and who is there, what they are told, and how it is changed or ended. */
import { html } from 'hono/html';
import { isoTime } from '../../lib/clock.ts';
import { findOwnTask } from '../../services/roles.ts';
import { seeRoster } from '../../services/tasks/see-roster.ts';
import type { Html } from '../html.ts';
import { taskTime } from '../public/task-time.ts';
import { actionNamed } from './actions.ts';
import { actionForm, hidden } from './forms.ts';
import type { DeskPage, DeskView } from './view.ts';

/** States of people whom the organizer may mark as there. */
const TO_COME: readonly string[] = ['joined', 'confirmed', 'standby', 'offered', 'absent'];

export function taskPage(view: DeskView, number: number): DeskPage | undefined {
  const { context, person, language, city } = view;
  const { t, digits } = language;
  const found = seeRoster(context, person.id, number);
  // A page names the partner by itself.
  context.actedFor.clear();
  if (!found.ok) return undefined;
  const { task, code, sign } = found.value;
  const mayChange = findOwnTask(context, person.id, { taskId: number, right: 'tasks' });
  context.actedFor.clear();
  const isOpen = task.state === 'open';
  return {
    title: `${digits(number)} ${task.title}`,
    main: html`<dl class="facts">
<div><dt>${t('taskPage.when')}</dt><dd>${taskTime(language, city.timeZone, {
      startsAt: isoTime(task.startsAt),
      endsAt: task.endsAt === null ? undefined : isoTime(task.endsAt),
      isAnyTime: task.isAnyTime,
    })}</dd></div>
<div><dt>${t('taskPage.where')}</dt><dd>${task.place}</dd></div>
<div><dt>${t('taskPage.credits')}</dt><dd>${digits(task.credits)}</dd></div>
<div><dt>${t('taskPage.slots')}</dt><dd>${digits(task.taken)} / ${digits(task.slots)}</dd></div>
<div><dt>${t('desk.task.code')}</dt><dd><span class="code">${code}</span>${sign === undefined ? '' : html` <a href="${signPath(sign)}">${t('sign.title')}</a>`}</dd></div>
</dl>
${isOpen ? '' : html`<p class="tag">${t(`taskPage.${task.state === 'open' ? 'open' : task.state}`)}</p>`}
${roster(view, number, found.value.lines)}
${isOpen && mayChange !== undefined ? changes(view, number) : ''}
<section><h2>${t('desk.task.answer')}</h2><p>${t('desk.task.answer.text')}</p>${actionForm(view, actionNamed('answer'))}</section>`,
  };
}

/** Links of a page go below the city's own address by themselves. */
const signPath = (address: string): string => address.slice(address.indexOf('/tasks/'));

type Line = {
  readonly position: number;
  readonly participantId: string;
  readonly state: string;
  readonly guests: number;
  readonly heard: 'yes' | 'no';
};

/** The numbers are those that organizers say: `HERE 12: 1 3`. */
function roster(view: DeskView, task: number, lines: readonly Line[]): Html {
  const { language } = view;
  const { t, digits } = language;
  return html`<section><h2>${t('desk.roster')}</h2>
${
  lines.length === 0
    ? html`<p>${t('desk.roster.none')}</p>`
    : html`<form method="post" action="/desk/act/here" class="deed">${hidden(view)}
<input type="hidden" name="task" value="${task}">
<ul class="rows roster">${lines.map(({ position, participantId, state, guests, heard }) => {
        const id = `person-${position}`;
        const box = TO_COME.includes(state)
          ? html`<input type="checkbox" id="${id}" name="people" value="${position}"> <label for="${id}">${digits(position)} ${participantId}</label>`
          : html`<span>${digits(position)} ${participantId}</span>`;
        return html`<li><span class="check">${box}</span><span class="tag">${t(`desk.claim.${state as ClaimShown}`)}${guests > 0 ? html` +${digits(guests)}` : ''}${heard === 'no' ? html` · ${t('desk.roster.unheard')}` : ''}</span></li>`;
      })}</ul>
${isAnybodyToCome(lines) ? html`<button class="primary">${t('desk.do.here')}</button>` : ''}</form>`
}
${actionForm(view, actionNamed('walkin'), { task })}</section>`;
}

const isAnybodyToCome = (lines: readonly Line[]): boolean =>
  lines.some(({ state }) => TO_COME.includes(state));

type ClaimShown =
  | ('joined' | 'confirmed' | 'standby' | 'offered' | 'checked-in' | 'submitted')
  | ('verified' | 'rejected' | 'absent');

function changes(view: DeskView, task: number): Html {
  const { t } = view.language;
  const part = (name: 'tell' | 'change' | 'calloff' | 'close'): Html =>
    html`<details><summary>${t(`desk.part.${name}`)}</summary>${actionForm(view, actionNamed(name), { task })}</details>`;
  return html`<section><h2>${t('desk.task.change')}</h2>${part('tell')}${part('change')}${part('calloff')}${part('close')}</section>`;
}
