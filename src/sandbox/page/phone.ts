/** One phone of the sandbox, as the server draws it: empty, in the look of its channel. */
import { html } from 'hono/html';
import type { Translate } from '../../languages/pages.ts';
import type { Html } from '../../web/html.ts';
import { icon } from '../../web/html.ts';
import type { SandboxPerson } from './page-data.ts';

export function phone(t: Translate, city: string, person: SandboxPerson): Html {
  const { channel, role } = person;
  const roleName = t(`sandbox.role.${role}`);
  const name = person.name ?? roleName;
  const channelName = t(`sandbox.channel.${channel}`);
  const label =
    person.name === undefined
      ? t('sandbox.phone.unnamed', { role: roleName, channel: channelName })
      : t('sandbox.phone', { name, role: roleName, channel: channelName });
  const id = `phone-${channel}-${person.person.replace(/[^a-zA-Z0-9]/g, '')}`;
  return html`
<article class="phone panel" id="${id}" data-channel="${channel}" data-person="${person.person}" data-role="${role}" data-name="${name}" aria-label="${label}">
  <header class="who">
    <span class="face" aria-hidden="true">${initials(name)}</span>
    <div class="who-text">
      <h3>${name}</h3>
      <p>${t(`sandbox.hint.${role === 'resident' ? channel : role}`)}</p>
    </div>
    <span class="tag">${icon(channel)}${channelName}</span>
  </header>
  <div class="device">
    <div class="screen">
      <div class="bar">
        <span class="bar-face" aria-hidden="true">${icon('mark')}</span>
        <span class="bar-text"><strong>${t('sandbox.bot', { city })}</strong><small><span class="bar-owner">${name} · </span>${barLine(t, person)}</small></span>
      </div>
      <ol class="messages" tabindex="0" aria-label="${label}">
        <li class="nothing">${t('sandbox.empty')}</li>
      </ol>
      <div class="suggestions" role="group" aria-label="${t('sandbox.suggestions')}"></div>
      <p class="problem" role="alert" hidden></p>
      <form class="composer">
        <p class="replying" hidden><span></span><button type="button" class="icon-button" data-cancel-reply aria-label="${t('sandbox.reply.cancel')}">${icon('close')}</button></p>
        <p class="attached" hidden><canvas width="44" height="44" aria-hidden="true"></canvas><span></span><button type="button" class="icon-button" data-remove-file aria-label="${t('sandbox.attach.remove')}">${icon('close')}</button></p>
        ${role === 'resident' ? attachMenu(t) : ''}
        <textarea name="text" rows="1" autocomplete="off" enterkeyhint="send" aria-label="${t(
          'sandbox.compose.label',
          { name },
        )}" placeholder="${t(`sandbox.compose.${channel}`)}"></textarea>
        <button type="submit" class="send" aria-label="${t('sandbox.send')}">${icon(channel === 'sms' ? 'send' : 'plane')}</button>
      </form>
    </div>
  </div>
</article>`;
}

const attachMenu = (t: Translate): Html => html`
<details class="attach">
  <summary aria-label="${t('sandbox.attach')}" title="${t('sandbox.attach')}">${icon('photo')}</summary>
  <div class="attach-menu">
    <button type="button" data-sample><img src="/assets/photo.jpg" width="44" height="44" alt="">${t('sandbox.attach.sample')}</button>
    <label class="attach-file">${icon('file')}<span>${t('sandbox.attach.file')}</span><input type="file" accept="image/*"></label>
  </div>
</details>`;

function barLine(t: Translate, { channel }: SandboxPerson): string {
  return channel === 'telegram' ? t('sandbox.bot.telegram') : t(`sandbox.channel.${channel}`);
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
