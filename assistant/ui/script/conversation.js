// The conversation: turns come in as HTML, the newest takes the place of what it was before.
import { keep } from "./history.js";
import { ask, audience, box, day, find, findAll, log, scrollTo, takeQuestion } from "./page.js";
import { recall, remember } from "./session.js";

const SLOW_MS = 700;
const SETTLING_MS = 1500;
let slow = 0;
let shownAt = 0;
// Whether the next question is a new one, whatever was said before.
let isFresh = false;

export const exchanges = () =>
  findAll(".turn[data-exchange]", log()).map((turn) => JSON.parse(turn.dataset.exchange));

// What goes along with a question; the order is that of the page's fields.
export const collect = ([typed]) => {
  clearTimeout(slow);
  slow = setTimeout(() => document.body.classList.add("is-slow"), SLOW_MS);
  const context = {
    number: log().childElementCount + 1,
    history: isFresh ? [] : exchanges().map((exchange) => exchange.question),
  };
  isFresh = false;
  const question = takeQuestion(typed);
  remember("asked", question.trim());
  if (question === typed) remember("draft", "");
  return [question, audience(), day(), JSON.stringify(context)];
};

export const askAfresh = (question) => {
  isFresh = true;
  ask(question);
};

const settle = () => {
  remember("asked", "");
  clearTimeout(slow);
  document.body.classList.remove("is-slow");
};

const showEmptyState = () => {
  find("#empty-state").hidden = log().childElementCount > 0;
};

export const put = (html) => {
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  for (const turn of parsed.content.querySelectorAll(".turn")) {
    const before = document.getElementById(turn.id);
    if (before) before.replaceWith(turn);
    else log().append(turn);
    if (!before) show(turn);
    // It grew while the page was still on its way there.
    else if (performance.now() - shownAt < SETTLING_MS) scrollTo(turn, "start");
    if (!find(".pending, .growing", turn)) settle();
  }
  showEmptyState();
};

const show = (turn) => {
  if (!document.activeElement?.closest("#composer")) turn.focus({ preventScroll: true });
  shownAt = performance.now();
  scrollTo(turn, "start");
};

export const empty = () => {
  log().replaceChildren();
  settle();
  showEmptyState();
  box().focus();
};

// What stood in the box, and what was asked, when the page was loaded again.
export const leftOver = () => ({ draft: recall("draft"), asked: recall("asked") });

export const resume = ({ draft, asked }) => {
  if (draft && !box().value) {
    box().value = draft;
    box().dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (asked) ask(asked);
};

export const listenToTurns = () => {
  box().addEventListener("input", () => remember("draft", box().value.trim()));
  document.addEventListener("turn", ({ detail }) => {
    if (!detail) return;
    put(detail);
    if (find(".turn:last-child[data-exchange]", log())) keep(exchanges());
  });
  find("#stop").addEventListener("click", () => {
    settle();
    const reply = find(".turn:last-child .pending p, .turn:last-child .growing .facts", log());
    if (!reply) return;
    reply.textContent = "已停止。";
    reply.closest(".reply").classList.remove("pending", "growing");
  });
};
