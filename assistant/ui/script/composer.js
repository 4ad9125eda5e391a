// The box: Enter sends, it grows with what is written, and what is written is kept.
import { ask, askAfresh } from "./asking.js";
import { box, find, isPhone } from "./page.js";
import { close } from "./panel.js";
import { recall, remember } from "./state.js";

const fit = () => {
  box().style.height = "auto";
  box().style.height = `${box().scrollHeight}px`;
};

const write = (text) => {
  box().value = text;
  box().dispatchEvent(new Event("input", { bubbles: true }));
};

const send = () => {
  const question = box().value;
  if (!question.trim()) return;
  write("");
  ask(question);
};

// Nothing that gets the focus may lie under the bar.
const tellHeight = ([{ target }]) =>
  document.documentElement.style.setProperty("--bar", `${target.offsetHeight}px`);

export const listenToComposer = () => {
  new ResizeObserver(tellHeight).observe(find("#composer"));
  box().addEventListener("input", () => {
    fit();
    remember({ draft: box().value });
  });
  box().addEventListener("keydown", (event) => {
    // Enter also ends the writing of a Chinese word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  find("#ask").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  document.addEventListener("click", (event) => {
    const afresh = event.target.closest("[data-afresh]");
    if (afresh) askAfresh(afresh.dataset.afresh);
    const asking = event.target.closest("[data-ask]");
    if (!asking || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault(); // a link asks here and keeps the conversation
    if (isPhone()) close(); // it would cover the answer
    ask(asking.dataset.ask);
  });
  // What was typed while the scripts were still on their way counts more.
  if (box().value) fit();
  else if (recall("draft")) write(recall("draft"));
  if (!isPhone()) box().focus({ preventScroll: true });
};
