/** Everything that people can say. */

import { adjust } from './admin/adjust.ts';
import { agree } from './admin/agree.ts';
import { alike } from './admin/alike.ts';
import { allow } from './admin/allow.ts';
import { cap } from './admin/cap.ts';
import { different } from './admin/different.ts';
import { invite } from './admin/invite.ts';
import { mute } from './admin/mute.ts';
import { replay } from './admin/replay.ts';
import { resume } from './admin/resume.ts';
import { same } from './admin/same.ts';
import { suspend } from './admin/suspend.ts';
import { team } from './admin/team.ts';
import { uninvite } from './admin/uninvite.ts';
import { accept } from './anyone/accept.ts';
import { as } from './anyone/as.ts';
import { hello } from './anyone/hello.ts';
import { help } from './anyone/help.ts';
import { lang } from './anyone/lang.ts';
import { login } from './anyone/login.ts';
import { start } from './anyone/start.ts';
import { stop } from './anyone/stop.ts';
import { announce } from './organizer/announce.ts';
import { answer } from './organizer/answer.ts';
import { approve } from './organizer/approve.ts';
import { callOff } from './organizer/call-off.ts';
import { change } from './organizer/change.ts';
import { close } from './organizer/close.ts';
import { reject } from './organizer/reject.ts';
import { review } from './organizer/review.ts';
import { roster } from './organizer/roster.ts';
import { tell } from './organizer/tell.ts';
import { walkin } from './organizer/walk-in.ts';
import { confirm } from './redeemer/confirm.ts';
import { offer } from './redeemer/offer.ts';
import { pause } from './redeemer/pause.ts';
import { price } from './redeemer/price.ts';
import { today } from './redeemer/today.ts';
import { undo } from './redeemer/undo.ts';
import { alerts } from './resident/alerts.ts';
import { ask } from './resident/ask.ts';
import { balance } from './resident/balance.ts';
import { codes } from './resident/codes.ts';
import { done } from './resident/done.ts';
import { drop } from './resident/drop.ts';
import { forget } from './resident/forget.ts';
import { here } from './resident/here.ts';
import { history } from './resident/history.ts';
import { join } from './resident/join.ts';
import { link } from './resident/link.ts';
import { me } from './resident/me.ts';
import { more } from './resident/more.ts';
import { move } from './resident/move.ts';
import { myData } from './resident/my-data.ts';
import { offers } from './resident/offers.ts';
import { ok } from './resident/ok.ts';
import { proof } from './resident/proof.ts';
import { redeem } from './resident/redeem.ts';
import { release } from './resident/release.ts';
import { task } from './resident/task.ts';
import { tasks } from './resident/tasks.ts';
import { unlink } from './resident/unlink.ts';

/** Those of one kind in the order in which HELP lists them. */
export const commands = [
  ...[ok, tasks, task, join, drop, here, done, ask],
  ...[balance, history, offers, redeem, codes, release],
  ...[me, more, link, unlink, move, alerts, proof, myData, forget],
  ...[hello, help, stop, start, lang, accept, as, login],
  ...[announce, review, approve, reject, roster, tell, answer, change, callOff],
  ...[walkin, close],
  ...[offer, confirm, undo, today, pause, price],
  ...[invite, uninvite, team, cap, suspend, resume, mute],
  ...[alike, same, different, allow],
  ...[adjust, agree, replay],
];
