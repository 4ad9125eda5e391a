// The page's own script: what Gradio does not do. Loaded as a module, from this machine only.
import { goOn, listenToActions } from "./actions.js";
import { fitIntoHost } from "./embedded.js";
import { collect, listenToTurns } from "./conversation.js";
import { listenToChoices } from "./choices.js";
import { followLink } from "./links.js";
import { listenToPanel } from "./panel.js";

// Gradio calls this before it sends a question.
window.ecopolicy = { collect };

fitIntoHost();

const start = () => {
  // Nothing of the page lies over these, and nothing clips them.
  for (const id of ["panel", "history"]) document.body.append(document.getElementById(id));
  document.body.append(document.querySelector(".shade"));
  listenToChoices();
  listenToTurns();
  listenToPanel();
  listenToActions();
  if (!followLink()) goOn();
};

const isThere = () =>
  ["panel", "history", "as-of", "send"].every((id) => document.getElementById(id)) &&
  document.querySelector("#question textarea, #question input");

const wait = () => (isThere() ? start() : requestAnimationFrame(wait));
wait();
