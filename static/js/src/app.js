// Enhancement only: every task works as a plain form post without this file.

import { autosave } from "./autosave.js";
import { back } from "./back.js";
import { drawer } from "./drawer.js";
import { focusErrors } from "./errors.js";
import { grid } from "./grid.js";
import { fontSwitch } from "./font.js";
import { foldRail } from "./rail.js";
import { idleWarning } from "./idle.js";
import { networkNotice } from "./network.js";
import { once } from "./once.js";
import { person } from "./person.js";
import { popovers } from "./popovers.js";
import { poll } from "./poll.js";

for (const start of [
  autosave, grid, drawer, fontSwitch, foldRail, focusErrors, once, back, networkNotice, idleWarning, person, popovers, poll,
]) {
  start(document);
}
